"""Toucan records: `messages` and the tools as strings of JSON. Calls stand in `function_call` messages, or in
messages of the roles `tool_call` and `tool_response`."""

from __future__ import annotations

from typing import Any

from nex_resources.formats.foreign.build import (
    call,
    dictionary,
    from_json,
    listing,
    text_of,
    tools,
    trajectory,
)
from nex_resources.formats.foreign.openai_chat import read_message
from nex_resources.records import Message, ToolResult, Trajectory


def read(record: Any, agent: str = "assistant", span: str = "") -> tuple[Trajectory, ...]:
    """Read one record. Raises ForeignError."""
    body = dictionary(record, "record")
    turns: list[Message] = []
    for number, item in enumerate(listing(body.get("messages"), "messages")):
        _add(turns, dictionary(item, f"messages.{number}"), f"messages.{number}")
    offered = tools(body.get("available_tools") or body.get("tools"), "available_tools")
    return (trajectory(turns, offered, agent, span or str(body.get("uuid") or "0")),)


def _add(turns: list[Message], message: dict[str, Any], where: str) -> None:
    role, content = message.get("role"), text_of(message.get("content"), f"{where}.content")
    if role == "tool_response":
        turns.append(Message("tool", results=(ToolResult("", "", content),)))
        return
    if role != "tool_call":
        read = read_message(message, where)
    else:
        value = dictionary(from_json(content, f"{where}.content"), f"{where}.content")
        read = Message("assistant", calls=(call(value.get("name"), value.get("arguments"), None, where),))
    if read.role == "assistant" and turns and turns[-1].role == "assistant":
        last = turns[-1]  # several messages make up one turn: what was said, then each call
        read = Message(
            "assistant", last.text + read.text, last.thinking + read.thinking, last.calls + read.calls
        )
        turns.pop()
    turns.append(read)
