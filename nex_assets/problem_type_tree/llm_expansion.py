"""Keyed expansion: a model proposes children of a node; what is malformed or a twin is refused by name."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any

import msgspec
import pydantic

from nex_assets.problem_type_tree.nexgap import key_of
from nex_assets.problem_type_tree.tree import Tree, TreeError, node_id
from nex_assets.problem_type_tree.twins import add_nodes
from nex_resources.llm.base import LLM
from nex_resources.records import LeafConstraint, ProblemType, system, user

PROMPT = """You extend a bilingual taxonomy of tasks. Propose {count} new sub-types of the node below, each
narrower than it, none overlapping another or an existing one. Answer with a JSON array only, each item an
object with the keys "en" and "zh" (names of 2 to 8 words) and "description" (one English sentence)."""


class Proposal(pydantic.BaseModel):
    """What the model has to give for each child."""

    model_config = pydantic.ConfigDict(extra="ignore")
    en: str = pydantic.Field(min_length=2, max_length=120)
    zh: str = pydantic.Field(min_length=1, max_length=120)
    description: str = ""


class Expansion(msgspec.Struct, frozen=True):
    """The tree with the accepted children, their paths, and why others were refused."""

    tree: Tree
    added: tuple[str, ...]
    refused: tuple[str, ...]
    cost_usd: float = 0.0


async def expand(
    tree: Tree, path: str, llm: LLM, count: int = 5, settings: Mapping[str, Any] | None = None
) -> Expansion:
    """Ask `llm` for `count` children of the node at `path`. A leaf becomes an inner node whose constraint
    its children inherit. No lock is held while the model answers. Raises LLMError, KeyError."""
    node = tree.find(path)
    completion = await llm.complete(
        [system(PROMPT.format(count=count)), user(_context(tree, node))], [], settings or {}
    )
    constraint = node.constraint or _inherited(tree, node)
    grown = _opened(tree, node)
    added: list[str] = []
    refused: list[str] = []
    for item in _items(completion.message.text, refused)[:count]:
        try:
            child = _child(node, Proposal.model_validate(item), constraint)
            grown = add_nodes(grown, [child])
            added.append(child.path)
        except (pydantic.ValidationError, TreeError) as error:
            refused.append(
                str(error).splitlines()[0] if isinstance(error, TreeError) else f"malformed: {item!r}"
            )
    result = grown if added else tree  # a leaf that got no child stays a leaf
    return Expansion(result, tuple(added), tuple(refused), completion.usage.cost_usd)


def _context(tree: Tree, node: ProblemType) -> str:
    above = " > ".join(tree.find(".".join(node.path.split(".")[: i + 1])).en for i in range(node.depth))
    known = "; ".join(f"{c.en} ({c.zh})" for c in tree.children(node.id)) or "none yet"
    return (
        f"Node: {node.en} ({node.zh})\nAbove it: {above or 'nothing'}\n{node.description}\nExisting: {known}"
    )


def _items(text: str, refused: list[str]) -> list[Any]:
    """Return the first JSON array in the answer, fenced or not."""
    start = text.find("[")
    try:
        value, _ = json.JSONDecoder().raw_decode(text[start:]) if start >= 0 else (None, 0)
    except json.JSONDecodeError as error:
        refused.append(f"the answer's JSON is broken: {error.msg}")
        return []
    if not isinstance(value, list):
        refused.append("the answer holds no JSON array")
        return []
    return value


def _child(node: ProblemType, proposal: Proposal, constraint: LeafConstraint) -> ProblemType:
    if not re.search(r"[\u4e00-\u9fff]", proposal.zh):
        raise TreeError(f"{proposal.en}: its Chinese name {proposal.zh!r} holds no Chinese")
    path = f"{node.path}.{key_of(proposal.en)[:60]}"
    return ProblemType(
        id=node_id(path),
        path=path,
        en=proposal.en,
        zh=proposal.zh,
        parent=node.id,
        depth=node.depth + 1,
        description=proposal.description,
        origin="llm",
        constraint=constraint,
    )


def _inherited(tree: Tree, node: ProblemType) -> LeafConstraint:
    """Return what the leaves below an inner node have in common: their worlds, and the first one's kind."""
    below = [n.constraint for n in tree.under(node.id) if n.constraint]
    worlds = tuple(dict.fromkeys(w for c in below for w in c.worlds))
    return LeafConstraint(worlds, targets=tuple(dict.fromkeys(t for c in below for t in c.targets)))


def _opened(tree: Tree, node: ProblemType) -> Tree:
    if not node.leaf:
        return tree
    return Tree(msgspec.structs.replace(n, constraint=None) if n.id == node.id else n for n in tree.nodes)
