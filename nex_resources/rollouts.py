"""A rollout from end to end: lease servers, seed their worlds, run the agents, verify what came of it.

Raw traces, evaluation and the RL export all go through `carry_out`, so that a task means the same in
each of them.
"""

from __future__ import annotations

import asyncio
import itertools
import shutil
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from nex_resources import worlds
from nex_resources.llm.base import LLM
from nex_resources.records import AgentSpec, Event, Query, Task, Trace, Verdict, content_id, system, user
from nex_resources.runtime import Budget, Folder, JsonlSink, read_events, run
from nex_resources.runtime.events import Recorder
from nex_resources.runtime.rollout import about

if TYPE_CHECKING:
    from nex_resources.mcp import McpPool

OUTCOME = "outcome.json"


class Rollout(msgspec.Struct, frozen=True):
    """One rollout to be carried out: `query` by the hierarchy `spec`, with a model of its own.

    `model` is a factory, because an expert lives for one rollout; a shared client may return itself.
    """

    id: str
    query: Query
    spec: AgentSpec
    framework_id: str
    model: Callable[[], LLM]


class Outcome(msgspec.Struct, frozen=True):
    """What a rollout left: its trace and the verifier's verdict."""

    trace: Trace
    verdict: Verdict


def rollout_id(query: Query, framework_id: str, model: str, seed: int) -> str:
    """Return the id of a rollout: equal on every run for equal query, framework, model and seed."""
    return content_id("trace", [query.id, framework_id, model, seed])


async def carry_out(rollout: Rollout, pool: McpPool, budget: Budget, folder: Path) -> Outcome:
    """Run `rollout` on freshly seeded worlds and verify it; events go to `folder/events.jsonl`.

    The user of a multi-turn task is simulated: the next turn comes when the state is what this one asked
    for, whatever the agent says of it. Where a server cannot be had, the trace says so (`tool_host_error`)
    and the verdict why. Where the pool replays, calls and snapshots come from the rollout's cassette.
    Raises CassetteError where it lacks them.
    """
    from nex_resources.mcp import UnavailableError

    shutil.rmtree(folder / "results", ignore_errors=True)  # of an attempt that was killed
    try:
        return await _carried_out(rollout, pool, budget, folder)
    except UnavailableError as error:
        return _not_begun(rollout, str(error), budget, folder)


async def _carried_out(rollout: Rollout, pool: McpPool, budget: Budget, folder: Path) -> Outcome:
    from nex_resources.mcp.taping import taped

    query, seeds = rollout.query, rollout.query.blueprint.worlds
    prepare = {server: partial(worlds.get(server).seed, seed) for server, seed in seeds.items()}
    async with taped(pool, rollout.id, prepare, query.blueprint.tools, seeds, folder) as host:
        before = host.note("before", partial(_snapshots, query), worlds.Snapshots)
        user, answers = worlds.UserSimulator(query) if query.turns else None, itertools.count(1)

        async def reply(answer: str) -> str | None:
            now = host.note(f"answer {next(answers)}", partial(_snapshots, query), worlds.Snapshots)
            return user.reply(answer, before, now) if user else None

        with JsonlSink(folder) as sink:
            trace = await run(
                rollout.spec,
                _task(query),
                host,
                rollout.model(),
                budget,
                sink,
                rollout_id=rollout.id,
                framework_id=rollout.framework_id,
                reply=reply if user else None,
            )
        after = host.note("after", partial(_snapshots, query), worlds.Snapshots)
    return Outcome(trace, worlds.verify(query, trace, before, after))


def _task(query: Query) -> Task:
    return Task(query.id, query.text, query.turns)


