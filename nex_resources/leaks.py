"""What held-out queries share with training ones and must not: checked per batch, and over a whole run."""

from __future__ import annotations

from collections.abc import Iterable

import msgspec

from nex_resources import worlds
from nex_resources.records import Query


class Leak(msgspec.Struct, frozen=True):
    """Something that a held-out query shares with training."""

    query_id: str
    what: str  # "blueprint", "world_seed", "value", "phrasing", "shape"
    value: str

    def __str__(self) -> str:
        return f"{self.query_id}: shares {self.what} {self.value!r} with training"


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
