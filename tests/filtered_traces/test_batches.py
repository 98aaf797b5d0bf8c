"""Rows in, verdicts out."""

from __future__ import annotations

from pathlib import Path

import msgspec
import pytest

from nex_assets.filtered_traces import Rules, assess_all, verified
from nex_assets.filtered_traces.batch import of_earlier_batches
from nex_assets.filtered_traces.specimens import Specimen, good
from nex_resources.records import Verdict
from nex_resources.store import Store, TraceRow


def row(one: Specimen, verdict: Verdict | None = None, suffix: str = "") -> TraceRow:
    trace = msgspec.structs.replace(one.trace, id=one.trace.id + suffix)
    given = verdict or one.verdict
    return TraceRow(
        trace.id,
        one.query.id,
        "f",
        trace.status,
        given.success,
        "m",
        1,
        1,
        0,
        0.0,
        trace.answer,
        given,
        trace,
    )


SPECIMENS = list(good(8, 12))
QUERIES = [one.query for one in SPECIMENS]


def test_one_verdict_a_row_in_order() -> None:
    rows = [row(one) for one in SPECIMENS]
    assessments = assess_all(rows, QUERIES, Rules())
    assert [a.trace_id for a in assessments] == [r.id for r in rows]


def test_the_first_of_two_equal_rollouts_is_kept() -> None:
    rows = [row(SPECIMENS[1]), row(SPECIMENS[1], suffix="x")]
    decisions = [a.decision for a in assess_all(rows, QUERIES, Rules())]
    assert decisions == ["keep", "quarantine"]


def test_what_an_earlier_batch_has_is_a_duplicate(tmp_path: Path) -> None:
    store = Store(tmp_path)
    assert of_earlier_batches(store, "b")(["0" * 16]) == {}
    first = assess_all([row(one) for one in SPECIMENS[:3]], QUERIES, Rules())
    store.write("assessments", first, run_id="r", partition="a")
    rows = [row(SPECIMENS[1], suffix="x"), row(SPECIMENS[5])]
    again = assess_all(rows, QUERIES, Rules(), of_earlier_batches(store, "b"))
    assert [a.decision for a in again] == ["quarantine", "keep"]
    assert again[0].reasons == ("duplicate",)
    assert SPECIMENS[1].trace.id in again[0].findings[-1].evidence
    same = assess_all([row(SPECIMENS[1])], QUERIES, Rules(), of_earlier_batches(store, "a"))
    assert same[0].decision == "keep"  # a batch that runs again is not its own duplicate


def test_a_row_without_its_query_is_an_error() -> None:
    with pytest.raises(KeyError):
        assess_all([row(SPECIMENS[0])], QUERIES[1:], Rules())


def test_only_what_the_verifier_passed_becomes_a_specimen() -> None:
    failed = Verdict(False, False, True)
    rows = [row(SPECIMENS[0]), row(SPECIMENS[1], failed)]
    assert [one.trace.id for one in verified(rows, QUERIES)] == [SPECIMENS[0].trace.id]
