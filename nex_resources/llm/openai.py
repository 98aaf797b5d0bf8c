"""OpenAI chat completions, and every server that speaks them."""

from __future__ import annotations

import os
import re
from collections.abc import AsyncGenerator, Mapping, Sequence
from typing import Any

import msgspec

from nex_resources.llm.base import Completion, StopReason
from nex_resources.llm.calls import read_call, wire_name
from nex_resources.llm.history import encode_messages, encode_tools
from nex_resources.llm.http import Endpoint, broken_off, decode, drain, error_text
from nex_resources.llm.provider import Provider
from nex_resources.llm.retry import Failed
from nex_resources.records import Message, Thinking, ToolCall, ToolSpec, Usage

_json = msgspec.json.Encoder()
_WIRE = "openai.chat"
_REASONING_MODEL = re.compile(r"(?:openai/)?(?:o\d|gpt-5)")
_STOPS: dict[str, StopReason] = {
    "stop": "stop",
    "tool_calls": "tool_calls",
    "function_call": "tool_calls",
    "length": "length",
    "content_filter": "content_filter",
    "error": "error",
}


class OpenAI(Provider):
    """`POST {base_url}/chat/completions`. The key is `api_key`, by default the variable OPENAI_API_KEY.

    `replay_reasoning` names the field in which this server wants earlier reasoning back
    (`reasoning_content`); empty, as for OpenAI itself, leaves it out.
    """

    path = "/chat/completions"
    provider = "openai"

    def __init__(
        self,
        model: str,
        base_url: str = "https://api.openai.com/v1",
        api_key: str | None = None,
        settings: Mapping[str, Any] | None = None,
        *,
        replay_reasoning: str = "",
        seconds: float = 600.0,
        idle: float = 120.0,
        concurrency: int = 256,
        **options: Any,
    ):
        key = api_key if api_key is not None else os.environ.get("OPENAI_API_KEY", "")
        headers = {"Authorization": f"Bearer {key}"} if key else {}
        super().__init__(model, Endpoint(base_url, headers, seconds, idle, concurrency), settings, **options)
        self._reasoning_field = replay_reasoning

    def body(
        self,
        model: str,
        messages: Sequence[Message],
        tools: Sequence[ToolSpec],
        settings: dict[str, Any],
        cache: bool,
    ) -> bytes:
        fields = {"model": model, **settings}
        if "max_tokens" in fields and _REASONING_MODEL.match(model):  # they refuse the old name
            fields["max_completion_tokens"] = fields.pop("max_tokens")
        if self.stream:
            fields |= {"stream": True, "stream_options": {"include_usage": True}}
        parts = [
            _json.encode(fields)[:-1],
            b',"messages":[',
            encode_messages(messages, _WIRE, self._encode),
            b"]",
        ]
        if tools:
            parts += [b',"tools":', encode_tools(messages, tools, _WIRE, _tools)]
        return b"".join((*parts, b"}"))

    def _encode(self, message: Message) -> bytes:
        if message.role == "tool":
            return b",".join(
                _json.encode({"role": "tool", "tool_call_id": result.call_id, "content": result.text})
                for result in message.results
            )
        if message.role != "assistant":
            return _json.encode({"role": message.role, "content": message.text})
        turn: dict[str, Any] = {"role": "assistant", "content": message.text or None}
        if message.calls:
            turn["tool_calls"] = [_call(call) for call in message.calls]
        if self._reasoning_field and message.thinking:
            turn[self._reasoning_field] = "".join(thought.text for thought in message.thinking)
        return _json.encode(turn)

    def read(self, data: bytes) -> Completion:
        response = decode(data, _Response)
        if not response.choices:
            raise Failed("malformed", f"a response without choices: {error_text(data)}", retry=True)
        choice = response.choices[0]
        given = choice.message
        calls = [(call.id, call.function.name, call.function.arguments) for call in given.tool_calls or ()]
        reasoning = given.reasoning_content or given.reasoning or ""
        return _completion(given.text(), reasoning, calls, choice.finish_reason, response.usage)

    async def read_stream(self, events: AsyncGenerator[tuple[str, bytes], None]) -> Completion:
        """Put together the pieces of a stream; one that ends without a finish reason was cut off."""
        text: list[str] = []
        reasoning: list[str] = []
        calls: dict[int, list[str]] = {}
        finish, usage = "", None
        async for _, data in events:
            if data == b"[DONE]":
                await drain(events)
                break
            chunk = decode(data, _Chunk)
            if chunk.error is not None:
                raise broken_off(data)
            usage = chunk.usage or usage
            for choice in (chunk.choices or ())[:1]:
                text.append(choice.delta.content or choice.delta.refusal or "")
                reasoning.append(choice.delta.reasoning_content or choice.delta.reasoning or "")
                _collect(calls, choice.delta.tool_calls or ())
                finish = choice.finish_reason or finish
        if not finish:
            raise Failed("connection", "the stream ended before the answer did", retry=True)
        whole = [(call[0], call[1], call[2]) for _, call in sorted(calls.items())]
        return _completion("".join(text), "".join(reasoning), whole, finish, usage)


