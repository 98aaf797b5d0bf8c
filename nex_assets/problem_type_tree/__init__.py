"""The problem type tree: the bilingual taxonomy that queries are sampled from.

`tree.py` builds it from domain files and flattens it to rows, `expansion.py` divides leaves along axes,
`sampling.py` draws leaves by inverse frequency, `counts.py` keeps the counts durable and shared.
"""

from nex_assets.problem_type_tree.counts import LeafCounts, LeafSampler
from nex_assets.problem_type_tree.sampling import DEFAULT_ALPHA, Sampler, balance, stratified_round
from nex_assets.problem_type_tree.tree import Tree, TreeError, build_tree, from_rows, node_id, to_rows

__all__ = [
    "DEFAULT_ALPHA",
    "LeafCounts",
    "LeafSampler",
    "Sampler",
    "Tree",
    "TreeError",
    "balance",
    "build_tree",
    "from_rows",
    "node_id",
    "stratified_round",
    "to_rows",
]
