"""Asset `filtered_traces`: the quality stage's verdict on every trace."""

from collections import Counter

import dagster as dg

from nex_resources.dagster import BATCHES, OWNERS, StoreResource, svg_metadata, table_metadata
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
    context: dg.AssetExecutionContext,
    store: StoreResource,
    raw_traces: list[TraceRow],
    queries: list[Query],
) -> list[Assessment]:
    """Keep, keep with masked turns, repair or quarantine: one verdict per trace, with the findings that
    led to it. Nothing is deleted; a change of rules can release what is in quarantine."""
    from nex_assets.filtered_traces import assess_all, load_rules
    from nex_assets.filtered_traces.batch import of_earlier_batches
    from nex_assets.filtered_traces.changes import compare
    from nex_resources.report import funnel, funnel_svg

    rules = load_rules(CONFIGS / "quality.yaml", CONFIGS / "quality_calibration.json")
    earlier = of_earlier_batches(store.get(), context.partition_key)
    assessments = assess_all(raw_traces, queries, rules, earlier)
    before = store.get().read("assessments", Assessment, [context.partition_key], allow_empty=True)
    changes = compare(before, assessments)
    stages = funnel(queries, raw_traces, assessments, None)
    context.add_output_metadata(
        {
            "decisions": dict(Counter(a.decision for a in assessments)),
            "reasons": dict(Counter(reason for a in assessments for reason in a.reasons)),
            "redacted": dict(sum((Counter(a.redacted) for a in assessments), Counter())),
            "rules": rules.id,
            "released since the last run": list(changes.released),
            "quarantined since the last run": list(changes.quarantined),
            "reasons that no longer hold": changes.by_reason,
            "funnel": svg_metadata(funnel_svg(stages), "from queries to kept rollouts"),
        }
    )
    return assessments


@dg.asset_check(
    asset=filtered_traces,
    description="The share of kept traces lies in its band, and every dropped trace has a reason.",
)
def yield_within_band(filtered_traces: list[Assessment]) -> dg.AssetCheckResult:
    from nex_assets.filtered_traces import load_rules

    band = load_rules(CONFIGS / "quality.yaml").config.kept_share
    kept = sum(a.decision != "quarantine" for a in filtered_traces)
    mute = [a.id for a in filtered_traces if a.decision == "quarantine" and not a.reasons]
    share = kept / len(filtered_traces) if filtered_traces else 0.0
    return dg.AssetCheckResult(
        passed=band.low <= share <= band.high and not mute,
        metadata={
            "kept": kept,
            "share": share,
            "band": f"{band.low} to {band.high}",
            "without reason": mute,
        },
    )


@dg.asset_check(
    asset=filtered_traces, blocking=True, description="Every measured kind of defect clears its bar."
)
def calibration_holds() -> dg.AssetCheckResult:
    from nex_assets.filtered_traces import Calibration, load_rules
    from nex_assets.filtered_traces.drawing import confusion_svg
    from nex_assets.filtered_traces.table import calibration_table

    stored = CONFIGS / "quality_calibration.json"
    rules, calibration = load_rules(CONFIGS / "quality.yaml", stored), Calibration.load(stored)
    acting = [kind for kind in calibration.kinds if rules.configured(kind) not in ("flag", "off")]
    below = {kind: why for kind in acting if (why := rules.why_demoted(kind))}
    return dg.AssetCheckResult(
        passed=not below and calibration.false_drops == 0,
        metadata={
            "below the bar": below,
            "false drops on hard negatives": calibration.false_drops,
            "calibration": dg.MetadataValue.md(calibration_table(calibration, rules)),
            "confusion matrix": svg_metadata(confusion_svg(calibration.matrix), "injected against found"),
        },
    )


FILTERED_TRACES_CHECKS = [yield_within_band, calibration_holds]
