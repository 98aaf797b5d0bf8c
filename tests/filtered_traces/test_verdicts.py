"""Decisions over findings: masks where a run recovers, quarantine where it does not."""

from __future__ import annotations

import msgspec

from nex_assets.filtered_traces import QualityConfig, Rules, assess
from nex_assets.filtered_traces.changes import compare
from nex_assets.filtered_traces.scripting import do, script, trajectory, turn
from nex_assets.filtered_traces.specimens import good
from nex_resources.records import Verdict

BAD = do("files__read", {"path": "nope.md"}, "no such file", "tool_error")
GOOD = do("files__list", {"path": "."}, "notes.md")
RECOVERS = script("Which files are there?", turn("", BAD), turn("", GOOD), "There is notes.md.")


def test_a_bad_turn_is_masked_and_its_recovery_kept() -> None:
    assessment = assess(RECOVERS)
    assert assessment.decision == "keep_masked"
    assert assessment.masked == ((0, 2),)
    assert RECOVERS.root.messages[4].calls[0].name == "files__list"


def test_without_a_recovery_it_is_quarantined() -> None:
    assessment = assess(script("Which files are there?", turn("", GOOD), turn("", BAD)))
    assert assessment.decision == "quarantine"
    assert "tool_error" in assessment.reasons


def test_too_many_masked_turns_are_quarantined() -> None:
    other = do("files__read", {"path": "nowhere.md"}, "no such file", "tool_error")
    third = do("files__read", {"path": "nil.md"}, "no such file", "tool_error")
    trace = script(
        "Which files are there?", turn("", BAD), turn("", other), turn("", third), turn("", GOOD), "notes.md."
    )
    assert assess(trace).decision == "quarantine"


def test_a_failing_verdict_gives_stable_reasons() -> None:
    one = next(good(0, 1))
    verdict = Verdict(False, False, False, ("orders.W1 changed",), ("order.total",), ("2 rows differ",))
    assessment = assess(one.trace, one.query, verdict)
    assert assessment.decision == "quarantine"
    assert assessment.reasons == ("forbidden_side_effect", "missing_fact", "wrong_state")


def test_nothing_is_lost_in_quarantine_and_a_rule_change_releases() -> None:
    trace = script("List the files.", *[turn("", GOOD)] * 4, "There is notes.md.")
    strict, lax = Rules(), Rules(QualityConfig(actions={"repeated_calls": "flag"}))
    before = [assess(trace, rules=strict), assess(RECOVERS, rules=strict)]
    after = [assess(trace, rules=lax), assess(RECOVERS, rules=lax)]
    changes = compare(before, after)
    assert before[0].decision == "quarantine"
    assert before[0].findings
    assert changes.released == (trace.id,)
    assert changes.by_reason == {"repeated_calls": 1}
    assert changes.touched == (trace.id,)
    assert changes.unchanged == 1


def test_switched_off_kinds_leave_no_finding() -> None:
    rules = Rules(QualityConfig(actions={"tool_error": "off", "invented_file": "off"}))
    assert assess(RECOVERS, rules=rules).findings == ()


def test_equal_input_gives_equal_assessments() -> None:
    assert msgspec.json.encode(assess(RECOVERS)) == msgspec.json.encode(assess(RECOVERS))


def test_a_sub_agent_may_speak_as_its_caller_or_as_the_user() -> None:
    listed = do("files__list", {"path": "."}, "notes.md")
    for said in ("已完成：notes.md。", "There is notes.md in the folder."):
        sub = trajectory("Do this:\n1. List files: path = .", turn("", listed), said, agent="lead/clerk")
        trace = script("请列出文件。", turn("", do("clerk", {"message": "List"}, said, agent=True)), "有 notes.md。", subs=[sub])  # fmt: skip  # noqa: E501
        assert assess(trace).decision == "keep"
    sub = trajectory("List files.", turn("", listed), "Есть notes.md в папке.", agent="lead/clerk")
    trace = script("请列出文件。", turn("", do("clerk", {"message": "List"}, "ok", agent=True)), "有 notes.md。", subs=[sub])  # fmt: skip  # noqa: E501
    assert "mixed_language" in assess(trace).reasons or "wrong_language" in assess(trace).reasons
