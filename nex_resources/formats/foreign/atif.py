"""Agent Trajectory Interchange Format, versions 1.x: steps of system, user and agent with observations."""

from __future__ import annotations

from typing import Any

from nex_resources.formats.foreign.build import (
    ForeignError,
    call,
    dictionary,
    listing,
    text_of,
    tools,
    trajectory,
)
from nex_resources.records import Message, Thinking, ToolResult, Trajectory

_ROLES = {"system": "system", "user": "user"}


def read(record: Any, agent: str = "", span: str = "") -> tuple[Trajectory, ...]:
    """Read one trajectory. Raises ForeignError."""
    body = dictionary(record, "record")
    version = str(body.get("schema_version", ""))
    if not version.startswith("ATIF-v1"):
        raise ForeignError("schema_version", f"cannot read {version!r}; known is ATIF-v1.x")
    about = dictionary(body.get("agent") or {}, "agent")
    turns: list[Message] = []
    for number, item in enumerate(listing(body.get("steps"), "steps")):
        turns += _step(dictionary(item, f"steps.{number}"), f"steps.{number}")
    offered = tools(about.get("tool_definitions"), "agent.tool_definitions")
    name = agent or str(about.get("name") or "agent")
    return (trajectory(turns, offered, name, span or str(body.get("session_id") or "0")),)


def _step(step: dict[str, Any], where: str) -> list[Message]:
    source, text = step.get("source"), text_of(step.get("message"), f"{where}.message")
    if source in _ROLES:
        return [Message(_ROLES[source], text)]  # type: ignore[arg-type]
    if source != "agent":
        raise ForeignError(f"{where}.source", f"unknown source {source!r}; known are system, user, agent")
    thought = step.get("reasoning_content")
    calls = []
    for number, item in enumerate(listing(step.get("tool_calls"), f"{where}.tool_calls")):
        at = f"{where}.tool_calls.{number}"
        given = dictionary(item, at)
        calls.append(call(given.get("function_name"), given.get("arguments"), given.get("tool_call_id"), at))
    thinking = (Thinking(thought),) if isinstance(thought, str) and thought else ()
    said = Message("assistant", text, thinking, tuple(calls))
    seen = dictionary(step.get("observation") or {}, f"{where}.observation")
    results = listing(seen.get("results"), f"{where}.observation.results")
    if not results:
        return [said]
    return [said, Message("tool", results=tuple(_result(r, f"{where}.observation.results") for r in results))]


def _result(item: Any, where: str) -> ToolResult:
    given = dictionary(item, where)
    known = given.get("source_call_id")
    return ToolResult(known if isinstance(known, str) else "", "", text_of(given.get("content"), where))
