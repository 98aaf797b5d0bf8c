"""Messages-API conversations: `{"system": …, "messages": […], "tools": […]}` with content blocks."""

from __future__ import annotations

from typing import Any

from nex_resources.formats.anthropic import read_message
from nex_resources.formats.base import DecodeError
from nex_resources.formats.foreign.build import ForeignError, dictionary, listing, text_of, tools, trajectory
from nex_resources.records import Message, ToolResult, Trajectory


def read(record: Any, agent: str = "assistant", span: str = "0") -> tuple[Trajectory, ...]:
    """Read one conversation. Raises ForeignError."""
    body = dictionary(record, "record")
    messages: list[Message] = []
    if body.get("system"):
        messages.append(Message("system", text_of(body["system"], "system")))
    for number, item in enumerate(listing(body.get("messages"), "messages")):
        messages += _read(dictionary(item, f"messages.{number}"), f"messages.{number}")
    return (trajectory(messages, tools(body.get("tools"), "tools"), agent, span),)


def _read(message: dict[str, Any], where: str) -> list[Message]:
    if message.get("role") == "assistant":
        try:
            return [read_message(message)]
        except DecodeError as error:
            raise ForeignError(where, str(error)) from None
    if message.get("role") != "user":
        raise ForeignError(
            f"{where}.role", f"unknown role {message.get('role')!r}; known are user, assistant"
        )
    content = message.get("content")
    if not isinstance(content, list):
        return [Message("user", text_of(content, f"{where}.content"))]
    results = tuple(_result(b, f"{where}.content") for b in content if _kind(b) == "tool_result")
    said = text_of([b for b in content if _kind(b) != "tool_result"], f"{where}.content")
    turns = [Message("tool", results=results)] if results else []
    return [*turns, Message("user", said)] if said or not turns else turns


def _kind(block: Any) -> Any:
    return block.get("type") if isinstance(block, dict) else None


def _result(block: dict[str, Any], where: str) -> ToolResult:
    known = block.get("tool_use_id")
    text = text_of(block.get("content"), where)
    error = "tool_error" if block.get("is_error") else None
    return ToolResult(known if isinstance(known, str) else "", "", text, error)  # type: ignore[arg-type]
