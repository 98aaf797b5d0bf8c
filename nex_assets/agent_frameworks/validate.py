"""Whether a set of files is a framework: it loads, is of the right size, and its tools exist."""

from __future__ import annotations

import re
from collections import Counter

from nex_assets.agent_frameworks.framework import MAX_DEPTH, MAX_NODES
from nex_assets.agent_frameworks.toolbox import Toolbox
from nex_resources.config import nearest
from nex_resources.records import AgentSpec, split_qualified
from nex_resources.runtime import load_agent_files

_NAME = re.compile(r"[a-z][a-z0-9_]{0,63}")


class InvalidFramework(ValueError):  # noqa: N818 - reads better where it is raised
    """A framework breaks a rule. `problems` tells all of them."""

    def __init__(self, name: str, problems: list[str]):
        self.problems = tuple(problems)
        super().__init__(f"framework {name}: " + "; ".join(problems))


def load_checked(name: str, files: dict[str, str], toolbox: Toolbox) -> AgentSpec:
    """Load `files` as the runtime does and check the hierarchy; raises `InvalidFramework`."""
    try:
        spec = load_agent_files(files, entry="agent.yaml")
    except ValueError as error:
        raise InvalidFramework(name, [f"the runtime does not load it: {error}"]) from error
    found = problems(spec, toolbox) + _unread(files, spec)
    if found:
        raise InvalidFramework(name, found)
    return spec


def problems(spec: AgentSpec, toolbox: Toolbox) -> list[str]:
    """Return what is wrong with a hierarchy; empty if nothing is."""
    agents = spec.walk()
    found: list[str] = []
    if len(agents) > MAX_NODES:
        found.append(f"{len(agents)} agents; at most {MAX_NODES} are allowed")
    if depth(spec) > MAX_DEPTH:
        found.append(f"{depth(spec)} layers; at most {MAX_DEPTH} are allowed")
    names = Counter(agent.name for agent in agents)
    found += [
        f"name {n!r} is used {count} times; each agent needs its own"
        for n, count in names.items()
        if count > 1
    ]
    for agent in agents:
        found += _agent_problems(agent, toolbox)
    if not reachable(spec, toolbox):
        found.append("no agent has a tool; give one a selector such as 'server__*'")
    return found


def _agent_problems(agent: AgentSpec, toolbox: Toolbox) -> list[str]:
    found: list[str] = []
    if not _NAME.fullmatch(agent.name):
        found.append(f"name {agent.name!r} is not a tool name; allowed: lower-case letters, digits, _")
    if not agent.system_prompt.strip():
        found.append(f"{agent.name}: system_prompt is empty")
    for selector in agent.tools:
        if not toolbox.resolve(selector):
            server = split_qualified(selector)[0]
            known = toolbox.of(server) or tuple(f"{s}__*" for s in toolbox.servers)
            hint = nearest(selector, known)
            found.append(
                f"{agent.name}: no tool matches {selector!r}"
                + (f"; {hint}" if hint else f"; allowed: {', '.join(known)}")
            )
    return found


def _unread(files: dict[str, str], spec: AgentSpec) -> list[str]:
    """Return the files no agent is read from: an agent that cannot be reached."""
    spare = len(files) - len(spec.walk())
    return [f"{spare} files belong to agents that no sub_agents entry reaches"] if spare > 0 else []


def depth(spec: AgentSpec) -> int:
    """Return the number of layers, 1 for a lone agent."""
    return 1 + max((depth(child) for child in spec.sub_agents), default=0)


def reachable(spec: AgentSpec, toolbox: Toolbox) -> set[str]:
    """Return the tools that some agent of the hierarchy may call."""
    return {name for agent in spec.walk() for selector in agent.tools for name in toolbox.resolve(selector)}


def worlds(spec: AgentSpec, toolbox: Toolbox) -> tuple[str, ...]:
    """Return the servers all of whose tools can be reached from the root."""
    seen = reachable(spec, toolbox)
    return tuple(s for s in toolbox.servers if seen.issuperset(toolbox.of(s)))
