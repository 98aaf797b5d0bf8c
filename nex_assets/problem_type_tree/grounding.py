"""Ground a taxonomy on worlds: decide which tools a leaf of mere words is about.

A leaf's words (its name, those above it, its description) are compared with each tool's name and
description; verbs say whether it reads, writes or compares. The best tools become its targets. Where
nothing fits, the leaf is spread evenly over the worlds by its id, so that none is lost, and marked so.
"""

from __future__ import annotations

import hashlib
import math
import re
from collections import Counter
from collections.abc import Mapping, Sequence

import msgspec

from nex_assets.problem_type_tree.tree import Tree
from nex_resources.records import LeafConstraint, ProblemType
from nex_resources.worlds import WorldTool

WRITES = """
    add assign book cancel change close confirm correct create edit fix generate give insert move open
    place publish remove replace reset restock return schedule set ship store submit unlock update write
"""
CHAINS = """
    aggregate align analysis analyze compare comparison consensus consistency correlate cross diff match multi
    reconcile summarize track trend validate verify
"""
TARGETS = 3
CLOSE = 0.75
"""Tools that fit a leaf nearly as well as the best one are targets, too."""

_SUFFIX = re.compile(r"(ations?|ations|ments?|ings?|ions?|ers?|ies|es|ed|s|e|y)$")
_STOP = (
    "a",
    "an",
    "the",
    "of",
    "to",
    "for",
    "and",
    "or",
    "in",
    "on",
    "by",
    "with",
    "from",
    "its",
    "is",
    "at",
)


class Match(msgspec.Struct, frozen=True):
    """Which tools a leaf was grounded on, how well the words fit (0: spread by id), and whether it writes."""

    leaf: str
    targets: tuple[str, ...]
    score: float
    writes: bool


def stems(text: str) -> frozenset[str]:
    """Return the stems of the words of an English text."""
    words = re.findall(r"[a-z]+", text.casefold().replace("_", " "))
    return frozenset(_stem(w) for w in words if w not in _STOP)


def _stem(word: str) -> str:
    """Cut endings off until three letters or none are left to cut: `validation` and `validate` meet."""
    for _ in range(2):
        shorter = _SUFFIX.sub("", word)
        if len(shorter) < 3:
            break
        word = shorter
    return word[:-1] if word[-1:] == word[-2:-1] and len(word) > 4 else word  # cancelling, cancel


_WRITE_STEMS = stems(WRITES)
_CHAIN_STEMS = stems(CHAINS)


def ground(tree: Tree, tools: Mapping[str, WorldTool]) -> tuple[Tree, list[Match]]:
    """Return `tree` with worlds and targets for the leaves that have none, and how each was matched."""
    if not tools:
        raise ValueError("there are no tools to ground the tree on: name at least one world")
    profiles = _profiles(tools)
    nodes: list[ProblemType] = []
    matches: list[Match] = []
    for node in tree.nodes:
        if node.constraint is None or node.constraint.worlds:
            nodes.append(node)
            continue
        parent = tree.by_id.get(node.parent)
        above = stems(parent.en) if parent and parent.parent else frozenset()
        match = _match(node, above, profiles, tools)
        matches.append(match)
        nodes.append(msgspec.structs.replace(node, constraint=_constraint(match, node)))
    return Tree(nodes), matches


class _Profile(msgspec.Struct, frozen=True):
    """A tool's words: of its name, of name and description, of what it takes and tells; how rare they are."""

    name: frozenset[str]
    named: frozenset[str]
    told: frozenset[str]
    rare: Mapping[str, float]

    def score(self, own: frozenset[str], above: frozenset[str]) -> float:
        """Weigh words by how few tools they fit: a leaf's own fully, those of the node above it and those of
        the tool's arguments and results less. Long descriptions gain nothing by their length."""
        hits = self._sum(own & self.named) + 0.6 * self._sum(own & self.told - self.named)
        hits += 0.5 * self._sum(own & self.name)
        if not hits:
            return 0.0
        return (hits + 0.25 * self._sum(above & self.named)) / math.sqrt(self._sum(self.named))

    def _sum(self, words: frozenset[str]) -> float:
        return math.fsum(self.rare.get(word, 1.0) for word in words)


def _profiles(tools: Mapping[str, WorldTool]) -> dict[str, _Profile]:
    names, named, told = {}, {}, {}
    for name, tool in tools.items():
        names[name] = stems(name.partition("__")[2])
        named[name] = names[name] | stems(tool.spec.description)
        fields = [f"{o.table} {o.path.rpartition('.')[2]}" for o in tool.outputs if o.ask]
        told[name] = stems(" ".join([*fields, *(f"{p.name} {p.type}" for p in tool.parameters)]))
    held = Counter(word for words in named.values() for word in words)
    rare = {word: math.log(1 + len(tools) / count) for word, count in held.items()}
    return {name: _Profile(names[name], named[name], told[name], rare) for name in tools}


def _match(
    node: ProblemType,
    above: frozenset[str],
    profiles: Mapping[str, _Profile],
    tools: Mapping[str, WorldTool],
) -> Match:
    own = stems(f"{node.en} {node.description}")
    writes = bool(stems(node.en) & _WRITE_STEMS)
    able = [n for n, t in tools.items() if (t.effect == "write") == writes] or list(tools)
    scores = {n: profiles[n].score(own, above) for n in able}
    if not any(scores.values()) and len(able) < len(tools):  # the verb misled: let the nouns speak
        able = list(tools)
        scores = {n: profiles[n].score(own, above) for n in able}
    ranked = sorted(able, key=lambda n: (-scores[n], _spread(node.id, n)))
    world = ranked[0].partition("__")[0]
    fitting = [n for n in ranked if n.partition("__")[0] == world and scores[n] >= CLOSE * scores[ranked[0]]]
    return Match(node.path, tuple(fitting[:TARGETS]), round(scores[ranked[0]], 3), writes)


def _spread(leaf: str, tool: str) -> int:
    return int.from_bytes(hashlib.blake2b(f"{leaf}:{tool}".encode(), digest_size=8).digest(), "big")


def _constraint(match: Match, node: ProblemType) -> LeafConstraint:
    worlds = tuple(dict.fromkeys(t.partition("__")[0] for t in match.targets))
    calls = (2, 6) if stems(node.en) & _CHAIN_STEMS else (1, 4)
    return LeafConstraint(worlds, "task", match.targets, calls=calls)


def unmatched(matches: Sequence[Match]) -> list[str]:
    """Return the paths of leaves whose words fitted no tool."""
    return [m.leaf for m in matches if m.score == 0.0]
