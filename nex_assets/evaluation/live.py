"""Held-out queries carried out by models on live servers: the same runtime, the same verifier."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from nex_resources.llm.base import LLM
from nex_resources.records import AgentSpec, Query, Split
from nex_resources.rollouts import Journal, Outcome, Rollout, carry_out_all, rollout_id
from nex_resources.runtime import Budget, load_agent_files
from nex_resources.store import FrameworkRow

if TYPE_CHECKING:
    from nex_resources.mcp import McpPool


class Contestant(msgspec.Struct, frozen=True):
    """A model under evaluation. `id` tells versions apart; `open` starts it, once, for all its rollouts.

    A `lasting` one's `id` covers all that its rollouts depend on beside the query and the agent: what it
    did is kept, and a query that it was asked before is not asked again.
    """

    name: str
    id: str
    open: Callable[[], LLM]
    lasting: bool = False


class TooFewError(ValueError):
    """There are fewer held-out queries, or no framework, than the profile asks for."""


def choose_queries(queries: Sequence[Query], wanted: Mapping[Split, int]) -> list[Query]:
    """Return the first `wanted` held-out queries of each split, in order of id. Raises TooFewError."""
    chosen: list[Query] = []
    for split, count in wanted.items():
        fitting = sorted((q for q in queries if q.split == split), key=lambda q: q.id)
        if len(fitting) < count:
            raise TooFewError(
                f"evaluation wants {count} queries of split {split!r} and there are {len(fitting)}: "
                "raise `domains.….queries` in the profile, or lower `evaluation.queries`"
            )
        chosen += fitting[:count]
    return chosen


def lone_agents(
    queries: Sequence[Query], frameworks: Sequence[FrameworkRow]
) -> dict[str, tuple[str, AgentSpec]]:
    """Return (framework id, agent) by query id: a single agent that serves the query's worlds.

    All models act as the same lone agent, so that differences are theirs. Raises TooFewError.
    """
    single = sorted((f for f in frameworks if f.pattern == "single"), key=lambda f: (len(f.worlds), f.id))
    chosen: dict[str, tuple[str, AgentSpec]] = {}
    for query in queries:
        fitting = next((f for f in single if set(query.blueprint.worlds) <= set(f.worlds)), None)
        if fitting is None:
            raise TooFewError(f"no single-agent framework serves {', '.join(query.blueprint.worlds)}")
        chosen[query.id] = (fitting.id, load_agent_files(fitting.files))
    return chosen


async def compete(
    contestant: Contestant,
    queries: Sequence[Query],
    agents: Mapping[str, tuple[str, AgentSpec]],
    pool: McpPool,
    budget: Budget,
    folder: Path,
    *,
    seed: int,
    concurrency: int,
    max_iterations: int,
    progress: Callable[[int, int], None] = lambda done, total: None,
) -> list[Outcome]:
    """Let `contestant` carry out `queries` and return the outcomes in their order.

    Raises RuntimeError where a server failed: that is not the model's fault, and must not count as such. What
    was done stays in the journal, so that the next attempt makes up for the rest.
    """
    names = {q.id: rollout_id(q, agents[q.id][0], contestant.id, seed) for q in queries}
    journal = Journal(folder / contestant.name.replace(" ", "_"))
    asked = any(journal.outcome(name) is None for name in names.values())
    model = contestant.open() if asked else None
    rollouts = []
    for query in queries:
        framework, spec = agents[query.id]
        spec = msgspec.structs.replace(spec, max_iterations=max_iterations)
        rollouts.append(Rollout(names[query.id], query, spec, framework, lambda: _given(model)))
    try:
        outcomes = await carry_out_all(rollouts, pool, budget, journal, concurrency, progress)
    finally:
        if model:
            await model.close()
    failed = [outcome for outcome in outcomes if outcome.trace.status == "tool_host_error"]
    if failed:
        raise RuntimeError(
            f"{len(failed)} rollouts could not use their servers: {failed[0].verdict.reasons[-1]}"
        )
    journal.keep(names.values() if contestant.lasting else ())
    return outcomes


def _given(model: LLM | None) -> LLM:
    assert model, "opened where any rollout is still to be carried out"
    return model
