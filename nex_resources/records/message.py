"""Messages: one turn of a conversation, provider-neutral.

Text, thinking, calls and results are kept apart; what a provider wants otherwise is its file's affair
in `llm/`. A turn's results are one message with role `tool`, in the order of the calls they answer.
"""

from __future__ import annotations

from typing import Any, Literal

import msgspec

Role = Literal["system", "user", "assistant", "tool"]

ErrorKind = Literal[
    "unknown_tool",  # the model named a tool that it was not given
    "invalid_arguments",  # malformed JSON, or a violation of the tool's input schema
    "tool_error",  # the tool said so: MCP isError, or an exception in a local tool
    "silent_error",  # the tool failed and said so in its text only (see mcp/classify)
    "protocol_error",  # JSON-RPC error, garbage on the wire
    "timeout",
    "connection_closed",
    "cancelled",
    "refused",  # our side would not run it: limit, policy, path outside the workspace
]


class Thinking(msgspec.Struct, frozen=True, omit_defaults=True):
    """A reasoning block. `signature` and `redacted` are opaque and replayed as the provider sent them."""

    text: str = ""
    signature: str | None = None
    redacted: str | None = None


class ToolCall(msgspec.Struct, frozen=True, omit_defaults=True):
    """A call that an assistant turn makes. `arguments` holds real JSON types, never a string of JSON.

    `raw` is the argument text as the model wrote it, kept only where it was not valid JSON.
    """

    id: str
    name: str
    arguments: dict[str, Any] = {}
    raw: str | None = None


class Part(msgspec.Struct, frozen=True, omit_defaults=True):
    """A non-text piece of a result: an image, audio, or an embedded or linked resource."""

    kind: Literal["image", "audio", "resource", "resource_link"]
    mime_type: str = ""
    uri: str = ""
    data: str = ""  # the payload: text, or base64 where `binary`
    path: str = ""  # where the payload was put aside, relative to the rollout's directory
    binary: bool = False
    name: str = ""  # of a linked resource


class ToolResult(msgspec.Struct, frozen=True, omit_defaults=True):
    """What a call returned. `text` is what the model is shown.

    `size` is the length of the full text in characters; where it was cut, `full_path` says where
    the whole lies, relative to the rollout's directory.
    """

    call_id: str
    name: str
    text: str = ""
    error: ErrorKind | None = None
    structured: Any = None
    parts: tuple[Part, ...] = ()
    size: int = 0
    full_path: str = ""
    seconds: float = 0.0

    @property
    def is_error(self) -> bool:
        return self.error is not None


class Message(msgspec.Struct, frozen=True, omit_defaults=True):
    """One turn. Only `assistant` turns carry `thinking` and `calls`, only `tool` turns `results`."""

    role: Role
    text: str = ""
    thinking: tuple[Thinking, ...] = ()
    calls: tuple[ToolCall, ...] = ()
    results: tuple[ToolResult, ...] = ()


class Usage(msgspec.Struct, frozen=True, omit_defaults=True):
    """Tokens and money of one completion, or a sum of them. `input_tokens` excludes cached ones."""

    input_tokens: int = 0
    output_tokens: int = 0
    cache_read_tokens: int = 0
    cache_write_tokens: int = 0
    cost_usd: float = 0.0

    def __add__(self, other: Usage) -> Usage:
        return Usage(
            self.input_tokens + other.input_tokens,
            self.output_tokens + other.output_tokens,
            self.cache_read_tokens + other.cache_read_tokens,
            self.cache_write_tokens + other.cache_write_tokens,
            self.cost_usd + other.cost_usd,
        )


def system(text: str) -> Message:
    return Message("system", text)


def user(text: str) -> Message:
    return Message("user", text)


def assistant(text: str = "", *calls: ToolCall) -> Message:
    return Message("assistant", text, calls=calls)


def tool_results(*results: ToolResult) -> Message:
    return Message("tool", results=results)
