"""Tools that the runtime itself carries out: `load_skill`, `search_tools`, `resume_agent`. An agent has one
only where its config calls for it."""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable, Iterator
from typing import TYPE_CHECKING, Any

from nex_resources.records import ToolCall, ToolResult, ToolSpec
from nex_resources.runtime.delegation import resume
from nex_resources.runtime.host import error_result

if TYPE_CHECKING:
    from nex_resources.runtime.loop import AgentRun

Carry = Callable[[ToolCall], Awaitable[ToolResult]]

HITS = 5
"""Tools that one search brings at most."""


def _schema(**properties: str) -> dict[str, Any]:
    described = {name: {"type": "string", "description": text} for name, text in properties.items()}
    return {
        "type": "object",
        "properties": described,
        "required": list(properties),
        "additionalProperties": False,
    }


LOAD_SKILL = ToolSpec(
    "load_skill",
    "Load the instructions of a skill that the system prompt lists.",
    _schema(name="The skill's name."),
    kind="builtin",
    effect="read",
)
SEARCH_TOOLS = ToolSpec(
    "search_tools",
    "Find further tools by what they do. Tools that are found can be called from the next turn on.",
    _schema(query="Words that describe what the tool should do, or its name."),
    kind="builtin",
    effect="read",
)
RESUME_AGENT = ToolSpec(
    "resume_agent",
    "Send a further message to a sub-agent that has answered. It remembers what it did.",
    _schema(id="The id that came with its answer.", message="What it should do next."),
    kind="builtin",
)


def builtin_offers(run: AgentRun, hidden: bool) -> Iterator[tuple[ToolSpec, Carry]]:
    """Yield the built-in tools that `run`'s agent needs; `hidden` says whether it has tools to search for."""
    if run.spec.skills:
        yield LOAD_SKILL, lambda call: _load_skill(run, call)
    if hidden:
        yield SEARCH_TOOLS, lambda call: _search(run, call)
    if run.spec.resumable and run.spec.sub_agents:
        yield RESUME_AGENT, lambda call: resume(run, call)


async def _load_skill(run: AgentRun, call: ToolCall) -> ToolResult:
    for skill in run.spec.skills:
        if skill.name == call.arguments["name"]:
            return ToolResult(call.id, call.name, skill.text, size=len(skill.text))
    known = ", ".join(skill.name for skill in run.spec.skills)
    return error_result(call, "invalid_arguments", f"no such skill; there are: {known}")


async def _search(run: AgentRun, call: ToolCall) -> ToolResult:
    hidden = [offer.spec for offer in run.offers.values() if offer.hidden]
    found = rank(call.arguments["query"], hidden)[:HITS]
    for tool in found:
        run.offers[tool.name].hidden = False
    run.record("tools_offered", tools=run.show_tools())
    lines = [f"- {tool.name}: {tool.brief or first_line(tool.description)}" for tool in found]
    text = "\n".join(["You can call these now:", *lines]) if found else "No tool fits; use other words."
    return ToolResult(call.id, call.name, text, size=len(text))


def rank(query: str, tools: list[ToolSpec]) -> list[ToolSpec]:
    """Return the tools that share a word with `query`, best first; a word in the name counts three times."""
    asked = _words(query)

    def score(tool: ToolSpec) -> int:
        about = f"{tool.description} {tool.brief} {tool.search_hint}"
        return 3 * len(asked & _words(tool.name)) + len(asked & _words(about))

    return sorted((tool for tool in tools if score(tool)), key=score, reverse=True)


def _words(text: str) -> set[str]:
    """Return the words of `text`, lower case, without plural s; CJK text gives its characters."""
    words = re.findall(r"[a-z0-9]+|[\u4e00-\u9fff]", text.lower())
    return {word[:-1] if len(word) > 3 and word.endswith("s") else word for word in words}


def first_line(text: str, width: int = 160) -> str:
    line = text.strip().partition("\n")[0]
    return line if len(line) <= width else line[: width - 1] + "…"
