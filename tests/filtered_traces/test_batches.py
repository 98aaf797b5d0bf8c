"""Rows in, verdicts out."""

from __future__ import annotations

import msgspec
import pytest

from nex_assets.filtered_traces import Rules, assess_all, verified
from nex_assets.filtered_traces.specimens import Specimen, good
from nex_resources.records import Verdict
from nex_resources.store import TraceRow


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


def test_a_row_without_its_query_is_an_error() -> None:
    with pytest.raises(KeyError):
        assess_all([row(SPECIMENS[0])], QUERIES[1:], Rules())


def test_only_what_the_verifier_passed_becomes_a_specimen() -> None:
    failed = Verdict(False, False, True)
    rows = [row(SPECIMENS[0]), row(SPECIMENS[1], failed)]
    assert [one.trace.id for one in verified(rows, QUERIES)] == [SPECIMENS[0].trace.id]
