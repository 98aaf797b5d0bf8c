"""A batch of training rollouts: which ones there are, and the rows that they become."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractAsyncContextManager
from typing import TYPE_CHECKING

from nex_resources.llm.base import LLM
from nex_resources.records import AgentSpec, Query
from nex_resources.rollouts import Journal, Outcome, Rollout, carry_out_all, rollout_id
from nex_resources.runtime import Budget, load_agent_files
from nex_resources.store import FrameworkRow, TraceRow

if TYPE_CHECKING:
    from nex_resources.mcp import McpPool


def training_rollouts(
    queries: Sequence[Query],
    frameworks: Sequence[FrameworkRow],
    teacher: Callable[[Query, AgentSpec], LLM],
    model: str,
    seed: int,
) -> list[Rollout]:
    """Return one rollout per training query, on the framework that the query names.

    Held-out queries are never rolled out here: the teacher must not see them. Raises KeyError if a
    query's framework is not among `frameworks`.
    """
    specs = _specs({query.framework_id for query in queries}, frameworks)
    return [
        _rollout(query, specs[query.framework_id], teacher, model, seed)
        for query in queries
        if query.split == "train"
    ]


def _rollout(
    query: Query, spec: AgentSpec, teacher: Callable[[Query, AgentSpec], LLM], model: str, seed: int
) -> Rollout:
    name = rollout_id(query, query.framework_id, model, seed)
    return Rollout(name, query, spec, query.framework_id, lambda: teacher(query, spec))


def _specs(wanted: set[str], frameworks: Sequence[FrameworkRow]) -> Mapping[str, AgentSpec]:
    files = {framework.id: framework.files for framework in frameworks}
    missing = wanted - files.keys()
    if missing:
        raise KeyError(f"queries name frameworks that agent_frameworks lacks: {sorted(missing)[:5]}")
    return {name: load_agent_files(files[name]) for name in wanted}


async def collect(
    rollouts: Sequence[Rollout],
    pool: AbstractAsyncContextManager[McpPool],
    budget: Budget,
    journal: Journal,
    concurrency: int,
    tell: Callable[[str], None],
) -> list[TraceRow]:
    """Carry out `rollouts` on the servers of `pool` and return their rows, in order; `tell` hears how far
    it is."""

    def progress(done: int, total: int) -> None:
        if done % 50 == 0 or done == total:
            tell(f"progress: {done}/{total} rollouts")

    async with pool as live:
        outcomes = await carry_out_all(rollouts, live, budget, journal, concurrency, progress)
    return [to_row(outcome) for outcome in outcomes]


def to_row(outcome: Outcome) -> TraceRow:
    """Flatten `outcome` into a row of the `traces` table."""
    trace, verdict = outcome.trace, outcome.verdict
    messages = [message for trajectory in trace.trajectories for message in trajectory.messages]
    return TraceRow(
        id=trace.id,
        query_id=trace.query_id,
        framework_id=trace.framework_id,
        status=trace.status,
        success=verdict.success,
        model=trace.model,
        turns=sum(message.role == "assistant" for message in messages),
        calls=sum(len(message.calls) for message in messages),
        errors=sum(result.is_error for message in messages for result in message.results),
        seconds=trace.seconds,
        answer=trace.answer,
        verdict=verdict,
        trace=trace,
    )
