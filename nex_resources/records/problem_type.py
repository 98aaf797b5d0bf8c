"""Problem types: the nodes of the taxonomy that queries are sampled from."""

from __future__ import annotations

from typing import Literal

import msgspec

from nex_resources.records.query import BlueprintKind


class LeafConstraint(msgspec.Struct, frozen=True, omit_defaults=True):
    """What a blueprint of a leaf must be like.

    `worlds` are the servers it may run on, `targets` the qualified tools of which at least one is what the
    task is about, `shapes` glob patterns of allowed shape names (empty: any), `calls` the inclusive range
    of its number of calls, `phrasings` the names of allowed phrasing families (empty: any).

    `joint` makes it a task of several goals: `beside` has two or three that do not depend on each other, in
    one world or over several; `handed` takes a value from one server to another.
    """

    worlds: tuple[str, ...]
    kind: BlueprintKind = "task"
    targets: tuple[str, ...] = ()
    shapes: tuple[str, ...] = ()
    calls: tuple[int, int] = (1, 6)
    phrasings: tuple[str, ...] = ()
    joint: Literal["", "beside", "handed"] = ""


class ProblemType(msgspec.Struct, frozen=True, omit_defaults=True):
    """One node, bilingual. `path` is the dotted chain of keys from the domain down (`retail.orders.cancel`).

    `id` is a hash of the path: renaming a node's display names leaves it. Only leaves have a constraint.
    """

    id: str
    path: str
    en: str
    zh: str
    parent: str = ""  # id; empty for a domain
    depth: int = 0
    description: str = ""
    origin: str = "domain"  # or "expansion", "catalogue", "description", "nexgap", "llm"
    constraint: LeafConstraint | None = None

    @property
    def leaf(self) -> bool:
        return self.constraint is not None
