"""NexAU conversations: chat messages whose assistant turns hold calls in NexAU's tags, and whose user turns
hold `<tool_result>` blocks."""

from __future__ import annotations

import re
from typing import Any

from nex_resources.formats.base import DecodeError
from nex_resources.formats.foreign.build import ForeignError, dictionary, listing, text_of, tools, trajectory
from nex_resources.formats.nexau_xml import NexauXml
from nex_resources.records import Message, ToolResult, Trajectory

_RESULT = re.compile(
    r"<tool_result>\s*<tool_name>(.*?)</tool_name>\s*(?:<result>(.*?)</result>|<error>(.*?)</error>)\s*</tool_result>",
    re.DOTALL,
)
_codec = NexauXml()


def read(record: Any, agent: str = "assistant", span: str = "0") -> tuple[Trajectory, ...]:
    """Read one conversation. Raises ForeignError."""
    body = {"messages": record} if isinstance(record, list) else dictionary(record, "record")
    offered = tools(body.get("tools"), "tools")
    messages: list[Message] = []
    for number, item in enumerate(listing(body.get("messages"), "messages")):
        where = f"messages.{number}"
        message = dictionary(item, where)
        text = text_of(message.get("content"), f"{where}.content")
        if message.get("role") == "assistant":
            try:
                messages.append(_codec.decode(text, offered))
            except DecodeError as error:
                raise ForeignError(f"{where}.content", f"{error} (at character {error.position})") from None
        else:
            messages += _others(message.get("role"), text, where)
    return (trajectory(messages, offered, agent, span),)


def _others(role: Any, text: str, where: str) -> list[Message]:
    if role not in ("system", "user", "tool"):
        raise ForeignError(f"{where}.role", f"unknown role {role!r}; known are system, user, assistant, tool")
    found = list(_RESULT.finditer(text)) if role != "system" else []
    if not found:
        return [
            Message("tool", results=(ToolResult("", "", text),)) if role == "tool" else Message(role, text)
        ]
    results = tuple(_result(hit) for hit in found)
    rest = _RESULT.sub("", text).strip()
    turns = [Message("tool", results=results)]
    return [*turns, Message("user", rest)] if rest else turns


def _result(hit: re.Match[str]) -> ToolResult:
    name, result, error = hit.groups()
    failed = error is not None
    return ToolResult(
        "", name.strip(), (error if failed else result).strip(), "tool_error" if failed else None
    )
