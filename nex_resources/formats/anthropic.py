"""`anthropic`: the messages API's assistant message as JSON, in content blocks. It has a place for several
thinking blocks, their signatures, and redacted ones."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Literal

from nex_resources.formats import offers
from nex_resources.formats.base import DecodeError, Written
from nex_resources.formats.hermes import json_arguments
from nex_resources.formats.jsontext import dumps, hide, is_text, loads, quote
from nex_resources.formats.turns import call_id, check_calls
from nex_resources.records import Message, Thinking, ToolCall, ToolResult, ToolSpec


class Anthropic:
    name = "anthropic"
    results_role: Literal["user", "tool"] = "user"
    keeps_thinking = True

    def write(self, turn: Message, tools: Sequence[ToolSpec] = ()) -> Written:
        problems: list[str] = []
        check_calls(turn.calls, problems)
        blocks = [_write_thinking(block, problems) for block in turn.thinking]
        if turn.text:
            blocks.append(f'{{"type": "text", "text": {quote(turn.text)}}}')
        for call in turn.calls:
            head = f'{{"type": "tool_use", "id": {quote(call.id)}, "name": {quote(call.name)}'
            blocks.append(f'{head}, "input": {json_arguments(call, problems)}}}')
        text = hide(f'{{"role": "assistant", "content": [{", ".join(blocks)}]}}', ())
        if not is_text(text):
            problems.append("not text: a lone surrogate cannot be written as UTF-8")
        return Written(text, problems[0] if problems else None)

    def encode(self, turn: Message, tools: Sequence[ToolSpec] = ()) -> str:
        return self.write(turn, tools).text

    def can_carry(self, turn: Message, tools: Sequence[ToolSpec] = ()) -> str | None:
        return self.write(turn, tools).reason

    def decode(self, text: str, tools: Sequence[ToolSpec] = ()) -> Message:
        message = loads(text)
        if not isinstance(message, dict):
            raise DecodeError('an assistant turn has to be {"role": "assistant", "content": […]}')
        return read_message(message)

    def encode_results(self, turn: Message) -> str:
        return f"[{', '.join(map(_write_result, turn.results))}]"

    def describe_tools(self, tools: Sequence[ToolSpec]) -> str:
        listed = [
            {"name": tool.name, "description": tool.description, "input_schema": tool.input_schema}
            for tool in tools
        ]
        return offers.section(
            "Tools",
            dumps(listed),
            "Answer with one JSON message; call tools in blocks of its content:",
            '{"role": "assistant", "content": [{"type": "tool_use", "id": …, "name": …, "input": {…}}]}',
        )


def read_message(message: dict[str, Any]) -> Message:
    """Read an assistant message of the messages API; its content is a string or a list of blocks."""
    content = message.get("content")
    if isinstance(content, str):
        return Message("assistant", content)
    if not isinstance(content, list):
        raise DecodeError("content has to be a string or a list of blocks")
    texts: list[str] = []
    thinking: list[Thinking] = []
    calls: list[ToolCall] = []
    for position, block in enumerate(content):
        _read_block(block, position, texts, thinking, calls)
    return Message("assistant", "".join(texts), tuple(thinking), tuple(calls))


def _read_block(
    block: Any, position: int, texts: list[str], thinking: list[Thinking], calls: list[ToolCall]
) -> None:
    kind = block.get("type") if isinstance(block, dict) else None
    if kind == "text" and isinstance(block.get("text"), str):
        texts.append(block["text"])
    elif kind == "thinking" and isinstance(block.get("thinking"), str):
        signature = block.get("signature")
        thinking.append(Thinking(block["thinking"], signature if isinstance(signature, str) else None))
    elif kind == "redacted_thinking" and isinstance(block.get("data"), str):
        thinking.append(Thinking(redacted=block["data"]))
    elif (
        kind == "tool_use" and isinstance(block.get("name"), str) and isinstance(block.get("input", {}), dict)
    ):
        known = block.get("id")
        given = known if isinstance(known, str) else call_id(len(calls))
        calls.append(ToolCall(given, block["name"], block.get("input", {})))
    else:
        raise DecodeError(f"content.{position} is no text, thinking, redacted_thinking or tool_use block")


def _write_thinking(block: Thinking, problems: list[str]) -> str:
    if block.redacted is not None:
        if block.text or block.signature is not None:
            problems.append("redacted thinking: a block is either redacted or has text")
        return f'{{"type": "redacted_thinking", "data": {quote(block.redacted)}}}'
    signed = "" if block.signature is None else f', "signature": {quote(block.signature)}'
    return f'{{"type": "thinking", "thinking": {quote(block.text)}{signed}}}'


def _write_result(result: ToolResult) -> str:
    failed = ', "is_error": true' if result.is_error else ""
    head = f'{{"type": "tool_result", "tool_use_id": {quote(result.call_id)}'
    return f'{head}, "content": {quote(result.text)}{failed}}}'
