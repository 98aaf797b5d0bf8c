"""The one async protocol that all models, and the keyless expert, stand behind."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Literal, Protocol

import msgspec

from nex_resources.records import Message, ToolSpec, Usage

StopReason = Literal["stop", "tool_calls", "length", "content_filter", "error"]


class Completion(msgspec.Struct, frozen=True, omit_defaults=True):
    """One answer of a model. `raw` is the provider's own text or JSON, for the record."""

    message: Message
    usage: Usage = Usage()
    stop_reason: StopReason = "stop"
    raw: Any = None
    attempts: int = 1


class LLM(Protocol):
    """A model. `settings` may hold model, temperature, max_tokens, seed and, from the runtime, `agent`
    (path of the agent that asks) and `span`. Raises `LLMError` when it gives up."""

    name: str

    async def complete(
        self, messages: Sequence[Message], tools: Sequence[ToolSpec], settings: Mapping[str, Any]
    ) -> Completion: ...

    async def close(self) -> None: ...


class LLMError(Exception):
    """A model gave no answer. `kind` says why; `attempts` how often it was asked."""

    def __init__(self, kind: str, message: str, attempts: int = 1, status: int | None = None):
        super().__init__(message)
        self.kind = kind
        self.attempts = attempts
        self.status = status
