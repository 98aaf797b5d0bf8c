"""Limits of a rollout, what it has spent of them, and how reaching one is told."""

from __future__ import annotations

import msgspec

from nex_resources.llm.base import Completion, LLMError
from nex_resources.records import Status, Usage


class Budget(msgspec.Struct, frozen=True, omit_defaults=True):
    """What one rollout may spend. None means no limit. An agent's own limits are in its `AgentSpec`."""

    max_tokens: int | None = None
    """Tokens of all completions together, read or written, cached ones included."""
    max_cost_usd: float | None = None
    max_seconds: float | None = None
    """Wall clock of the whole rollout."""
    tool_seconds: float | None = 60.0
    """Wall clock of one tool call; `tool_timeouts` overrides it by tool name."""
    tool_timeouts: dict[str, float] = {}
    max_depth: int = 8
    """Levels of agents; the root is level 1."""
    max_nodes: int = 64
    """Runs of agents in one rollout, the root's included."""
    max_parallel: int = 16
    """Calls of one turn that run at the same time."""
    max_result_chars: int = 32_000
    """Longer results are cut for the model; the full text is kept in the rollout's directory."""

    def tool_timeout(self, name: str) -> float | None:
        return self.tool_timeouts.get(name, self.tool_seconds)


class Stop(Exception):  # noqa: N818 - an outcome, not a fault
    """An agent ends with `status` instead of an answer. For a limit, `allowed` and `seen` say which."""

    def __init__(
        self, status: Status, allowed: float | None = None, seen: float | None = None, why: str = ""
    ):
        super().__init__(
            why or f"{status}: {seen:g} of {allowed:g}" if allowed is not None else why or status
        )
        self.status: Status = status
        self.allowed = allowed
        self.seen = seen


class StopRollout(Stop):
    """As `Stop`, for a limit that the whole rollout shares: it ends every agent."""


class Ledger:
    """What a rollout has spent so far. `check` is called before each completion."""

    def __init__(self, budget: Budget):
        self.budget = budget
        self.usage = Usage()
        self.tokens = 0
        self.nodes = 1  # the root

    def spend(self, usage: Usage) -> None:
        self.usage += usage
        self.tokens += (
            usage.input_tokens + usage.output_tokens + usage.cache_read_tokens + usage.cache_write_tokens
        )

    def check(self) -> None:
        budget = self.budget
        if budget.max_tokens is not None and self.tokens >= budget.max_tokens:
            raise StopRollout("token_budget", budget.max_tokens, self.tokens)
        if budget.max_cost_usd is not None and self.usage.cost_usd >= budget.max_cost_usd:
            raise StopRollout("cost_budget", budget.max_cost_usd, self.usage.cost_usd)


def check_finished(completion: Completion) -> None:
    """Raise `Stop` for a text that the provider cut off or withheld: that is no answer."""
    seen = completion.usage.output_tokens
    match completion.stop_reason:
        case "length":
            raise Stop("max_output_tokens", seen, seen)
        case "content_filter":
            raise Stop("content_filter")


def failed(error: LLMError) -> Stop:
    """A model that gives up ends its agent; a budget that a batch shares ends the rollout."""
    match error.kind:
        case "token_budget":
            return StopRollout("token_budget", why=str(error))
        case "time_budget":
            return StopRollout("timeout", why=str(error))
        case "cost_budget":
            return StopRollout("cost_budget", why=str(error))
        case "context_length":
            return Stop("max_context_tokens", why=str(error))
    return Stop("llm_error", why=str(error))
