"""Descriptions by the hundred, from a small grammar over domains, patterns, sizes and actions.

The grammar only writes sentences: pattern, servers and roles are then read from them as from any other
description, so that what comes out is as diverse as the reading is good.
"""

from __future__ import annotations

import itertools
import random
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import TypeVar

import yaml

from nex_assets.agent_frameworks.descriptions import Description
from nex_assets.agent_frameworks.framework import MAX_NODES, Framework
from nex_assets.agent_frameworks.generate import STAGE, compose
from nex_assets.agent_frameworks.lexicon import Lexicon, PatternName, default_lexicon
from nex_assets.agent_frameworks.toolbox import Toolbox
from nex_resources.records import generator

_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # libyaml where PyYAML has it
_PATIENCE = 150  # descriptions in a row that gave nothing new
_COUNTS = (2, 3, 3, 4, 5, 6, 8, 10, 12, 16, 20, 24, 28, 31)  # mostly small teams

N = TypeVar("N", bound=str)

TEMPLATES: dict[PatternName, tuple[str, ...]] = {
    "single": (
        "A single assistant for {field}.",
        "One agent that handles {field} alone.",
        "A helper for {field}, by itself.",
    ),
    "manager_workers": (
        "A {action} team for {field}.",
        "A lead with {count} specialists for {field}.",
        "A {action} system for {field} under a supervisor.",
        "A crew of {count} agents on {field}, with a coordinator.",
    ),
    "planner_executor": (
        "A desk for {field} that plans first and then executes.",
        "A planner with {count} executors for {field}.",
        "A {action} team for {field} with a planner, who makes a plan before anything is done.",
    ),
    "parallel": (
        "{count} agents look at {field} in parallel and their reports are aggregated.",
        "A {action} team for {field} that works concurrently.",
        "{count} workers on {field}, side by side.",
    ),
    "pipeline": (
        "A pipeline for {field} of {count} workers.",
        "A {action} pipeline for {field}, one after another.",
        "{field}, settled step by step by {count} agents.",
    ),
    "critic": (
        "An agent for {field} whose work a critic double-checks.",
        "A {action} team for {field} with a critique at the end.",
        "{count} agents for {field} and a second pair of eyes.",
    ),
    "router": (
        "A dispatcher that routes requests on {field} to {count} specialists.",
        "A front desk for {field} over {count} clerks.",
        "A router for {field}; a {action} team answers.",
    ),
    "three_layer": (
        "A company for {field} with departments of {count} workers in all.",
        "A three-layer organisation of {count} agents for {field}.",
        "A department for {field}: managers and workers, {count} workers in all.",
    ),
}


def generate_many(
    n: int, seed: int, tools: Iterable[str] | Toolbox, lexicon: Lexicon | None = None
) -> list[Framework]:
    """Return `n` valid frameworks, no two of one structure; equal arguments give equal frameworks.

    Raises ValueError where the catalogue's tools do not allow that many.
    """
    toolbox = tools if isinstance(tools, Toolbox) else Toolbox(tools)
    known = lexicon or default_lexicon()
    found: dict[str, Framework] = {}
    fresh = 0  # the last description that gave something new
    for tried, description in enumerate(describe_many(seed, toolbox, known)):
        if len(found) >= n or tried - fresh > _PATIENCE:
            break
        framework = compose(description, seed, toolbox, known)
        if found.setdefault(structure(framework), framework) is framework:
            fresh = tried
    if len(found) == n:
        return list(found.values())
    raise ValueError(
        f"the catalogue's {len(toolbox.servers)} servers gave {len(found)} different frameworks, not {n}; "
        "ask for fewer, or install more servers"
    )


def describe_many(seed: int, toolbox: Toolbox, lexicon: Lexicon) -> Iterator[Description]:
    """Yield descriptions without end; those patterns and domains come next that were drawn least."""
    domains = [d for d, entry in lexicon.domains.items() if set(entry.servers) & set(toolbox.servers)]
    if not domains:
        raise ValueError("no domain of the lexicon has a server in the catalogue")
    drawn: Counter[str] = Counter()
    for i in itertools.count():
        rng = generator(seed, STAGE, "description", i)
        pattern = _least(list(TEMPLATES), drawn, rng)
        fields = [_least(domains, drawn, rng)]
        while len(fields) < _breadth(pattern, rng) and len(fields) < len(domains):
            fields.append(_least([d for d in domains if d not in fields], drawn, rng))
        drawn.update([pattern, *fields])
        yield Description(name=f"{pattern}_{i:04d}", text=_sentence(pattern, fields, lexicon, rng))


def structure(framework: Framework) -> str:
    """Return what makes a framework unlike another: its pattern, names, tools and edges, not its prompts."""
    return repr((framework.pattern, agents(framework)))


def agents(framework: Framework) -> list[tuple[str, str, list[str], list[str]]]:
    """Return (path, name, selectors, names of sub-agents) of each agent of a composed framework."""
    found = []
    for path, text in sorted(framework.files.items()):
        config = yaml.load(text, _LOADER)
        tools = [tool["name"] for tool in config.get("tools", [])]
        found.append((path, config["name"], tools, [s["name"] for s in config.get("sub_agents", [])]))
    return found


def _sentence(pattern: PatternName, fields: Sequence[str], lexicon: Lexicon, rng: random.Random) -> str:
    template = rng.choice(TEMPLATES[pattern])
    action = rng.choice([entry.words[0] for entry in lexicon.actions.values()])
    text = template.format(field=_join(fields), action=action, count=_count(pattern, len(fields), rng))
    text = re.sub(r"\ba (?=[aeio])", "an ", text, flags=re.IGNORECASE)
    return text[0].upper() + text[1:]


def _count(pattern: PatternName, fields: int, rng: random.Random) -> int:
    """Return how many workers to ask for: few as a rule, many at times; leads and root must fit as well."""
    room = MAX_NODES - 2 - (max(fields, 6) if pattern == "three_layer" else 1)
    wanted: int = rng.choice(_COUNTS)
    return min(room, wanted)


def _breadth(pattern: PatternName, rng: random.Random) -> int:
    widest = {"single": 2, "three_layer": 5, "router": 4, "parallel": 4}.get(pattern, 3)
    breadth: int = rng.choice([1, 1, *range(1, widest + 1)])
    return breadth


def _least(names: Sequence[N], drawn: Counter[str], rng: random.Random) -> N:
    weights = [1 / (drawn[name] + 1) ** 1.5 for name in names]
    return rng.choices(names, weights)[0]


def _join(names: Sequence[str]) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"