class _Function(msgspec.Struct):
    name: str | None = None
    arguments: str | dict[str, Any] | None = None


class _Call(msgspec.Struct):
    function: _Function = msgspec.field(default_factory=_Function)
    id: str | None = None
    index: int | None = None


class _Answer(msgspec.Struct):
    content: str | list[dict[str, Any]] | None = None
    tool_calls: list[_Call] | None = None
    reasoning_content: str | None = None
    reasoning: str | None = None
    refusal: str | None = None

    def text(self) -> str:
        if isinstance(self.content, list):
            return "".join(str(part.get("text", "")) for part in self.content)
        return self.content or self.refusal or ""


class _Choice(msgspec.Struct):
    message: _Answer
    finish_reason: str | None = None


class _Details(msgspec.Struct):
    cached_tokens: int | None = 0


class _Usage(msgspec.Struct):
    prompt_tokens: int | None = 0
    completion_tokens: int | None = 0
    prompt_tokens_details: _Details | None = None

    def ours(self) -> Usage:
        cached = (self.prompt_tokens_details.cached_tokens if self.prompt_tokens_details else 0) or 0
        return Usage((self.prompt_tokens or 0) - cached, self.completion_tokens or 0, cached)


class _Response(msgspec.Struct):
    choices: list[_Choice] = []
    usage: _Usage | None = None


class _Delta(msgspec.Struct):
    content: str | None = None
    tool_calls: list[_Call] | None = None
    reasoning_content: str | None = None
    reasoning: str | None = None
    refusal: str | None = None


class _Piece(msgspec.Struct):
    delta: _Delta = msgspec.field(default_factory=_Delta)
    finish_reason: str | None = None


class _Chunk(msgspec.Struct):
    choices: list[_Piece] | None = None
    usage: _Usage | None = None
    error: Any = None


def _collect(calls: dict[int, list[str]], pieces: Sequence[_Call]) -> None:
    """Join the pieces of calls by index. Some servers leave the index out, or repeat id and name in each
    piece: a piece with a new id then starts a new call."""
    for piece in pieces:
        index = piece.index
        if index is None:
            known = [key for key, call in calls.items() if not piece.id or call[0] == piece.id]
            index = known[-1] if known else len(calls)
        call = calls.setdefault(index, ["", "", ""])
        call[0] = call[0] or piece.id or ""
        name, arguments = piece.function.name or "", piece.function.arguments
        if name and call[1] != name:
            call[1] += name
        call[2] += (
            arguments if isinstance(arguments, str) else _json.encode(arguments).decode() if arguments else ""
        )


def _completion(
    text: str,
    reasoning: str,
    calls: Sequence[tuple[str | None, str | None, Any]],
    finish: str | None,
    usage: _Usage | None,
) -> Completion:
    thinking = (Thinking(reasoning),) if reasoning else ()
    turn = Message("assistant", text, thinking, tuple(read_call(*call) for call in calls))
    stop = _STOPS.get(finish or "stop", "stop")
    if turn.calls and stop == "stop":  # some servers say "stop" with calls
        stop = "tool_calls"
    return Completion(turn, usage.ours() if usage else Usage(), stop)


def _call(call: ToolCall) -> dict[str, Any]:
    text = _json.encode(call.arguments).decode()
    return {"id": call.id, "type": "function", "function": {"name": wire_name(call.name), "arguments": text}}


def _tools(tools: Sequence[ToolSpec]) -> bytes:
    return _json.encode(
        [
            {
                "type": "function",
                "function": {
                    "name": tool.name,
                    "description": tool.description,
                    "parameters": tool.input_schema,
                },
            }
            for tool in tools
        ]
    )
