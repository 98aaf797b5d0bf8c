"""Near-duplicate nodes: two names for one thing under one parent are refused, and the twin is named."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

import msgspec

from nex_assets.problem_type_tree.tree import Tree, TreeError
from nex_resources.records import ProblemType

ALIKE = 0.8
"""Siblings whose names share so many letter pairs (Dice, either language) are twins."""


class Twin(msgspec.Struct, frozen=True):
    """A node and the one it repeats."""

    path: str
    twin: str
    similarity: float


class TwinError(TreeError):
    """A node that repeats another; the message names it."""

    def __init__(self, twin: Twin):
        super().__init__(
            f"{twin.path} repeats {twin.twin} (similarity {twin.similarity}): rename or drop one"
        )
        self.twin = twin


def similarity(a: str, b: str) -> float:
    """Return the Dice coefficient of the letter pairs of two names, word order aside."""
    left, right = _pairs(a), _pairs(b)
    return 2 * len(left & right) / (len(left) + len(right)) if left and right else float(a == b)


def _pairs(text: str) -> frozenset[str]:
    words = re.findall(r"[\u4e00-\u9fff]+|[a-z0-9]+", text.casefold())
    joined = [f" {w} " if w.isascii() else w for w in words]
    return frozenset(w[i : i + 2] for w in joined for i in range(len(w) - 1))


def alike(a: ProblemType, b: ProblemType) -> float:
    return round(max(similarity(a.en, b.en), similarity(a.zh, b.zh)), 3)


def find_twins(tree: Tree, threshold: float = ALIKE) -> list[Twin]:
    """Return all twins among siblings, the later of each pair first."""
    return [t for node in tree.nodes for t in _among(tree.children(node.id), threshold)]


def _among(siblings: tuple[ProblemType, ...], threshold: float) -> Iterator[Twin]:
    for i, node in enumerate(siblings):
        for other in siblings[:i]:
            value = alike(node, other)
            if value >= threshold:
                yield Twin(node.path, other.path, value)


def add_nodes(tree: Tree, nodes: Iterable[ProblemType], threshold: float = ALIKE) -> Tree:
    """Return `tree` with `nodes`, parents first. Raises TwinError, or TreeError where ids clash."""
    for node in nodes:
        for sibling in tree.children(node.parent):
            value = alike(node, sibling)
            if value >= threshold:
                raise TwinError(Twin(node.path, sibling.path, value))
        tree = Tree([*tree.nodes, node])
    return tree
