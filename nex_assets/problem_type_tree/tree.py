"""The tree of problem types: built from domain rules, walked, flattened to rows."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import msgspec

from nex_assets.problem_type_tree.expansion import Draft, expand_leaf, narrow
from nex_resources.domains import Domain, Domains, NodeRule
from nex_resources.records import LeafConstraint, ProblemType, content_id

SEPARATOR = "."


class TreeError(ValueError):
    """A set of nodes that is no forest: a duplicate id, a missing parent, a leaf with children."""


class Tree:
    """A forest of problem types, one root a domain. Immutable; `nodes` are parents first.

    Raises TreeError when ids repeat, a parent is missing or comes later, or a leaf has children.
    """

    def __init__(self, nodes: Iterable[ProblemType]):
        self.nodes: tuple[ProblemType, ...] = tuple(nodes)
        self.by_id: dict[str, ProblemType] = {}
        self._children: dict[str, list[str]] = {}
        for node in self.nodes:
            self._add(node)

    def _add(self, node: ProblemType) -> None:
        if node.id in self.by_id:
            raise TreeError(f"{node.path}: duplicate id {node.id}, also at {self.by_id[node.id].path}")
        if node.parent:
            parent = self.by_id.get(node.parent)
            if parent is None:
                raise TreeError(f"{node.path}: its parent {node.parent} is missing or comes later")
            if parent.leaf:
                raise TreeError(f"{node.path}: its parent {parent.path} is a leaf")
        self.by_id[node.id] = node
        self._children.setdefault(node.parent, []).append(node.id)

    @property
    def leaves(self) -> tuple[ProblemType, ...]:
        return tuple(n for n in self.nodes if n.leaf)

    @property
    def roots(self) -> tuple[ProblemType, ...]:
        return self.children("")

    @property
    def version(self) -> str:
        """A hash of all nodes: equal trees have equal versions."""
        return content_id("tree", self.nodes)

    def children(self, node_id: str) -> tuple[ProblemType, ...]:
        return tuple(self.by_id[i] for i in self._children.get(node_id, ()))

    def under(self, node_id: str) -> Iterator[ProblemType]:
        """Yield the node and all below it, parents first."""
        yield self.by_id[node_id]
        for child in self._children.get(node_id, ()):
            yield from self.under(child)

    def find(self, path: str) -> ProblemType:
        """Return the node at dotted `path`; raises KeyError."""
        return self.by_id[node_id(path)]


def node_id(path: str) -> str:
    """Return the id of the node at dotted `path`."""
    return content_id("pt", path)


def build_tree(domains: Domains, only: Sequence[str] = ()) -> Tree:
    """Build the tree of all domains that have one (or of those named in `only`), axes expanded."""
    nodes: list[ProblemType] = []
    for key, domain in domains.files.items():
        if domain.tree and (not only or key in only):
            nodes += _domain_nodes(domain, domains)
    return Tree(nodes)


def _domain_nodes(domain: Domain, domains: Domains) -> Iterator[ProblemType]:
    root = Draft(
        domain.domain,
        domain.names.en,
        domain.names.zh,
        LeafConstraint(worlds=tuple(domain.worlds)),
        domain.description,
    )
    yield _node(root, None, leaf=False)
    for rule in domain.tree:
        yield from _walk(rule, root, [], domains)


def _walk(rule: NodeRule, parent: Draft, expand: list[str], domains: Domains) -> Iterator[ProblemType]:
    draft = Draft(
        f"{parent.path}{SEPARATOR}{rule.key}",
        rule.names.en,
        rule.names.zh,
        narrow(parent.constraint, rule.leaf),
        rule.description,
    )
    axes = [*expand, *rule.expand]
    yield _node(draft, parent, leaf=not rule.children and not axes)
    for child in rule.children:
        yield from _walk(child, draft, axes, domains)
    if not rule.children:
        for above, below, is_leaf in expand_leaf(draft, [domains.axes[a] for a in axes]):
            yield _node(below, above, leaf=is_leaf, origin="expansion")


def _node(draft: Draft, parent: Draft | None, *, leaf: bool, origin: str = "domain") -> ProblemType:
    return ProblemType(
        id=node_id(draft.path),
        path=draft.path,
        en=draft.en,
        zh=draft.zh,
        parent=node_id(parent.path) if parent else "",
        depth=draft.path.count(SEPARATOR),
        description=draft.description,
        origin=origin,
        constraint=draft.constraint if leaf else None,
    )


def to_rows(tree: Tree) -> list[dict[str, Any]]:
    """Flatten to rows of the `problem_types` table; `constraint` is a JSON string, empty for inner nodes."""
    version = tree.version
    return [
        {
            "id": n.id,
            "parent": n.parent,
            "path": n.path,
            "en": n.en,
            "zh": n.zh,
            "depth": n.depth,
            "description": n.description,
            "origin": n.origin,
            "leaf": n.leaf,
            "constraint": msgspec.json.encode(n.constraint).decode() if n.constraint else "",
            "tree_version": version,
        }
        for n in tree.nodes
    ]


def from_rows(rows: Iterable[dict[str, Any]]) -> Tree:
    """Rebuild the tree of `to_rows`; unknown columns are ignored, order does not matter."""
    nodes = [
        ProblemType(
            **{k: row[k] for k in ("id", "parent", "path", "en", "zh", "depth", "description", "origin")},
            constraint=msgspec.json.decode(row["constraint"], type=LeafConstraint)
            if row["constraint"]
            else None,
        )
        for row in rows
    ]
    return Tree(parents_first(nodes))


def parents_first(nodes: Iterable[ProblemType]) -> list[ProblemType]:
    """Order nodes so that parents precede children and siblings keep their order."""
    return sorted(nodes, key=lambda n: n.depth)
