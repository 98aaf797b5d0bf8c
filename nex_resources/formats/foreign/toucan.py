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

_DECLARE = "<|im_system|>tool_declare<|im_middle|>"


def read(record: Any, agent: str = "assistant", span: str = "") -> tuple[Trajectory, ...]:
    """Read one record. Raises ForeignError."""
    body = dictionary(record, "record")
    turns: list[Message] = []
    declared: Any = None
    for number, item in enumerate(listing(body.get("messages"), "messages")):
        message, where = dictionary(item, f"messages.{number}"), f"messages.{number}"
        if (found := _declared(message)) is not None:
            declared = from_json(found, f"{where}.content")
        else:
            _add(turns, message, where)
    offered = tools(body.get("available_tools") or body.get("tools") or declared, "available_tools")
    return (trajectory(turns, offered, agent, span or str(body.get("uuid") or "0")),)


def _declared(message: dict[str, Any]) -> str | None:
    """Return the tools that a system message declares in the tokens of the model that was asked, or None: the
    message is that model's template and no instruction."""
    content = message.get("content")
    if message.get("role") != "system" or not isinstance(content, str) or not content.startswith(_DECLARE):
        return None
    return content.removeprefix(_DECLARE).strip().removesuffix("<|im_end|>")


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
