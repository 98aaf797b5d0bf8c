"""Make an agent's history shorter without losing what it was asked or splitting a call from its result.

No model is asked. First, long strings in the arguments and results of older turns are cut; if that is not
enough, the older turns become one line a call. System prompt and user messages stay whole, as does the latest
turn. What was removed is archived in the rollout's directory, and the notes say where.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import msgspec

from nex_resources.records import Message, ToolCall, ToolResult, assistant

KEEP = 160
"""Characters that stay of a long string in an older turn."""


def shorten(messages: Sequence[Message], archive: str) -> list[Message]:
    """Return the messages with the long strings of all but the latest turn cut and archived in `archive`."""
    latest = _latest_turn(messages)
    return [
        message if index >= latest else _shortened(message, archive) for index, message in enumerate(messages)
    ]


def summarize(messages: Sequence[Message], archive: str) -> list[Message]:
    """Return the messages with each run of older assistant and tool turns told in one assistant message: in a
    message of its own before a user's, else at the head of the latest turn, because many APIs and chat
    templates refuse two assistant messages in a row."""
    latest, kept, run = _latest_turn(messages), list[Message](), list[Message]()
    for index, message in enumerate(messages):
        if index < latest and message.role in ("assistant", "tool"):
            run.append(message)
            continue
        if run:
            told, run = _told(run, archive), []
            if message.role == "assistant":
                message = msgspec.structs.replace(message, text=f"{told}\n\n{message.text}".rstrip())
            else:
                kept.append(assistant(told))
        kept.append(message)
    return kept


def _latest_turn(messages: Sequence[Message]) -> int:
    """Return the index of the last assistant message, with whose results the latest turn begins."""
    turns = [index for index, message in enumerate(messages) if message.role == "assistant"]
    return turns[-1] if turns else len(messages)


def _shortened(message: Message, archive: str) -> Message:
    if message.role == "assistant":
        calls = tuple(_short_call(call, archive) for call in message.calls)
        return Message("assistant", message.text, message.thinking, calls)
    if message.role == "tool":
        return Message("tool", results=tuple(_short_result(result, archive) for result in message.results))
    return message


def _short_call(call: ToolCall, archive: str) -> ToolCall:
    return ToolCall(call.id, call.name, _cut(call.arguments, archive))


def _short_result(result: ToolResult, archive: str) -> ToolResult:
    text = _cut(result.text, archive)
    return ToolResult(
        result.call_id, result.name, text, result.error, size=result.size, full_path=result.full_path
    )


def _cut(value: Any, archive: str) -> Any:
    if isinstance(value, str) and len(value) > 2 * KEEP:
        return f"{value[:KEEP]} … [{len(value) - KEEP} characters archived in {archive}]"
    if isinstance(value, dict):
        return {key: _cut(inner, archive) for key, inner in value.items()}
    if isinstance(value, list):
        return [_cut(inner, archive) for inner in value]
    return value


def _told(messages: Sequence[Message], archive: str) -> str:
    lines = [f"[Earlier steps, in short; the whole is archived in {archive}]"]
    results = {result.call_id: result for message in messages for result in message.results}
    for message in messages:
        if message.text:
            lines.append(_line(message.text))
        for call in message.calls:
            result = results.get(call.id)
            outcome = ("error: " if result.is_error else "") + result.text if result else "no result"
            arguments = msgspec.json.encode(call.arguments).decode()
            lines.append(f"- {call.name}({_line(arguments)}) → {_line(outcome)}")
    return "\n".join(lines)


def _line(text: str, width: int = 120) -> str:
    flat = " ".join(text.split())
    return flat if len(flat) <= width else flat[: width - 1] + "…"
