"""`openai`: the chat-completions message itself, as JSON. Arguments are a string of JSON inside it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Literal

from nex_resources.formats import offers
from nex_resources.formats.base import DecodeError, Written
from nex_resources.formats.hermes import json_arguments
from nex_resources.formats.jsontext import dumps, hide, is_text, loads, loads_object, quote
from nex_resources.formats.turns import call_id, check_calls, write_thinking
from nex_resources.records import Message, Thinking, ToolCall, ToolSpec


class OpenAI:
    """`reasoning_content` holds the thinking, as the servers of reasoning models return it."""

    name = "openai"
    results_role: Literal["user", "tool"] = "tool"
    keeps_thinking = True

    def write(self, turn: Message, tools: Sequence[ToolSpec] = ()) -> Written:
        problems: list[str] = []
        check_calls(turn.calls, problems)
        content = quote(turn.text) if turn.text or not turn.calls else "null"
        parts = [f'{{"role": "assistant", "content": {content}']
        if turn.thinking:
            parts.append(f', "reasoning_content": {quote(write_thinking(turn.thinking, problems))}')
        if turn.calls:
            parts.append(f', "tool_calls": [{", ".join(_write_call(call, problems) for call in turn.calls)}]')
        text = hide("".join([*parts, "}"]), ())
        if not is_text(text):
            problems.append("not text: a lone surrogate cannot be written as UTF-8")
        return Written(text, next((p for p in problems if not p.startswith("closing tag")), None))

    def encode(self, turn: Message, tools: Sequence[ToolSpec] = ()) -> str:
        return self.write(turn, tools).text

    def can_carry(self, turn: Message, tools: Sequence[ToolSpec] = ()) -> str | None:
        return self.write(turn, tools).reason

    def decode(self, text: str, tools: Sequence[ToolSpec] = ()) -> Message:
        message = loads(text)
        if not isinstance(message, dict):
            raise DecodeError(
                'an assistant turn has to be {"role": "assistant", "content": …, "tool_calls": […]}'
            )
        return read_message(message)

    def encode_results(self, turn: Message) -> str:
        return "\n".join(
            f'{{"role": "tool", "tool_call_id": {quote(result.call_id)}, "content": {quote(result.text)}}}'
            for result in turn.results
        )

    def describe_tools(self, tools: Sequence[ToolSpec]) -> str:
        return offers.section(
            "Tools",
            dumps([offers.wrapped(tool) for tool in tools]),
            "Answer with one JSON message; call functions in its `tool_calls`:",
            '{"role": "assistant", "content": null, "tool_calls": [{"id": …, "type": "function", '
            '"function": {"name": …, "arguments": "<JSON object as a string>"}}]}',
        )


def read_message(message: dict[str, Any]) -> Message:
    """Read an assistant message of the chat-completions API; arguments may be a string of JSON or an
    object. Raises DecodeError."""
    content, thought = message.get("content"), message.get("reasoning_content")
    if not isinstance(content, str | None) or not isinstance(thought, str | None):
        raise DecodeError("content and reasoning_content have to be strings or null")
    calls = message.get("tool_calls") or []
    if not isinstance(calls, list):
        raise DecodeError(f"tool_calls has to be a list, not {type(calls).__name__}")
    thinking = () if thought is None else (Thinking(thought),)
    return Message("assistant", content or "", thinking, tuple(map(_read_call, calls, range(len(calls)))))


def _write_call(call: ToolCall, problems: list[str]) -> str:
    arguments = quote(json_arguments(call, problems))
    return (
        f'{{"id": {quote(call.id)}, "type": "function", '
        f'"function": {{"name": {quote(call.name)}, "arguments": {arguments}}}}}'
    )


def _read_call(call: Any, position: int) -> ToolCall:
    function = call.get("function") if isinstance(call, dict) else None
    name = function.get("name") if isinstance(function, dict) else None
    if not isinstance(function, dict) or not isinstance(name, str):
        raise DecodeError(f"tool_calls.{position} has no function with a name")
    arguments = function.get("arguments") or {}
    if isinstance(arguments, str):
        arguments = loads_object(arguments)
    if not isinstance(arguments, dict):
        raise DecodeError(f"tool_calls.{position}.function.arguments has to be an object or a string of one")
    known = call.get("id")
    return ToolCall(known if isinstance(known, str) else call_id(position), name, arguments)
