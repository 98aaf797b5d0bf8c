"""Limits that a batch of rollouts shares: rates, concurrency and a budget, around any model."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from contextlib import AsyncExitStack
from typing import Any

from nex_resources.llm.base import LLM, Completion, LLMError
from nex_resources.records import Message, ToolSpec, Usage


class Bucket:
    """A token bucket that fills at `per_minute` and holds a minute's worth at most. It may go into debt,
    because what a completion costs is known only afterwards; then the next one waits until it is paid."""

    def __init__(self, per_minute: float):
        self._rate = per_minute / 60
        self._most = per_minute
        self._level = per_minute
        self._at: float | None = None
        self._turn = asyncio.Lock()  # first come, first served

    def _refill(self) -> None:
        now = asyncio.get_running_loop().time()
        passed = now - self._at if self._at is not None else 0.0
        self._at, self._level = now, min(self._most, self._level + passed * self._rate)

    async def take(self, amount: float) -> None:
        """Wait until the bucket holds `amount` (or is full), then take it."""
        needed = min(amount, self._most)
        async with self._turn:
            self._refill()
            while self._level < needed:
                await asyncio.sleep((needed - self._level) / self._rate)
                self._refill()
            self._level -= amount

    def charge(self, amount: float) -> None:
        """Take `amount` now, into debt if need be."""
        self._refill()
        self._level -= amount


class Limited:
    """A model for a whole batch. `usage` is what the batch has spent; once that reaches `max_tokens` or
    `max_cost_usd`, every further completion raises `LLMError` of kind `token_budget` or `cost_budget`, which
    ends its rollout with that status. `max_seconds` after the first completion began, those in flight and all
    further ones raise `time_budget`: status `timeout`. Belongs to one event loop."""

    def __init__(
        self,
        inner: LLM,
        *,
        requests_per_minute: float | None = None,
        tokens_per_minute: float | None = None,
        concurrency: int | None = None,
        max_tokens: int | None = None,
        max_cost_usd: float | None = None,
        max_seconds: float | None = None,
    ):
        self.name = inner.name
        self.provider = getattr(inner, "provider", "")
        self.usage = Usage()
        self._inner = inner
        self._requests = Bucket(requests_per_minute) if requests_per_minute else None
        self._tokens = Bucket(tokens_per_minute) if tokens_per_minute else None
        self._places = asyncio.Semaphore(concurrency) if concurrency else None
        self._max_tokens = max_tokens
        self._max_cost = max_cost_usd
        self._max_seconds = max_seconds
        self._deadline: float | None = None

    def price(self, model: str = "") -> Any:
        """Return what the wrapped model costs."""
        price = getattr(self._inner, "price", None)
        return price(model) if price else None

    async def complete(
        self, messages: Sequence[Message], tools: Sequence[ToolSpec], settings: Mapping[str, Any]
    ) -> Completion:
        clock = asyncio.timeout_at(self._ends_at())
        try:
            async with clock, AsyncExitStack() as stack:
                if self._places:
                    await stack.enter_async_context(self._places)
                if self._requests:
                    await self._requests.take(1)
                if self._tokens:
                    await self._tokens.take(1)  # waits out the debt of what came before
                self._check()
                completion = await self._inner.complete(messages, tools, settings)
        except TimeoutError:
            if not clock.expired():
                raise
            raise LLMError("time_budget", f"the batch has had its {self._max_seconds:g} s", 0) from None
        self.usage += completion.usage
        if self._tokens:
            self._tokens.charge(total(completion.usage) - 1)
        return completion

    def _ends_at(self) -> float | None:
        """Return the loop's time at which the batch ends; the first completion starts the clock."""
        if self._max_seconds is not None and self._deadline is None:
            self._deadline = asyncio.get_running_loop().time() + self._max_seconds
        return self._deadline

    def _check(self) -> None:
        spent = total(self.usage)
        if self._max_tokens is not None and spent >= self._max_tokens:
            raise LLMError("token_budget", f"the batch has spent {spent} of {self._max_tokens} tokens", 0)
        if self._max_cost is not None and self.usage.cost_usd >= self._max_cost:
            told = f"the batch has spent ${self.usage.cost_usd:.4f} of ${self._max_cost:.4f}"
            raise LLMError("cost_budget", told, 0)

    async def close(self) -> None:
        await self._inner.close()


def total(usage: Usage) -> int:
    """Return all tokens of `usage`, read or written, cached ones included."""
    return usage.input_tokens + usage.output_tokens + usage.cache_read_tokens + usage.cache_write_tokens
