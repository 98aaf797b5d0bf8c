"""Keyless expansion: leaves divided along axes, by composition.

An axis is a list of options, each of which narrows a leaf's constraint (its kind, its number of calls,
its targets) and adds to its name. Expanding a leaf along axes A and B makes |A| inner nodes and
|A|·|B| leaves.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import msgspec

from nex_resources.domains import Axis, LeafRule, Option
from nex_resources.records import LeafConstraint


class Draft(msgspec.Struct, frozen=True):
    """A node in the making: its path, names, and the constraint handed down so far."""

    path: str
    en: str
    zh: str
    constraint: LeafConstraint
    description: str = ""


def narrow(constraint: LeafConstraint, rule: LeafRule) -> LeafConstraint:
    """Return `constraint` with the keys that `rule` sets."""
    given = {
        k: tuple(v) if isinstance(v, list) else v for k, v in rule.model_dump(exclude_unset=True).items()
    }
    return msgspec.structs.replace(constraint, **{k: v for k, v in given.items() if v is not None})


def compose(draft: Draft, option: Option) -> Draft:
    """Return the node below `draft` for one option of an axis."""
    return Draft(
        f"{draft.path}.{option.key}",
        f"{draft.en}: {option.names.en}",
        f"{draft.zh}：{option.names.zh}",
        narrow(draft.constraint, option.leaf),
        draft.description,
    )


def expand_leaf(draft: Draft, axes: Sequence[Axis]) -> Iterator[tuple[Draft, Draft, bool]]:
    """Yield (parent, child, is leaf) for every node that `axes` add below `draft`, parents first."""
    if not axes:
        return
    first, *rest = axes
    for option in first.options:
        child = compose(draft, option)
        yield draft, child, not rest
        yield from expand_leaf(child, rest)
