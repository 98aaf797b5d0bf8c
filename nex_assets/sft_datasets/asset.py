"""Asset `sft_datasets`: kept trajectories, rendered and masked, one partition per tool-call format."""

from collections.abc import Iterator
from typing import Any

import dagster as dg
import msgspec

from nex_resources.dagster import FORMATS, OWNERS, svg_metadata, table_metadata
from nex_resources.profile import CONFIGS
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
    from nex_assets.sft_datasets.dry_run import dry_run
    from nex_assets.sft_datasets.histogram import histogram
    from nex_resources.report import funnel, funnel_svg

    rows = rows_of(queries, raw_traces, filtered_traces)
    domains = {node.id: node.path.partition(".")[0] for node in problem_type_tree}
    patterns = {framework.id: framework.pattern for framework in agent_frameworks}
    made = {key: dataset(rows, key, domains, patterns) for key in context.partition_keys}
    for key, (_, report) in made.items():
        context.log.info(f"progress: {key}: {report.samples} samples, {report.left_out} left out")
    exported = [sample for samples, _ in made.values() for sample in samples]
    run, stages = dry_run(exported), funnel(queries, raw_traces, filtered_traces, exported)
    context.add_output_metadata(
        {
            "formats": {key: msgspec.to_builtins(report) for key, (_, report) in made.items()},
            "funnel": svg_metadata(funnel_svg(stages), "from queries to exported trajectories"),
            "labelled characters by role": dict(run.labelled_by_role),
            "masked because": dict(run.why),
            "lengths": svg_metadata(histogram("Length of samples", run.lengths, run.unit), "lengths"),
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


@dg.multi_asset_check(
    specs=[
        dg.AssetCheckSpec("rows_whole", asset=sft_datasets, description="Every row reads and is whole."),
        dg.AssetCheckSpec(
            "no_secrets", asset=sft_datasets, description="No credential, and no personal datum, in any text."
        ),
        dg.AssetCheckSpec(
            "no_benchmark_overlap",
            asset=sft_datasets,
            description="No sample shares 13 words in a row with a task in configs/benchmarks.",
        ),
        dg.AssetCheckSpec(
            "licences_permitted",
            asset=sft_datasets,
            description="Each server behind the samples has a licence that configs/licences.yaml permits.",
        ),
    ],
)
def release_gate(sft_datasets: list[Sample]) -> Iterator[dg.AssetCheckResult]:
    """What a dataset has to pass before it is released; `export` runs these gates again."""
    from nex_assets.sft_datasets.release import Origins, gates

    origins = Origins.load(CONFIGS)
    names = ("rows_whole", "no_secrets", "no_benchmark_overlap", "licences_permitted")
    for name, gate in zip(names, gates(sft_datasets, origins), strict=True):
        metadata: dict[str, Any] = {"rows": gate.rows, "problems": gate.count, "first": gate.problems[:20]}
        yield dg.AssetCheckResult(
            asset_key="sft_datasets", check_name=name, passed=gate.passed, metadata=metadata
        )


SFT_DATASETS_CHECKS = [labels_within_text, training_split_only, release_gate]
