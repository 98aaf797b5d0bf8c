"""Asset `filtered_traces`: the quality stage's verdict on every trace."""

from collections import Counter

import dagster as dg

from nex_resources.dagster import BATCHES, OWNERS, table_metadata
from nex_resources.profile import CONFIGS
from nex_resources.records import Assessment, Query
from nex_resources.store import TraceRow


@dg.asset(
    group_name="quality",
    kinds={"python", "duckdb"},
    owners=OWNERS,
    partitions_def=BATCHES,
    backfill_policy=dg.BackfillPolicy.multi_run(1),
    code_version="1",
    metadata=table_metadata("assessments"),
)
def filtered_traces(
    context: dg.AssetExecutionContext, raw_traces: list[TraceRow], queries: list[Query]
) -> list[Assessment]:
    """Keep, keep with masked turns, repair or quarantine: one verdict per trace, with the findings that
    led to it. Nothing is deleted; a change of rules can release what is in quarantine."""
    from nex_assets.filtered_traces import assess_all, load_rules

    stored = CONFIGS / "quality_calibration.json"
    rules = load_rules(CONFIGS / "quality.yaml", stored if stored.exists() else None)
    assessments = assess_all(raw_traces, queries, rules)
    context.add_output_metadata(
        {
            "decisions": dict(Counter(a.decision for a in assessments)),
            "reasons": dict(Counter(reason for a in assessments for reason in a.reasons)),
            "rules": rules.id,
        }
    )
    return assessments


@dg.asset_check(
    asset=filtered_traces, description="Some traces are kept, and every dropped one has a reason."
)
def yield_within_band(filtered_traces: list[Assessment]) -> dg.AssetCheckResult:
    kept = sum(a.decision in ("keep", "keep_masked") for a in filtered_traces)
    mute = [a.id for a in filtered_traces if a.decision == "quarantine" and not a.reasons]
    share = kept / len(filtered_traces)
    return dg.AssetCheckResult(
        passed=share >= 0.5 and not mute, metadata={"kept": kept, "share": share, "without reason": mute}
    )


FILTERED_TRACES_CHECKS = [yield_within_band]
