"""Trees without a domain file: from the tools of a catalogue, or from a description in plain words."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

from nex_assets.problem_type_tree.grounding import ground, stems
from nex_assets.problem_type_tree.nexgap import key_of
from nex_assets.problem_type_tree.tree import Tree, node_id
from nex_resources.records import LeafConstraint, ProblemType, ToolSpec, split_qualified
from nex_resources.worlds import WorldTool

CAPABILITIES: tuple[tuple[str, str, str, str], ...] = (
    ("read", "Look up", "查询", "get show read list find search fetch describe view status log count check"),
    ("create", "Create", "新建", "create add new insert open place book make write generate init append"),
    ("change", "Change", "更改", "set update change edit modify rename move replace assign convert format"),
    ("remove", "Remove", "删除", "delete remove cancel drop clear reset close return"),
)
"""Capability groups: key, English, Chinese, verbs that mark a tool as belonging to it."""


def from_catalogue(tools: Iterable[ToolSpec], root: str = "catalogue") -> Tree:
    """Make a tree of capabilities: a node a server, below it what kind of work its tools do, a leaf a tool.

    Tools that no verb places are under `other`. Chinese names keep the tool's own name, which is what it
    is called in either language.
    """
    nodes = {root: _inner(root, "", "Capabilities of the catalogue", "目录中的能力", "catalogue")}
    leaves: list[ProblemType] = []
    for spec in sorted(tools, key=lambda t: t.name):
        server, bare = split_qualified(spec.name)
        server = server or spec.server or "local"
        key, en, zh = capability(bare)
        top, group = f"{root}.{key_of(server)}", f"{root}.{key_of(server)}.{key}"
        nodes.setdefault(top, _inner(top, root, f"Server {server}", f"服务器{server}", "catalogue"))
        nodes.setdefault(group, _inner(group, top, f"{en} with {server}", f"用{server}{zh}", "catalogue"))
        label = bare.replace("_", " ").replace("-", " ")
        leaf = _inner(f"{group}.{key_of(bare)}", group, f"{en}: {label}", f"{zh}：{label}", "catalogue")
        constraint = LeafConstraint((server,), targets=(spec.name,))
        leaves.append(_leaf(leaf, constraint, spec.description.partition("\n")[0][:200]))
    return Tree([*nodes.values(), *_distinct(leaves)])


def capability(bare: str) -> tuple[str, str, str]:
    """Return (key, en, zh) of the capability group that a tool's name belongs to."""
    words = re.findall(r"[a-z]+", re.sub(r"([a-z])([A-Z])", r"\1 \2", bare).casefold())
    for word in words:
        for key, en, zh, verbs in CAPABILITIES:
            if word in verbs.split():
                return key, en, zh
    return "other", "Use", "使用"


def from_description(text: str, tools: Mapping[str, WorldTool], root: str = "described") -> Tree:
    """Make a tree of a description in plain words, without a model.

    Each clause (`cancel late orders, answer questions about refunds`) is a leaf, grounded on the tools
    that its words fit; clauses that fit none are left out. Raises ValueError where none fits.
    """
    clauses = clauses_of(text)
    top = _inner(
        root, "", clauses[0] if clauses else text[:60], clauses[0] if clauses else text[:60], "description"
    )
    drafts = [
        _leaf(_inner(f"{root}.{key_of(c)[:48].rstrip('_')}", root, c, c, "description"), LeafConstraint(()))
        for c in clauses
    ]
    grounded, matches = ground(Tree([top, *_distinct(drafts)]), tools)
    fitting = {m.leaf for m in matches if m.score > 0}
    if not fitting:
        known = ", ".join(sorted(tools)[:20])
        raise ValueError(f"no clause of {text[:80]!r} fits a tool; the tools are {known}")
    return Tree(n for n in grounded.nodes if not n.leaf or n.path in fitting)


def clauses_of(text: str) -> list[str]:
    """Split a description into clauses that hold a word of meaning."""
    parts = re.split(r"[.;,\n。；，、]|\band\b|\bor\b|\bthen\b|以及|然后|并且", text)
    return [p.strip() for p in parts if stems(p) or re.search(r"[\u4e00-\u9fff]{2}", p)]


def _inner(path: str, parent: str, en: str, zh: str, origin: str) -> ProblemType:
    return ProblemType(
        node_id(path), path, en, zh, node_id(parent) if parent else "", path.count("."), origin=origin
    )


def _leaf(node: ProblemType, constraint: LeafConstraint, description: str = "") -> ProblemType:
    return ProblemType(
        node.id, node.path, node.en, node.zh, node.parent, node.depth, description, node.origin, constraint
    )


def _distinct(nodes: Sequence[ProblemType]) -> list[ProblemType]:
    return list({n.id: n for n in reversed(nodes)}.values())[::-1]
