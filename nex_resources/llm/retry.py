"""The one retry loop: waits with jitter, heeds Retry-After, and never repeats what cannot succeed."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import TypeVar

import msgspec

from nex_resources.llm.base import LLMError
from nex_resources.records import generator

T = TypeVar("T")

RETRIED_STATUS = frozenset({408, 409, 429})
"""Client errors worth another try; all server errors (5xx) are as well, other 4xx never."""


class Failed(LLMError):  # noqa: N818 - one attempt, not yet an error
    """One attempt failed. `retry` says whether another may succeed, `after` how many seconds the server asks
    to wait first."""

    def __init__(
        self, kind: str, message: str, retry: bool, after: float | None = None, status: int | None = None
    ):
        super().__init__(kind, message, 1, status)
        self.retry = retry
        self.after = after


class RetryPolicy(msgspec.Struct, frozen=True):
    """`attempts` in all; the n-th wait is `first` · 2ⁿ seconds, at most `longest`, times 0.5 to 1 at random.
    A Retry-After beyond `patience` seconds is not waited for."""

    attempts: int = 6
    first: float = 0.5
    longest: float = 30.0
    patience: float = 120.0

    def wait(self, attempt: int, key: str, after: float | None) -> float:
        backoff = min(self.longest, self.first * 2.0**attempt)
        jittered = backoff * generator(0, "retry", key, attempt).uniform(0.5, 1.0)
        return max(jittered, after or 0.0)


async def retrying(attempt: Callable[[], Awaitable[T]], policy: RetryPolicy, key: str = "") -> tuple[T, int]:
    """Await `attempt` until it succeeds; return its value and how many attempts it took. `key` (a span) makes
    the jitter differ between agents and repeat between runs. Raises `LLMError` when it gives up."""
    for number in range(1, policy.attempts + 1):
        try:
            return await attempt(), number
        except Failed as failure:
            last = number == policy.attempts
            impatient = failure.after is not None and failure.after > policy.patience
            if last or impatient or not failure.retry:
                raise LLMError(failure.kind, str(failure), number, failure.status) from failure
            await asyncio.sleep(policy.wait(number - 1, key, failure.after))
    raise LLMError("no_attempts", "the retry policy allows no attempt", 0)
