"""Samples as rows that other trainers read: chat messages in the chat-completions shape."""

from __future__ import annotations

from typing import Any

import msgspec

from nex_resources.formats.jsontext import dumps_any
from nex_resources.formats.offers import wrapped
from nex_resources.records import Message, Sample, ToolSpec

_messages = msgspec.json.Decoder(tuple[Message, ...])
_tools = msgspec.json.Decoder(tuple[ToolSpec, ...])


def messages_of(sample: Sample) -> tuple[Message, ...]:
    return _messages.decode(sample.messages)


def tools_of(sample: Sample) -> tuple[ToolSpec, ...]:
    return _tools.decode(sample.tools)


def chat_messages(messages: tuple[Message, ...], train: tuple[bool, ...]) -> list[dict[str, Any]]:
    """Return chat-completions messages, each with `train` (whether the loss covers it).

    Every message has the same keys, and arguments stay a string of JSON, so that Arrow infers one type
    for all rows. A turn of several results becomes one message for each.
    """
    rows: list[dict[str, Any]] = []
    for message, covered in zip(messages, train, strict=True):
        if message.role == "tool":
            rows += [_row("tool", result.text, tool_call_id=result.call_id) for result in message.results]
            continue
        calls = [
            {
                "id": c.id,
                "type": "function",
                "function": {"name": c.name, "arguments": dumps_any(c.arguments)},
            }
            for c in message.calls
        ]
        thought = "\n\n".join(block.text for block in message.thinking)
        rows.append(_row(message.role, message.text, thought, calls, train=covered))
    return rows


def chat_row(sample: Sample) -> dict[str, Any]:
    """Return one JSONL row: messages, tools (a string of JSON) and where the sample comes from."""
    tools = tools_of(sample)
    return {
        "id": sample.id,
        "messages": chat_messages(messages_of(sample), sample.train),
        "tools": dumps_any([wrapped(tool) for tool in tools]) if tools else "",
        **{name: getattr(sample, name) for name in LABELS},
    }


def rendered_row(sample: Sample) -> dict[str, Any]:
    """Return one Parquet row: the sample with its rendered text and mask, messages as a string of JSON."""
    row = chat_row(sample)
    return {
        **row,
        "messages": dumps_any(row["messages"]),
        "text": sample.text,
        "labelled": [list(span) for span in sample.labelled],
        "train": list(sample.train),
        "mask_why": list(sample.mask_why),
    }


LABELS = (
    "format",
    "split",
    "agent",
    "domain",
    "pattern",
    "difficulty",
    "trace_id",
    "assessment_id",
    "query_id",
    "framework_id",
    "leaf_id",
    "trajectory",
    "turn",
)


def _row(
    role: str,
    content: str,
    reasoning: str = "",
    calls: list[dict[str, Any]] | None = None,
    tool_call_id: str = "",
    train: bool = False,
) -> dict[str, Any]:
    row: dict[str, Any] = {"role": role, "content": content, "train": train}
    if reasoning:
        row["reasoning_content"] = reasoning
    if calls:
        row["tool_calls"] = calls
    if tool_call_id:
        row["tool_call_id"] = tool_call_id
    return row
