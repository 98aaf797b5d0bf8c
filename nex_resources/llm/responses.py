"""OpenAI Responses. Nothing is stored on the server: reasoning items come back encrypted and are replayed."""

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
from nex_resources.records import Message, Thinking, ToolCall, ToolSpec, Usage

_json = msgspec.json.Encoder()
_WIRE = "openai.responses"
_TERMINAL = frozenset({"response.completed", "response.incomplete", "response.failed"})


class OpenAIResponses(Provider):
    """`POST {base_url}/responses`. The key is `api_key`, by default the variable OPENAI_API_KEY."""

    path = "/responses"
    provider = "openai"

    def __init__(
        self,
        model: str,
        base_url: str = "https://api.openai.com/v1",
        api_key: str | None = None,
        settings: Mapping[str, Any] | None = None,
        *,
        seconds: float = 600.0,
        idle: float = 120.0,
        concurrency: int = 256,
        **options: Any,
    ):
        key = api_key if api_key is not None else os.environ.get("OPENAI_API_KEY", "")
        headers = {"Authorization": f"Bearer {key}"} if key else {}
        super().__init__(model, Endpoint(base_url, headers, seconds, idle, concurrency), settings, **options)

    def body(
        self,
        model: str,
        messages: Sequence[Message],
        tools: Sequence[ToolSpec],
        settings: dict[str, Any],
        cache: bool,
    ) -> bytes:
        fields = {"model": model, "store": False, "include": ["reasoning.encrypted_content"], **settings}
        if "max_tokens" in fields:
            fields["max_output_tokens"] = fields.pop("max_tokens")
        if self.stream:
            fields["stream"] = True
        prompt = "\n\n".join(message.text for message in messages if message.role == "system")
        if prompt:
            fields["instructions"] = prompt
        items = encode_messages(messages, _WIRE, _encode, skip_system=True)
        parts = [_json.encode(fields)[:-1], b',"input":[', items, b"]"]
        if tools:
            parts += [b',"tools":', encode_tools(messages, tools, _WIRE, _tools)]
        return b"".join((*parts, b"}"))

    def read(self, data: bytes) -> Completion:
        return _completion(decode(data, _Response), data)

    async def read_stream(self, events: AsyncGenerator[tuple[str, bytes], None]) -> Completion:
        """Wait for the event that carries the whole response; a stream without one was cut off."""
        async for _, data in events:
            event = decode(data, _Event)
            if event.type == "error":
                raise broken_off(data)
            if event.type in _TERMINAL:
                await drain(events)
                return _completion(decode(bytes(event.response), _Response), bytes(event.response))
        raise Failed("connection", "the stream ended before the answer did", retry=True)


class _Event(msgspec.Struct):
    type: str
    response: msgspec.Raw = msgspec.Raw(b"{}")


class _Details(msgspec.Struct):
    cached_tokens: int | None = 0


class _Usage(msgspec.Struct):
    input_tokens: int = 0
    output_tokens: int = 0
    input_tokens_details: _Details | None = None


class _Response(msgspec.Struct):
    output: list[dict[str, Any]] = []
    status: str = "completed"
    usage: _Usage | None = None
    error: Any = None
    incomplete_details: dict[str, Any] | None = None


def _completion(response: _Response, data: bytes) -> Completion:
    if response.status == "failed" or response.error:
        raise broken_off(data)
    text: list[str] = []
    thinking: list[Thinking] = []
    calls: list[ToolCall] = []
    for item in response.output:
        match item.get("type"):
            case "message":
                text += [
                    str(part.get("text") or part.get("refusal") or "") for part in item.get("content", ())
                ]
            case "reasoning":
                summary = "\n\n".join(part.get("text", "") for part in item.get("summary") or ())
                thinking.append(Thinking(summary, item.get("id"), item.get("encrypted_content")))
            case "function_call":
                calls.append(read_call(item.get("call_id"), item.get("name"), item.get("arguments")))
    turn = Message("assistant", "".join(text), tuple(thinking), tuple(calls))
    return Completion(turn, _usage(response.usage), _stop(response, turn))


def _stop(response: _Response, turn: Message) -> StopReason:
    if response.status == "incomplete":
        reason = (response.incomplete_details or {}).get("reason")
        return "content_filter" if reason == "content_filter" else "length"
    return "tool_calls" if turn.calls else "stop"


def _usage(usage: _Usage | None) -> Usage:
    if usage is None:
        return Usage()
    cached = (usage.input_tokens_details.cached_tokens if usage.input_tokens_details else 0) or 0
    return Usage(usage.input_tokens - cached, usage.output_tokens, cached)


def _encode(message: Message) -> bytes:
    return b",".join(_json.encode(item) for item in _items(message))


def _items(message: Message) -> list[dict[str, Any]]:
    if message.role == "tool":
        return [
            {"type": "function_call_output", "call_id": result.call_id, "output": result.text}
            for result in message.results
        ]
    if message.role == "user":
        return [{"role": "user", "content": message.text}]
    items = [_reasoning(thought) for thought in message.thinking if thought.signature and thought.redacted]
    if message.text:
        items.append({"role": "assistant", "content": [{"type": "output_text", "text": message.text}]})
    for call in message.calls:
        arguments = _json.encode(call.arguments).decode()
        about = {"call_id": call.id, "name": wire_name(call.name), "arguments": arguments}
        items.append({"type": "function_call", **about})
    return items


def _reasoning(thought: Thinking) -> dict[str, Any]:
    summary = [{"type": "summary_text", "text": thought.text}] if thought.text else []
    kept = {"id": thought.signature, "encrypted_content": thought.redacted}
    return {"type": "reasoning", "summary": summary, **kept}


def _tools(tools: Sequence[ToolSpec]) -> bytes:
    return _json.encode(
        [
            {
                "type": "function",
                "name": tool.name,
                "description": tool.description,
                "parameters": tool.input_schema,
                "strict": False,
            }
            for tool in tools
        ]
    )
