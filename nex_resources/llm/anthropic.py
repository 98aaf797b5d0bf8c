"""Anthropic Messages. Thinking blocks are kept with their signatures and replayed as they came."""

from __future__ import annotations

import os
from collections.abc import AsyncGenerator, Mapping, Sequence
from typing import Any

import msgspec

from nex_resources.llm.base import Completion, StopReason
from nex_resources.llm.calls import read_call, wire_name
from nex_resources.llm.history import encode_messages, encode_tools
from nex_resources.llm.http import Endpoint, broken_off, decode, drain
from nex_resources.llm.provider import Provider
from nex_resources.llm.retry import Failed
from nex_resources.records import Message, Thinking, ToolCall, ToolResult, ToolSpec, Usage

_json = msgspec.json.Encoder()
_WIRE = "anthropic"
_STOPS: dict[str, StopReason] = {
    "end_turn": "stop",
    "stop_sequence": "stop",
    "tool_use": "tool_calls",
    "max_tokens": "length",
    "model_context_window_exceeded": "length",
    "refusal": "content_filter",
}
_CACHE = {"type": "ephemeral"}


class Anthropic(Provider):
    """`POST {base_url}/v1/messages`. The key is `api_key`, by default the variable ANTHROPIC_API_KEY.

    With the setting `cache_prompt`, tools and system prompt are marked for the provider's cache.
    """

    path = "/v1/messages"
    provider = "anthropic"

    def __init__(
        self,
        model: str,
        base_url: str = "https://api.anthropic.com",
        api_key: str | None = None,
        settings: Mapping[str, Any] | None = None,
        *,
        seconds: float = 600.0,
        idle: float = 120.0,
        concurrency: int = 256,
        **options: Any,
    ):
        key = api_key if api_key is not None else os.environ.get("ANTHROPIC_API_KEY", "")
        headers = {"x-api-key": key, "anthropic-version": "2023-06-01"}
        base_url = base_url.rstrip("/").removesuffix("/v1")
        endpoint = Endpoint(base_url, headers, seconds, idle, concurrency)
        super().__init__(model, endpoint, {"max_tokens": 8192, **(settings or {})}, **options)

    def body(
        self,
        model: str,
        messages: Sequence[Message],
        tools: Sequence[ToolSpec],
        settings: dict[str, Any],
        cache: bool,
    ) -> bytes:
        fields: dict[str, Any] = {"model": model, **settings}
        if self.stream:
            fields["stream"] = True
        prompt = "\n\n".join(message.text for message in messages if message.role == "system")
        if prompt:
            block: dict[str, Any] = {"type": "text", "text": prompt}
            fields["system"] = [block | {"cache_control": _CACHE}] if cache else prompt
        turns = encode_messages(messages, _WIRE, _encode, skip_system=True)
        parts = [_json.encode(fields)[:-1], b',"messages":[', turns, b"]"]
        if tools:
            parts += [b',"tools":', encode_tools(messages, tools, _WIRE, _tools)]
        return b"".join((*parts, b"}"))

    def read(self, data: bytes) -> Completion:
        response = decode(data, _Response)
        return _completion(response.content, response.stop_reason, response.usage)

    async def read_stream(self, events: AsyncGenerator[tuple[str, bytes], None]) -> Completion:
        """Put together the pieces of a stream; one that ends without `message_stop` was cut off."""
        blocks: dict[int, dict[str, Any]] = {}
        stop, usage, done = None, _Usage(), False
        async for _, data in events:
            event = decode(data, _Event)
            if event.type == "message_start" and event.message:
                usage = event.message.usage
            elif event.type == "content_block_start":
                blocks[event.index] = {**event.content_block, "pieces": []}
            elif event.type == "content_block_delta":
                _collect(blocks[event.index], event.delta)
            elif event.type == "message_delta":
                stop = event.delta.get("stop_reason") or stop
                usage = usage.updated(event.usage)
            elif event.type == "message_stop":
                done = True
                await drain(events)
                break
            elif event.type == "error":
                raise broken_off(data)
        if not done:
            raise Failed("connection", "the stream ended before the answer did", retry=True)
        return _completion([_joined(block) for _, block in sorted(blocks.items())], stop, usage)


