"""Asset `raw_traces`: training queries carried out on live MCP servers."""

import asyncio

import dagster as dg

from nex_resources.dagster import (
    BATCHES,
    OWNERS,
    McpResource,
    ProfileResource,
    StoreResource,
    TeacherResource,
    imported,
    table_metadata,
)
from nex_resources.records import Query
from nex_resources.store import FrameworkRow, TraceRow


@dg.asset(
    group_name="rollouts",
    kinds={"mcp", "duckdb"},
    owners=OWNERS,
    partitions_def=BATCHES,
    backfill_policy=dg.BackfillPolicy.multi_run(1),
    code_version="1",
    metadata=table_metadata("traces"),
    pool="rollouts",
)
def raw_traces(
    context: dg.AssetExecutionContext,
    profile: ProfileResource,
    store: StoreResource,
    mcp: McpResource,
    teacher: TeacherResource,
    queries: list[Query],
    agent_frameworks: list[FrameworkRow],
) -> list[TraceRow]:
    """Rollouts of the batch's training queries: every message, call, result, error and latency. Events are
    written as they happen; a killed run goes on where it stopped."""
    from nex_assets.raw_traces import collect, training_rollouts
    from nex_resources.rollouts import Journal

    settings = profile.get()
    if source := settings.import_of(context.partition_key):
        return [row for _, row in imported(source, context.partition_key, context)]
    make = teacher.factory(settings)
    rollouts = training_rollouts(queries, agent_frameworks, make, teacher.name(settings), settings.seed)
    journal = Journal(profile.home / "rollouts" / context.partition_key)
    journal.renew(store.get().frame("traces", [context.partition_key])["id"].to_list())
    budget, width = teacher.budget(settings), settings.rollouts.concurrency
    rows = asyncio.run(collect(rollouts, mcp.pool(settings), budget, journal, width, context.log.info))
    events = journal.events(rollout.id for rollout in rollouts)
    store.get().write("events", events, run_id=context.run_id, partition=context.partition_key)
    counts = {"success": sum(r.success for r in rows), "calls": sum(r.calls for r in rows)}
    context.add_output_metadata({**counts, "tool errors": sum(r.errors for r in rows), "events": len(events)})
    return rows
