"""Calibration: precision and recall of every kind on labelled traces, limits tuned on the other half.

Truth for a kind are the mutants that carry it. A finding counts once a trace, at severity `flag` or above;
it is false where neither the label nor what follows from it explains it. Hard negatives and good traces
must not be quarantined: each that is counts as a false drop.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence

import msgspec

from nex_assets.filtered_traces.duplicates import measure_duplicates
from nex_assets.filtered_traces.kinds import KINDS
from nex_assets.filtered_traces.labelled import CLEAN, NEGATIVE, Labelled, mutated, unharmed
from nex_assets.filtered_traces.measured import Calibration, Measured
from nex_assets.filtered_traces.negatives import hard_negatives
from nex_assets.filtered_traces.rules import QualityConfig, Rules, limits_id
from nex_assets.filtered_traces.specimens import Specimen, good
from nex_assets.filtered_traces.tuning import tune
from nex_assets.filtered_traces.verdict import assess


class Report(msgspec.Struct, frozen=True):
    """A calibration with the configuration that it was measured for, and what went wrong in detail."""

    calibration: Calibration
    config: QualityConfig
    by_strength: dict[str, tuple[float, ...]]
    missed: tuple[tuple[str, int, str, str], ...] = ()  # (kind, strength, family, trace id)
    wrong: tuple[tuple[str, str, str, str], ...] = ()  # (kind, label, family, evidence)


def measure(labelled: Iterable[Labelled], rules: Rules, seed: int = 0) -> Report:
    """Assess every labelled trace with `rules` and count."""
    hits: Counter[str] = Counter()
    positives: Counter[str] = Counter()
    false: Counter[str] = Counter()
    strengths: defaultdict[tuple[str, int], list[bool]] = defaultdict(list)
    matrix: defaultdict[str, Counter[str]] = defaultdict(Counter)
    missed, wrong = [], []
    negatives = drops = clean = 0
    for one in labelled:
        assessment = assess(one.trace, one.query, one.verdict, rules)
        found = {f.kind: f for f in assessment.findings if f.severity != "info"}
        for kind in found.keys() - one.true:
            false[kind] += 1
            wrong.append((kind, one.label, one.family, found[kind].evidence[:80]))
        if one.label in (CLEAN, NEGATIVE):
            clean += 1
            negatives += one.label == NEGATIVE
            drops += assessment.decision == "quarantine"
            matrix[one.label][_column(found.keys() - one.true)] += 1
            continue
        hit = one.label in found
        positives[one.label] += 1
        hits[one.label] += hit
        strengths[one.label, one.strength].append(hit)
        matrix[one.label][one.label if hit else _column(found.keys() - {"tool_error"})] += 1
        if not hit:
            missed.append((one.label, one.strength, one.family, one.trace.id))
    measured = {
        kind: Measured(hits[kind], positives[kind], false[kind], clean, limits_id(rules.limits, kind))
        for kind in KINDS
        if positives[kind]
    }
    return Report(
        Calibration(
            measured, negatives, drops, seed, {row: dict(columns) for row, columns in matrix.items()}
        ),
        rules.config,
        {k: tuple(_share(strengths[k, s]) for s in (1, 2, 3)) for k in positives},
        tuple(missed),
        tuple(wrong),
    )


def _column(kinds: Iterable[str]) -> str:
    return min(kinds, default="nothing")


def _share(hits: Sequence[bool]) -> float:
    return sum(hits) / len(hits) if hits else float("nan")


def calibrate(
    config: QualityConfig | None = None,
    verified: Sequence[Specimen] = (),
    seed: int = 0,
    per_kind: int = 40,
    specimens: int = 1500,
    negatives: int = 2000,
    tuned: bool = True,
) -> Report:
    """Tune the limits on the train half and measure every kind on the test half.

    `verified` are good traces from real rollouts, mutated along with `specimens` drawn ones; `per_kind` is
    the number of mutants a kind, half and strength; `negatives` hard negatives are split likewise, so that
    about half of them are in the test half.
    """
    config = config or QualityConfig()
    base = [*verified, *good(seed, specimens)]
    labelled = [
        *mutated(base, seed, per_kind),
        *unharmed(base[: max(len(verified), 300)], CLEAN, seed),
        *unharmed(hard_negatives(seed, negatives), NEGATIVE, seed),
    ]
    if tuned:
        config = tune([one for one in labelled if one.half == "train"], config)
    report = measure((one for one in labelled if one.half == "test"), Rules(config), seed)
    kinds = {**report.calibration.kinds, **measure_duplicates(base[:400], config.limits, seed)}
    return msgspec.structs.replace(
        report, calibration=msgspec.structs.replace(report.calibration, kinds=kinds)
    )