def _not_begun(rollout: Rollout, why: str, budget: Budget, folder: Path) -> Outcome:
    """Record a rollout whose servers could not be had: a bad rollout is data, and the others go on."""
    spec, task, folded, status = rollout.spec, _task(rollout.query), Folder(), "tool_host_error"
    messages = tuple(m for m in (system(spec.system_prompt), user(task.text)) if m.text)
    with JsonlSink(folder) as sink:
        tell = Recorder(rollout.id, sink, folded).emit
        tell("rollout_started", about(spec, task, rollout.model(), budget, rollout.framework_id))
        tell("agent_started", {"call_id": "", "tools": (), "messages": messages}, spec.name, "s0")
        tell("agent_finished", {"status": status, "text": why}, spec.name, "s0")
        tell("rollout_finished", {"status": status, "answer": "", "usage": folded.usage, "seconds": 0.0})
    reasons = (f"trace status {status}", why)
    return Outcome(folded.trace(), Verdict(False, False, False, reasons=reasons))


def _snapshots(query: Query, workspaces: Mapping[str, Path]) -> dict[str, worlds.Rows]:
    return {server: worlds.get(server).snapshot(workspaces[server]) for server in query.blueprint.worlds}


class Journal:
    """What a batch of rollouts has finished, kept on disk, so that a killed run goes on where it stopped.

    One folder per rollout under `folder`, with its events and the full text of results that were cut; it
    counts as finished once its outcome is there. `renew` before a batch is run again.
    """

    def __init__(self, folder: Path):
        self.folder = folder

    def outcome(self, rollout: str) -> Outcome | None:
        path = self.folder / rollout / OUTCOME
        return msgspec.json.decode(path.read_bytes(), type=Outcome) if path.exists() else None

    def finish(self, rollout: str, outcome: Outcome) -> None:
        path = self.folder / rollout / OUTCOME
        temporary = path.with_suffix(".tmp")
        temporary.write_bytes(msgspec.json.encode(outcome))
        temporary.replace(path)

    def events(self, rollouts: Iterable[str]) -> list[Event]:
        return [event for name in rollouts for event in read_events(self.folder / name / "events.jsonl")]

    def renew(self, stored: Collection[str]) -> None:
        """Start afresh if all that is finished here was stored since: then this is no resumed batch."""
        finished = {path.parent.name for path in self.folder.glob(f"*/{OUTCOME}")}
        if finished and finished <= set(stored):
            self.clear()

    def clear(self) -> None:
        shutil.rmtree(self.folder, ignore_errors=True)

    def keep(self, rollouts: Iterable[str]) -> None:
        """Forget all but `rollouts`."""
        kept = set(rollouts)
        for path in self.folder.iterdir() if self.folder.exists() else ():
            if path.name not in kept:
                shutil.rmtree(path, ignore_errors=True)


async def carry_out_all(
    rollouts: Sequence[Rollout],
    pool: McpPool,
    budget: Budget,
    journal: Journal,
    concurrency: int,
    progress: Callable[[int, int], None] = lambda done, total: None,
) -> list[Outcome]:
    """Carry out `rollouts`, at most `concurrency` side by side, and return outcomes in their order.

    Those that the journal holds are not run again. An error of ours ends the batch, and so does it where
    no rollout at all could use its servers; what finished before stays in the journal.
    """
    gate, done = asyncio.Semaphore(concurrency), 0

    async def one(rollout: Rollout) -> Outcome:
        nonlocal done
        outcome = journal.outcome(rollout.id)
        if outcome is None:
            async with gate:
                outcome = await carry_out(rollout, pool, budget, journal.folder / rollout.id)
            if outcome.trace.status != "tool_host_error":  # that, a resumed batch tries again
                journal.finish(rollout.id, outcome)
        done += 1
        progress(done, len(rollouts))
        return outcome

    try:
        async with asyncio.TaskGroup() as group:
            tasks = [group.create_task(one(rollout)) for rollout in rollouts]
    except ExceptionGroup as failed:
        raise failed.exceptions[0] from failed  # the first is the cause; logs show no groups
    outcomes = [task.result() for task in tasks]
    if outcomes and all(outcome.trace.status == "tool_host_error" for outcome in outcomes):
        raise RuntimeError(
            f"no rollout of the batch could use its servers: {outcomes[0].verdict.reasons[-1]}"
        )
    return outcomes
