"""Calibration: labels, halves, tuning, and the targets on a small run."""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path
from xml.etree import ElementTree

import msgspec
import pytest

from nex_assets.filtered_traces import KINDS, Rules, assess, load_rules
from nex_assets.filtered_traces.calibration import Report, calibrate
from nex_assets.filtered_traces.drawing import confusion_svg
from nex_assets.filtered_traces.duplicates import duplicates
from nex_assets.filtered_traces.labelled import mutated
from nex_assets.filtered_traces.mutators import MUTATORS, mutants
from nex_assets.filtered_traces.negatives import NEGATIVES, hard_negatives
from nex_assets.filtered_traces.specimens import FAMILIES, good
from nex_assets.filtered_traces.table import calibration_table, reasons
from nex_resources.report import Stage, funnel_svg

RULES = load_rules(Path(__file__).parents[2] / "configs/quality.yaml")


@pytest.fixture(scope="module")
def report() -> Report:
    return calibrate(RULES.config, seed=5, per_kind=5, specimens=500, negatives=240, tuned=False)


def test_there_are_enough_kinds_of_mutants() -> None:
    assert len(MUTATORS) >= 25
    assert set(MUTATORS) <= set(KINDS)


def test_specimens_are_kept() -> None:
    for one in good(17, 4 * len(FAMILIES)):
        assessment = assess(one.trace, one.query, one.verdict, RULES)
        assert assessment.decision in ("keep", "keep_masked"), (one.family, assessment.findings)


def test_hard_negatives_are_never_dropped() -> None:
    for one in hard_negatives(17, 4 * len(NEGATIVES)):
        assessment = assess(one.trace, one.query, one.verdict, RULES)
        assert assessment.decision != "quarantine", (one.family, assessment.findings)


def test_mutants_are_a_function_of_the_seed() -> None:
    first, again, other = ([m.trace.id for m in mutants(good(1, 25), seed)] for seed in (3, 3, 4))
    assert first == again != other


def test_halves_share_no_query() -> None:
    sides = defaultdict(set)
    for one in mutated(list(good(2, 200)), 0, 3):
        sides[one.half].add(one.query.text)
    assert sides["train"]
    assert not sides["train"] & sides["test"]


def test_most_kinds_clear_the_bar(report: Report) -> None:
    rules = Rules(RULES.config, report.calibration)
    low = [kind for kind in report.calibration.kinds if rules.why_demoted(kind)]
    assert len(low) <= 3, [(kind, rules.why_demoted(kind)) for kind in low]
    assert report.calibration.false_drops == 0


def test_the_matrix_accounts_for_every_trace(report: Report) -> None:
    for kind, measured in report.calibration.kinds.items():
        row = report.calibration.matrix.get(kind)
        if row is not None:
            assert sum(row.values()) == measured.positives
            assert row.get(kind, 0) == measured.hits


def test_drawings_are_self_contained(report: Report) -> None:
    stages = [
        Stage("queries", 400),
        Stage("kept", 300, {"repeated_text": 30, "a<b": 20}),
        Stage("exported", 2100),
    ]
    for svg in (confusion_svg(report.calibration.matrix), funnel_svg(stages)):
        ElementTree.fromstring(svg)
        assert "http" not in svg.replace("http://www.w3.org/2000/svg", "")
        assert len(svg) < 60_000  # an image of a page's size
    assert "repeated_text 30" in funnel_svg(stages)


def test_the_table_lists_every_kind(report: Report) -> None:
    table = calibration_table(report.calibration, Rules(RULES.config, report.calibration))
    assert all(f"| {kind} |" in table for kind in KINDS)


def test_duplicates_keep_their_first() -> None:
    traces = [one.trace for one in good(3, 25)]
    copies = [msgspec.structs.replace(trace, id=f"{trace.id}x") for trace in traces]
    found = {trace_id: f.kind for trace_id, f in duplicates([*traces, *copies])}
    assert all(found[copy.id] == "duplicate" for copy in copies)
    assert not any(found.get(trace.id) == "duplicate" for trace in traces)


def test_reasons_are_counted() -> None:
    found = [assess(m.trace, m.query, m.verdict, RULES) for m in mutants(good(4, 25), 0, ["wrong_state"])]
    assert reasons(found)["wrong_state"] == len(found)


@pytest.mark.slow
def test_a_thousand_hard_negatives() -> None:
    drops = [a for n in hard_negatives(99, 1000)
             if (a := assess(n.trace, n.query, n.verdict, RULES)).decision == "quarantine"]  # fmt: skip
    assert drops == []
