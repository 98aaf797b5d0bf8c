"""What keeps held-out queries apart from training: world seeds, shapes, phrasings, and values.

train            even world seeds, trained shapes, trained phrasings
seen             odd world seeds (so other rows and values), trained shapes and phrasings
unseen_phrasing  odd world seeds, trained shapes, held-out phrasings
unseen_shape     odd world seeds, held-out shapes, trained phrasings
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable
from typing import get_args

import msgspec

from nex_resources import worlds
from nex_resources.domains import Phrasing
from nex_resources.records import Query, Split
from nex_resources.worlds.pools import Pool

SPLITS: tuple[Split, ...] = get_args(Split)


def pool_of(split: Split) -> Pool:
    """Return the pool of worlds and values that `split` draws from."""
    return "train" if split == "train" else "held_out"


JOINTS = re.compile(r">>|[+&;]")
"""What joins the goals of a shape: handed on, in one world, over worlds, in later turns."""


def shape_held_out(shape: str, share: float) -> bool:
    """Tell whether `shape`, or the shape of any of its goals, is kept out of training. A fixed hash decides,
    so all runs agree."""
    return any(_hash(part) < share * 2**32 for part in goals_of(shape))


def goals_of(shape: str) -> list[str]:
    """Return a shape's single goals: `retail/a+b&travel/c` → `retail/a`, `retail/b`, `travel/c`."""
    found, world = [], ""
    for part in JOINTS.split(shape):
        world = part.partition("/")[0] if "/" in part else world
        found.append(part if "/" in part else f"{world}/{part}")
    return found


def _hash(shape: str) -> int:
    return int.from_bytes(hashlib.blake2b(f"shape:{shape}".encode(), digest_size=4).digest(), "big")


def shape_fits(shape: str, split: Split, share: float) -> bool:
    return shape_held_out(shape, share) == (split == "unseen_shape")


def phrasing_fits(phrasing: Phrasing, split: Split) -> bool:
    return phrasing.held_out == (split == "unseen_phrasing")


class Leak(msgspec.Struct, frozen=True):
    """Something that a held-out query shares with training."""

    query_id: str
    what: str  # "blueprint", "world_seed", "value", "phrasing", "shape"
    value: str


def find_leaks(queries: Iterable[Query]) -> list[Leak]:
    """Return all that held-out queries share with training ones and must not.

    Values of small closed sets (priorities, cabins) do not count: no split can divide them.
    """
    known = list(queries)
    closed = _closed({world for q in known for world in q.blueprint.worlds})
    train = [q for q in known if q.split == "train"]
    blueprints = {q.blueprint.id for q in train}
    seeds = {seed for q in train for seed in q.blueprint.worlds.items()}
    values = {v for q in train for v in _values(q)} - closed
    phrasings, shapes = {q.phrasing for q in train}, {q.blueprint.shape for q in train}
    leaks: list[Leak] = []
    for q in known:
        if q.split == "train":
            continue
        shared = [("blueprint", b) for b in {q.blueprint.id} & blueprints]
        shared += [("world_seed", f"{w}:{s}") for w, s in q.blueprint.worlds.items() if (w, s) in seeds]
        shared += [("value", v) for v in sorted(_values(q) & values)]
        if q.split == "unseen_phrasing" and q.phrasing in phrasings:
            shared.append(("phrasing", q.phrasing))
        if q.split == "unseen_shape" and q.blueprint.shape in shapes:
            shared.append(("shape", q.blueprint.shape))
        leaks += [Leak(q.id, what, value) for what, value in shared]
    return leaks


def _closed(names: Iterable[str]) -> set[str]:
    types = [kind for name in names for kind in worlds.get(name).types.values()]
    return {str(value).casefold() for kind in types for value in kind.choices}


def _values(query: Query) -> set[str]:
    return {str(v).casefold() for v in query.blueprint.slots.values()}
