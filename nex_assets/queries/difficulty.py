"""Difficulty, measured on the blueprint: counts, and the level that they add up to."""

from __future__ import annotations

from nex_resources.records import Blueprint, Difficulty
from nex_resources.worlds import references, selectors


def measure(blueprint: Blueprint) -> Difficulty:
    """Measure calls, the depth of value chains, values passed on, unneeded tools and descriptors."""
    needs = {s.id: {r.step for r in references(s)} for s in blueprint.steps}
    depth: dict[str, int] = {}
    for step in blueprint.steps:
        depth[step.id] = 1 + max((depth[n] for n in needs[step.id] if n in depth), default=0)
    paths = [r.path for s in blueprint.steps for r in references(s)] + [f.path for f in blueprint.facts]
    calls, deepest = len(blueprint.steps), max(depth.values(), default=0)
    hops = sum(len(references(s)) for s in blueprint.steps)
    distractors = len(set(blueprint.tools) - {s.tool for s in blueprint.steps})
    ambiguity = sum(len(selectors(path)) for path in paths)
    return Difficulty(
        calls, deepest, hops, distractors, ambiguity, _level(calls, deepest, hops, distractors, ambiguity)
    )


def _level(calls: int, depth: int, hops: int, distractors: int, ambiguity: int) -> int:
    """One call with few tools is 1; each further call, link, descriptor and ten distractors add up to 5."""
    score = (calls - 1) + 0.5 * max(0, depth - 1) + 0.25 * hops + 0.5 * ambiguity + distractors / 10
    return max(1, min(5, 1 + round(score / 1.5)))