class _Usage(msgspec.Struct):
    input_tokens: int | None = 0
    output_tokens: int | None = 0
    cache_read_input_tokens: int | None = 0
    cache_creation_input_tokens: int | None = 0

    def ours(self) -> Usage:
        return Usage(
            self.input_tokens or 0,
            self.output_tokens or 0,
            self.cache_read_input_tokens or 0,
            self.cache_creation_input_tokens or 0,
        )

    def updated(self, later: dict[str, Any] | None) -> _Usage:
        """Counts in a `message_delta` are totals and stand over those of `message_start`."""
        known = {
            key: value for key, value in (later or {}).items() if key in self.__struct_fields__ and value
        }
        return msgspec.structs.replace(self, **known)


class _Response(msgspec.Struct):
    content: list[dict[str, Any]]
    stop_reason: str | None = None
    usage: _Usage = msgspec.field(default_factory=_Usage)


class _Start(msgspec.Struct):
    usage: _Usage = msgspec.field(default_factory=_Usage)


class _Event(msgspec.Struct):
    type: str
    index: int = 0
    message: _Start | None = None
    content_block: dict[str, Any] = {}
    delta: dict[str, Any] = {}
    usage: dict[str, Any] | None = None


def _collect(block: dict[str, Any], delta: dict[str, Any]) -> None:
    match delta.get("type"):
        case "text_delta":
            block["text"] = block.get("text", "") + delta["text"]
        case "thinking_delta":
            block["thinking"] = block.get("thinking", "") + delta["thinking"]
        case "signature_delta":
            block["signature"] = block.get("signature", "") + delta["signature"]
        case "input_json_delta":
            block["pieces"].append(delta["partial_json"])


def _joined(block: dict[str, Any]) -> dict[str, Any]:
    pieces = "".join(block.pop("pieces"))
    return {**block, "input": pieces} if pieces else block


def _completion(blocks: Sequence[dict[str, Any]], stop: str | None, usage: _Usage) -> Completion:
    text: list[str] = []
    thinking: list[Thinking] = []
    calls: list[ToolCall] = []
    for block in blocks:
        match block.get("type"):
            case "text":
                text.append(block.get("text", ""))
            case "thinking":
                thinking.append(Thinking(block.get("thinking", ""), block.get("signature")))
            case "redacted_thinking":
                thinking.append(Thinking(redacted=block.get("data", "")))
            case "tool_use":
                calls.append(read_call(block.get("id"), block.get("name"), block.get("input")))
    turn = Message("assistant", "".join(text), tuple(thinking), tuple(calls))
    return Completion(turn, usage.ours(), _STOPS.get(stop or "end_turn", "stop"))


def _encode(message: Message) -> bytes:
    if message.role == "user":
        return _json.encode({"role": "user", "content": message.text})
    if message.role == "tool":
        return _json.encode({"role": "user", "content": [_result(result) for result in message.results]})
    content: list[dict[str, Any]] = [
        _thinking(thought) for thought in message.thinking if _replayable(thought)
    ]
    if message.text.strip():  # the API refuses blank text
        content.append({"type": "text", "text": message.text})
    content += [
        {"type": "tool_use", "id": call.id, "name": wire_name(call.name), "input": call.arguments}
        for call in message.calls
    ]
    return _json.encode({"role": "assistant", "content": content}) if content else b""


def _replayable(thought: Thinking) -> bool:
    """Only what this API signed or encrypted may go back to it; another model's reasoning is left out
    (a Responses item has both)."""
    return (thought.signature is None) != (thought.redacted is None)


def _thinking(thought: Thinking) -> dict[str, Any]:
    if thought.redacted is not None:
        return {"type": "redacted_thinking", "data": thought.redacted}
    return {"type": "thinking", "thinking": thought.text, "signature": thought.signature}


def _result(result: ToolResult) -> dict[str, Any]:
    block = {"type": "tool_result", "tool_use_id": result.call_id, "content": result.text}
    return {**block, "is_error": True} if result.is_error else block


def _tools(tools: Sequence[ToolSpec]) -> bytes:
    return _json.encode(
        [
            {"name": tool.name, "description": tool.description, "input_schema": tool.input_schema}
            for tool in tools
        ]
    )
