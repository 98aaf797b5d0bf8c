"""Chat-completions conversations: `{"messages": […], "tools": […]}`, or a bare list of messages."""

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


def read(record: Any, agent: str = "assistant", span: str = "0") -> tuple[Trajectory, ...]:
    """Read one conversation. Raises ForeignError."""
    body = {"messages": record} if isinstance(record, list) else dictionary(record, "record")
    messages = read_messages(body.get("messages"), "messages")
    return (trajectory(messages, tools(body.get("tools") or body.get("functions"), "tools"), agent, span),)


def read_messages(listed: Any, where: str) -> list[Message]:
    """Read chat-completions messages, the older `function_call` shape too."""
    items = listing(listed, where)
    return [read_message(dictionary(item, f"{where}.{n}"), f"{where}.{n}") for n, item in enumerate(items)]


def read_message(message: dict[str, Any], where: str) -> Message:
    role, text = message.get("role"), text_of(message.get("content"), f"{where}.content")
    if role in ("system", "developer"):
        return Message("system", text)
    if role == "user":
        return Message("user", text)
    if role in ("tool", "function"):
        name, known = message.get("name"), message.get("tool_call_id")
        result = ToolResult(
            known if isinstance(known, str) else "", name if isinstance(name, str) else "", text
        )
        return Message("tool", results=(result,))
    if role != "assistant":
        raise ForeignError(f"{where}.role", f"unknown role {role!r}; known are system, user, assistant, tool")
    thought = message.get("reasoning_content") or message.get("reasoning")
    thinking = (Thinking(thought),) if isinstance(thought, str) and thought else ()
    return Message("assistant", text, thinking, _calls(message, where))


def _calls(message: dict[str, Any], where: str) -> tuple[Any, ...]:
    calls = []
    for number, item in enumerate(listing(message.get("tool_calls"), f"{where}.tool_calls")):
        at = f"{where}.tool_calls.{number}"
        function = dictionary(dictionary(item, at).get("function", item), at)
        calls.append(call(function.get("name"), function.get("arguments"), item.get("id"), at))
    older = message.get("function_call")
    if older:
        function = dictionary(older, f"{where}.function_call")
        calls.append(call(function.get("name"), function.get("arguments"), None, f"{where}.function_call"))
    return tuple(calls)
