"""How diverse a set of frameworks is: counts, and a page of them as Markdown."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

import msgspec

from nex_assets.agent_frameworks.combine import agents, structure
from nex_assets.agent_frameworks.framework import Framework


class Diversity(msgspec.Struct, frozen=True):
    """`nodes` counts frameworks by number of agents, `depths` by layers; `roles` are distinct agent names,
    `structures` distinct trees of names and tools."""

    frameworks: int
    structures: int
    patterns: dict[str, int]
    nodes: dict[int, int]
    depths: dict[int, int]
    domains: dict[str, int]
    worlds: dict[str, int]
    roles: int


def diversity(frameworks: Sequence[Framework]) -> Diversity:
    """Count what differs among `frameworks`."""
    names = {agent[1] for f in frameworks for agent in agents(f)}
    return Diversity(
        frameworks=len(frameworks),
        structures=len({structure(f) for f in frameworks}),
        patterns=_count(f.pattern for f in frameworks),
        nodes=dict(sorted(Counter(f.nodes for f in frameworks).items())),
        depths=dict(sorted(Counter(f.depth for f in frameworks).items())),
        domains=_count(f.domain for f in frameworks),
        worlds=_count(world for f in frameworks for world in f.worlds),
        roles=len(names),
    )


def to_markdown(report: Diversity) -> str:
    """Render a report as Markdown tables."""
    sizes = Counter({_band(n): 0 for n in report.nodes})
    for nodes, count in report.nodes.items():
        sizes[_band(nodes)] += count
    parts = [
        f"{report.frameworks} frameworks, {report.structures} structures, {report.roles} distinct roles",
        _table("pattern", report.patterns),
        _table("agents", sizes),
        _table("layers", report.depths),
        _table("domain", report.domains),
        _table("server", report.worlds),
    ]
    return "\n\n".join(parts)


def _count(values: Iterable[str]) -> dict[str, int]:
    return dict(Counter(values).most_common())


def _band(nodes: int) -> str:
    for low, high in ((1, 1), (2, 4), (5, 8), (9, 16), (17, 34)):
        if low <= nodes <= high:
            return f"{low}" if low == high else f"{low}–{high}"
    return "35 and more"


def _table(title: str, counts: dict[str, int] | dict[int, int] | Counter[str]) -> str:
    rows = "\n".join(f"| {key} | {count} |" for key, count in counts.items())
    return f"| {title} | frameworks |\n|---|---:|\n{rows}"
