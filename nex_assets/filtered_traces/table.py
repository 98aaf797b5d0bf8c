"""The calibration as a table in Markdown, and the funnel's counts of reasons."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from nex_assets.filtered_traces.kinds import KINDS
from nex_assets.filtered_traces.measured import Calibration
from nex_assets.filtered_traces.rules import Rules
from nex_resources.records import Assessment


def calibration_table(calibration: Calibration, rules: Rules) -> str:
    """Render one row a kind: recall and precision with 95% intervals, counts, and the action in force."""
    lines = [
        "| detector | kind | recall | 95% interval | precision | 95% interval | mutants | action |",
        "|---|---|---|---|---|---|---|---|",
    ]
    for name, kind in KINDS.items():
        one = calibration.kinds.get(name)
        if one is None:
            lines.append(f"| {kind.detector} | {name} | – | – | – | – | 0 | {rules.action(name)} |")
            continue
        low, high = one.recall_interval
        least, most = one.precision_interval
        lines.append(
            f"| {kind.detector} | {name} | {one.recall:.3f} | {low:.3f}–{high:.3f} | {one.precision:.3f} "
            f"| {least:.3f}–{most:.3f} | {one.positives} | {rules.action(name)} |"
        )
    lines.append(f"\n{calibration.false_drops} false drops on {calibration.hard_negatives} hard negatives.")
    return "\n".join(lines)


def reasons(assessments: Iterable[Assessment]) -> dict[str, int]:
    """Count why traces were quarantined; a trace counts once for each of its reasons."""
    counts: Counter[str] = Counter()
    for one in assessments:
        if one.decision == "quarantine":
            counts.update(one.reasons)
    return dict(counts.most_common())
