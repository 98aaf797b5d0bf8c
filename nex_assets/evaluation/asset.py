"""Asset `evaluation`: base, few-shot and trained model on held-out queries, live."""

import asyncio
from functools import partial

import dagster as dg

from nex_resources.dagster import (
    OWNERS,
    McpResource,
    ProfileResource,
    StoreResource,
    current_profile,
    svg_metadata,
    table_metadata,
)
from nex_resources.profile import cache as cache_folder
from nex_resources.records import Query, Sample
from nex_resources.store import CheckpointRow, EvaluationRow, FrameworkRow

TRAINED_FORMAT = dg.SpecificPartitionsPartitionMapping([current_profile().training.format])


@dg.asset(
    group_name="learning",
    kinds={"pytorch", "mcp", "duckdb"},
    owners=OWNERS,
    ins={
        "queries": dg.AssetIn(partition_mapping=dg.AllPartitionMapping()),
        "sft_datasets": dg.AssetIn(partition_mapping=TRAINED_FORMAT),
    },
    code_version="1",
    metadata=table_metadata("evaluations"),
    pool="training",
)
def evaluation(
    context: dg.AssetExecutionContext,
    profile: ProfileResource,
    mcp: McpResource,
    queries: list[Query],
    agent_frameworks: list[FrameworkRow],
    sft_datasets: list[Sample],
    checkpoint: list[CheckpointRow],
) -> list[EvaluationRow]:
    """What the data is worth: the base model, the base model with examples, and the trained checkpoint act
    as the agent in the same runtime, against the same live servers, on held-out queries. Success is the
    verifier's word."""
    from nex_assets.evaluation import Arena, chart, contestants, rates, save, table

    settings = profile.get()
    arena = Arena(settings, queries, agent_frameworks, profile.home / "evaluation")
    models = contestants(settings, checkpoint[0], sft_datasets, cache_folder())
    tell = context.log.info
    rows = asyncio.run(arena.run(models, partial(mcp.pool, settings), lambda text: tell(f"progress: {text}")))
    save(arena.folder, rows)
    context.add_output_metadata(
        {
            "success": dg.MetadataValue.md(table(rates(rows))),
            "chart": svg_metadata(chart(rates(rows)), "task success by held-out set and model"),
            "held-out queries": len(arena.queries),
        }
    )
    return rows


@dg.asset_check(
    asset=evaluation, description="No held-out query shares anything with a training query of any batch."
)
def held_out_apart(store: StoreResource) -> dg.AssetCheckResult:
    from nex_resources.leaks import find_leaks

    queries = store.get().read("queries", Query)
    leaks = [str(leak) for leak in find_leaks(queries)]
    return dg.AssetCheckResult(
        passed=not leaks, metadata={"queries": len(queries), "shared": len(leaks), "first": leaks[:20]}
    )


EVALUATION_CHECKS = [held_out_apart]
