"""Mix recipes: which samples a dataset takes, by format, domain, difficulty and pattern.

A recipe is YAML (`configs/datasets/*.yaml`). Its parts are filled in order, each with an exact count; a
sample goes to one part at most. Which of the fitting samples are taken depends on the recipe's seed
and the samples' ids only, so that a mix is the same in whatever order samples come.
"""

from __future__ import annotations

import hashlib
import heapq
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Literal

import msgspec
import yaml

from nex_resources.formats import FORMATS
from nex_resources.records import Sample, Split


class RecipeError(ValueError):
    """A recipe that cannot be read or filled: says which file, which key, and what is allowed."""


class Part(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Samples of one kind. Empty filters fit all; `difficulty` is [least, most]; `count` a number, or
    `all`; or `share`, a fraction of the recipe's `total`. `repeat` takes each sample so many times."""

    name: str
    format: tuple[str, ...] = ()
    domain: tuple[str, ...] = ()
    pattern: tuple[str, ...] = ()
    difficulty: tuple[int, int] = (1, 5)
    split: tuple[Split, ...] = ("train",)
    agents: Literal["any", "root", "sub"] = "any"
    count: int | Literal["all"] | None = None
    share: float | None = None
    repeat: int = 1

    def fits(self, sample: Sample) -> bool:
        """Whether `sample` is of this kind."""
        return (
            (not self.format or sample.format in self.format)
            and (not self.domain or sample.domain in self.domain)
            and (not self.pattern or sample.pattern in self.pattern)
            and self.difficulty[0] <= sample.difficulty <= self.difficulty[1]
            and sample.split in self.split
            and (self.agents == "any" or ("/" in sample.agent) == (self.agents == "sub"))
        )


class Recipe(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A dataset mix. `shortage` says what to do where a part has too few samples."""

    name: str
    parts: tuple[Part, ...]
    description: str = ""
    seed: int = 0
    total: int | None = None
    shortage: Literal["error", "take"] = "error"


class Mix(msgspec.Struct, frozen=True):
    """What was taken, in a reproducible order, and how much by part (wanted, found, taken)."""

    samples: tuple[Sample, ...]
    wanted: dict[str, int]
    found: dict[str, int]
    taken: dict[str, int]


def load_recipe(path: Path) -> Recipe:
    """Read a recipe. Raises RecipeError with file, key and what is allowed there."""
    try:
        data = yaml.safe_load(path.read_text(encoding="utf-8"))
        recipe = msgspec.convert(data, Recipe, strict=True)
    except yaml.YAMLError as error:
        raise RecipeError(f"{path}: not YAML: {error}") from None
    except msgspec.ValidationError as error:
        raise RecipeError(f"{path}: {_where(str(error))}") from None
    for number, part in enumerate(recipe.parts):
        if problem := _problem(recipe, part):
            raise RecipeError(f"{path}: parts[{number}] ({part.name}): {problem}")
    _check_whole(path, recipe)
    return recipe


def mix(samples: Iterable[Sample], recipe: Recipe) -> Mix:
    """Fill the recipe's parts from `samples`. Raises RecipeError where a part falls short and the recipe
    says `shortage: error`."""
    rows = sorted(samples, key=_order(recipe.seed, recipe.name))
    left = {sample.id: sample for sample in rows}
    wanted, found, taken = _counts(recipe), dict[str, int](), dict[str, int]()
    chosen: list[Sample] = []
    for part in recipe.parts:
        fitting = [sample for sample in left.values() if part.fits(sample)]
        number = len(fitting) if part.count == "all" else wanted[part.name]
        wanted[part.name], found[part.name] = number, len(fitting)
        if len(fitting) < number and recipe.shortage == "error":
            raise RecipeError(
                f"{recipe.name}: part {part.name!r} wants {number} samples and {len(fitting)} fit; "
                "lower its count, widen its filters, or set `shortage: take`"
            )
        for sample in fitting[:number]:
            del left[sample.id]
            chosen += [sample] * part.repeat
        taken[part.name] = min(number, len(fitting)) * part.repeat
    return Mix(tuple(chosen), wanted, found, taken)


def shares(total: int, weights: dict[str, float]) -> dict[str, int]:
    """Split `total` by weight into whole numbers that add up to its due (largest remainder first)."""
    exact = {name: total * weight for name, weight in weights.items()}
    counts = {name: int(value) for name, value in exact.items()}
    missing = round(sum(exact.values())) - sum(counts.values())
    for name in heapq.nlargest(missing, exact, key=lambda name: (exact[name] - counts[name], name)):
        counts[name] += 1
    return counts


def _counts(recipe: Recipe) -> dict[str, int]:
    by_share = shares(recipe.total or 0, {p.name: p.share for p in recipe.parts if p.share is not None})
    return {
        part.name: part.count if isinstance(part.count, int) else by_share.get(part.name, 0)
        for part in recipe.parts
    }


def _problem(recipe: Recipe, part: Part) -> str | None:
    unknown = [name for name in part.format if name not in FORMATS]
    if unknown:
        return f"format: unknown {unknown[0]!r}; known are {', '.join(sorted(FORMATS))}"
    if (part.count is None) == (part.share is None):
        return "give either count (a number or `all`) or share (a fraction of total)"
    if part.share is not None and not (recipe.total and 0 < part.share <= 1):
        return "share has to be in (0, 1] and needs the recipe's total"
    if isinstance(part.count, int) and part.count < 0:
        return "count has to be 0 or more"
    if not 1 <= part.difficulty[0] <= part.difficulty[1] <= 5:
        return "difficulty has to be [least, most] within 1 to 5"
    return None if part.repeat >= 1 else "repeat has to be 1 or more"


def _check_whole(path: Path, recipe: Recipe) -> None:
    names = [part.name for part in recipe.parts]
    if len(set(names)) < len(names):
        raise RecipeError(f"{path}: parts: two parts are named {max(names, key=names.count)!r}")
    if sum(part.share or 0 for part in recipe.parts) > 1 + 1e-9:
        raise RecipeError(f"{path}: parts: the shares add up to more than 1")
    if not recipe.parts:
        raise RecipeError(f"{path}: parts: a recipe needs at least one part")


def _where(message: str) -> str:
    """Turn a validation message around: the key first, then what is wrong with it."""
    text, found, key = message.rpartition(" - at `$")
    return f"{key.rstrip('`').lstrip('.') or 'top level'}: {text}" if found else message


def _order(seed: int, name: str) -> Callable[[Sample], bytes]:
    salt = f"{seed}\0{name}\0"

    def key(sample: Sample) -> bytes:
        return hashlib.blake2b(f"{salt}{sample.id}".encode(), digest_size=8).digest()

    return key
