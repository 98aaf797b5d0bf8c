"""Normalized datasets: kept trajectories rendered in every format, masked, mixed and released.

`samples` renders (trace, assessment, query) rows, `masks` says what the loss covers and why, `mixes`
selects by recipe with exact counts, `release` gates what leaves.
"""

from nex_assets.sft_datasets.batch import dataset, rows_of
from nex_assets.sft_datasets.masks import Mask, mask_of
from nex_assets.sft_datasets.samples import Limit, Report, Row, iter_samples, make_samples
from nex_resources.mixes import Mix, Part, Recipe, RecipeError, load_recipe, mix

__all__ = [
    "Limit",
    "Mask",
    "Mix",
    "Part",
    "Recipe",
    "RecipeError",
    "Report",
    "Row",
    "dataset",
    "iter_samples",
    "load_recipe",
    "make_samples",
    "mask_of",
    "mix",
    "rows_of",
]
