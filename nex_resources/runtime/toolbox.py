"""What one agent may call: selectors over the host's tools, its own Python tools, its sub-agents."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Sequence

from nex_resources.records import AgentSpec, ToolSpec, split_qualified


def selects(selector: str, name: str) -> bool:
    """Whether `selector` (an exact name, `server__*`, or `*`) covers the tool `name`."""
    if selector == "*" or selector == name:
        return True
    return selector.endswith("__*") and split_qualified(name)[0] == selector[:-3]


def covers(selectors: Iterable[str], name: str) -> bool:
    """Whether any of `selectors` covers the tool `name`."""
    return any(selects(selector, name) for selector in selectors)


def select(selectors: Iterable[str], tools: Sequence[ToolSpec]) -> list[ToolSpec]:
    """Return the tools that any selector covers, in the host's order."""
    chosen = tuple(selectors)
    if "*" in chosen:
        return list(tools)
    return [tool for tool in tools if covers(chosen, tool.name)]


def missing(spec: AgentSpec, tools: Sequence[ToolSpec]) -> list[str]:
    """Return the selectors of the hierarchy `spec` that cover none of `tools`: a check before a rollout."""
    return [
        f"{agent.name}: {selector}"
        for agent in spec.walk()
        for selector in agent.tools
        if not select((selector,), tools)
    ]


AGENT_SCHEMA = {
    "type": "object",
    "properties": {
        "message": {"type": "string", "description": "The whole task, with all that is needed for it."}
    },
    "required": ["message"],
    "additionalProperties": False,
}


def agent_tool(child: AgentSpec) -> ToolSpec:
    """Return `child` as its parent sees it: a tool with one string parameter `message`."""
    description = child.description or f"Delegate a task to the agent {child.name}."
    return ToolSpec(child.name, description, AGENT_SCHEMA, kind="agent")


def nearest(name: str, names: Iterable[str]) -> list[str]:
    """Return up to three of `names` that are most like `name`, also by its bare name."""
    known = list(names)
    found = difflib.get_close_matches(name, known, 3, 0.75)
    bare = split_qualified(name)[1]
    found += [other for other in known if split_qualified(other)[1] == bare and other not in found]
    return found[:3]
