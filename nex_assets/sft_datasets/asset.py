"""Asset `sft_datasets`: kept trajectories, rendered and masked, one partition per tool-call format."""

import dagster as dg
import msgspec

from nex_resources.dagster import FORMATS, OWNERS, svg_metadata, table_metadata
from nex_resources.records import Assessment, ProblemType, Query, Sample
from nex_resources.store import FrameworkRow, TraceRow

ALL_BATCHES = dg.AssetIn(partition_mapping=dg.AllPartitionMapping())


@dg.asset(
    group_name="datasets",
    kinds={"parquet", "duckdb"},
    owners=OWNERS,
    ins={"raw_traces": ALL_BATCHES, "filtered_traces": ALL_BATCHES, "queries": ALL_BATCHES},
    partitions_def=FORMATS,
    backfill_policy=dg.BackfillPolicy.single_run(),
    code_version="1",
    metadata=table_metadata("samples"),
)
def sft_datasets(
    context: dg.AssetExecutionContext,
    problem_type_tree: list[ProblemType],
    agent_frameworks: list[FrameworkRow],
    queries: list[Query],
    raw_traces: list[TraceRow],
    filtered_traces: list[Assessment],
) -> dict[str, list[Sample]]:
    """One row per training sample of a format: messages and tools as JSON, the rendered text, the loss
    mask with its reasons, and the lineage. What a format cannot carry is left out and counted."""
    from nex_assets.sft_datasets import dataset, rows_of
    from nex_resources.report import funnel, funnel_svg

    rows = rows_of(queries, raw_traces, filtered_traces)
    domains = {node.id: node.path.partition(".")[0] for node in problem_type_tree}
    patterns = {framework.id: framework.pattern for framework in agent_frameworks}
    made = {key: dataset(rows, key, domains, patterns) for key in context.partition_keys}
    for key, (_, report) in made.items():
        context.log.info(f"progress: {key}: {report.samples} samples, {report.left_out} left out")
    exported = [sample for samples, _ in made.values() for sample in samples]
    stages = funnel(queries, raw_traces, filtered_traces, exported)
    context.add_output_metadata(
        {
            "formats": {key: msgspec.to_builtins(report) for key, (_, report) in made.items()},
            "funnel": svg_metadata(funnel_svg(stages), "from queries to exported trajectories"),
        }
    )
    return {key: samples for key, (samples, _) in made.items()}


@dg.asset_check(asset=sft_datasets, description="Every sample trains on something, inside its own text.")
def labels_within_text(sft_datasets: list[Sample]) -> dg.AssetCheckResult:
    wrong = [
        sample.id
        for sample in sft_datasets
        if not sample.labelled or any(not 0 <= a < b <= len(sample.text) for a, b in sample.labelled)
    ]
    return dg.AssetCheckResult(passed=not wrong, metadata={"wrong": wrong[:20]})


@dg.asset_check(asset=sft_datasets, description="Train only: no held-out query has become a sample.")
def training_split_only(sft_datasets: list[Sample]) -> dg.AssetCheckResult:
    leaked = [sample.id for sample in sft_datasets if sample.split != "train"]
    return dg.AssetCheckResult(passed=not leaked, metadata={"leaked": leaked[:20]})


SFT_DATASETS_CHECKS = [labels_within_text, training_split_only]
