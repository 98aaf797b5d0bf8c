"""What all remote providers share: endpoint, retries, prices. Each provider's file holds its wire format."""

from __future__ import annotations

from collections.abc import AsyncGenerator, Mapping, Sequence
from contextlib import aclosing
from typing import Any

import msgspec

from nex_resources.llm.base import Completion
from nex_resources.llm.http import Endpoint
from nex_resources.llm.prices import Price, price_table
from nex_resources.llm.retry import Failed, RetryPolicy, retrying
from nex_resources.llm.settings import wire_settings
from nex_resources.records import Message, ToolSpec


class Provider:
    """A remote model. A subclass says how a request is encoded (`body`), where it goes (`path`), and how a
    response is read (`read`, and `read_stream` with `stream=True`).

    `settings` are defaults under each agent's own; `price` overrides the price table.
    """

    path = ""
    provider = ""
    """The API's family, by the name that OpenTelemetry's conventions give it."""

    def __init__(
        self,
        model: str,
        endpoint: Endpoint,
        settings: Mapping[str, Any] | None = None,
        retry: RetryPolicy | None = None,
        price: Price | None = None,
        stream: bool = False,
    ):
        self.name = model
        self.endpoint = endpoint
        self.stream = stream
        self._settings = dict(settings or {})
        self._retry = retry or RetryPolicy()
        self._price = price

    def price(self, model: str = "") -> Price | None:
        """Return what `model` costs, or None where nobody has said."""
        return self._price or price_table().find(model or self.name)

    async def complete(
        self, messages: Sequence[Message], tools: Sequence[ToolSpec], settings: Mapping[str, Any]
    ) -> Completion:
        model = str(settings.get("model") or self.name)
        wire = wire_settings(self._settings, settings)
        body = self.body(model, messages, tools, wire, bool(settings.get("cache_prompt")))
        policy = self._policy(settings.get("retry_attempts"))
        completion, attempts = await retrying(
            lambda: self._attempt(body), policy, str(settings.get("span", ""))
        )
        price = self.price(model)
        usage = completion.usage
        if price is not None:
            usage = msgspec.structs.replace(usage, cost_usd=price.cost(usage))
        return msgspec.structs.replace(completion, usage=usage, attempts=attempts)

    async def _attempt(self, body: bytes) -> Completion:
        try:
            if self.stream:
                async with aclosing(self.endpoint.stream(self.path, body)) as events:
                    completion = await self.read_stream(events)
            else:
                completion = self.read(await self.endpoint.post(self.path, body))
        except (AttributeError, KeyError, TypeError) as error:  # JSON, but not of the shape that we know
            told = f"not the answer that was expected: {type(error).__name__}: {error}"
            raise Failed("malformed", told, retry=True) from error
        message = completion.message
        if completion.stop_reason == "error":
            raise Failed("server", "the model stopped with an error", retry=True)
        answered = message.calls or message.text.strip()
        if not answered and completion.stop_reason in ("stop", "tool_calls"):
            raise Failed("empty", "the model answered with neither text nor a call", retry=True)
        return completion

    def _policy(self, retries: int | None) -> RetryPolicy:
        return self._retry if retries is None else msgspec.structs.replace(self._retry, attempts=retries + 1)

    def body(
        self,
        model: str,
        messages: Sequence[Message],
        tools: Sequence[ToolSpec],
        settings: dict[str, Any],
        cache: bool,
    ) -> bytes:
        raise NotImplementedError

    def read(self, data: bytes) -> Completion:
        raise NotImplementedError

    async def read_stream(self, events: AsyncGenerator[tuple[str, bytes], None]) -> Completion:
        raise NotImplementedError

    async def close(self) -> None:
        await self.endpoint.close()
