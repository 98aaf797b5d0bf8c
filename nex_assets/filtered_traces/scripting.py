"""Traces written as scripts: for specimens, hard negatives, hand-written defects and tests.

script("Where is order W1023?",
       turn("I'll look it up.", do("retail__get_order", {"order_id": "W1023"}, '{"status": "shipped"}')),
       "Order W1023 has been shipped.")
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Literal

import msgspec

from nex_resources.records import (
    ErrorKind,
    Message,
    Status,
    Thinking,
    ToolCall,
    ToolResult,
    ToolSpec,
    Trace,
    Trajectory,
    content_id,
    split_qualified,
    system,
    user,
)

_TYPES = {str: "string", bool: "boolean", int: "integer", float: "number", list: "array", dict: "object"}
SYSTEM = "You are a helpful agent. Use the tools you are given and report what they return."


class Do(msgspec.Struct, frozen=True):
    """A call and what it returns. `write` says that the tool changes state."""

    name: str
    arguments: dict[str, Any]
    result: str | None
    error: ErrorKind | None = None
    write: bool = False
    raw: str | None = None
    agent: bool = False


class Turn(msgspec.Struct, frozen=True):
    """An assistant turn that makes calls."""

    text: str
    calls: tuple[Do, ...] = ()
    thinking: str = ""
    stop: str = ""


class Ask(msgspec.Struct, frozen=True):
    """A later user turn."""

    text: str


def do(
    name: str,
    arguments: dict[str, Any],
    result: str | None = "",
    error: ErrorKind | None = None,
    *,
    write: bool = False,
    raw: str | None = None,
    agent: bool = False,
) -> Do:
    """Script a call; `result=None` leaves it unanswered."""
    return Do(name, arguments, result, error, write, raw, agent)


def turn(text: str, *calls: Do, thinking: str = "", stop: str = "") -> Turn:
    """Script an assistant turn with calls, thinking, or a stop reason of its own."""
    return Turn(text, calls, thinking, stop)


def tool(
    tool_name: str,
    effect: Literal["read", "write", "unknown"] = "read",
    made_of: Literal["mcp", "agent", "python", "builtin"] = "mcp",
    /,
    required: Sequence[str] = (),
    **types: Any,
) -> ToolSpec:
    """Make a tool; `types` maps its arguments to JSON types or to whole schemas."""
    properties = {key: {"type": value} if isinstance(value, str) else value for key, value in types.items()}
    schema = {"type": "object", "properties": properties, "required": list(required)}
    return ToolSpec(tool_name, f"{tool_name}.", schema, made_of, split_qualified(tool_name)[0], effect)


def script(
    ask: str,
    *events: Turn | Ask | str,
    tools: Sequence[ToolSpec] = (),
    system_prompt: str = SYSTEM,
    status: Status = "completed",
    subs: Sequence[Trajectory] = (),
    agent: str = "assistant",
) -> Trace:
    """Write a trace. Tools that are called and not given are made up from their calls."""
    root = trajectory(ask, *events, tools=tools, system_prompt=system_prompt, agent=agent)
    last = root.messages[-1]
    answer = last.text if last.role == "assistant" and not last.calls else ""
    body = Trace("", "", "", status, answer, (root, *subs), model="script")
    return msgspec.structs.replace(body, id=content_id("trace", body))


def trajectory(
    ask: str,
    *events: Turn | Ask | str,
    tools: Sequence[ToolSpec] = (),
    system_prompt: str = SYSTEM,
    agent: str = "assistant",
    span: str = "",
    parent: str = "",
    call_id: str = "",
) -> Trajectory:
    """Write one agent's messages."""
    messages: list[Message] = [system(system_prompt), user(ask)]
    stops: list[str] = []
    offered = {one.name: one for one in tools}
    for event in events:
        if isinstance(event, Ask):
            messages.append(user(event.text))
            continue
        said = Turn(event) if isinstance(event, str) else event
        messages += _messages(said, len(messages))
        stops.append(said.stop or ("tool_calls" if said.calls else "stop"))
        if not tools:
            for call in said.calls:
                offered[call.name] = _infer(call, offered.get(call.name))
    return Trajectory(
        agent,
        span or agent,
        tuple(messages),
        tuple(offered.values()),
        parent,
        call_id,
        "completed",
        tuple(stops),
    )


def _messages(said: Turn, at: int) -> list[Message]:
    calls = tuple(ToolCall(f"call_{at}_{i}", c.name, c.arguments, c.raw) for i, c in enumerate(said.calls))
    thinking = (Thinking(said.thinking),) if said.thinking else ()
    made = [Message("assistant", said.text, thinking, calls)]
    results = tuple(
        ToolResult(call.id, call.name, one.result, one.error, size=len(one.result))
        for call, one in zip(calls, said.calls, strict=True)
        if one.result is not None
    )
    return [*made, Message("tool", results=results)] if results else made


def _infer(call: Do, known: ToolSpec | None) -> ToolSpec:
    properties = {name: {"type": _TYPES.get(type(value), "string")} for name, value in call.arguments.items()}
    if known is not None:
        properties = {**properties, **known.input_schema["properties"]}
    writes = call.write or (known is not None and known.effect == "write")
    schema = {"type": "object", "properties": properties}
    return ToolSpec(
        call.name,
        f"{call.name}.",
        schema,
        "agent" if call.agent else "mcp",
        split_qualified(call.name)[0],
        "write" if writes else "unknown",
    )
