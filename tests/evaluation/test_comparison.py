"""Intervals, the table, the chart, and the choice of worked examples."""

import xml.etree.ElementTree as ET

import pytest

from nex_assets.evaluation import chart, few_shot_messages, rates, table, wilson
from nex_resources.records import (
    Sample,
    ToolCall,
    ToolResult,
    Trace,
    assistant,
    canonical_json,
    system,
    tool_results,
    user,
)
from nex_resources.store import EvaluationRow


def row(number, model, split, success, calls=2, valid=1):
    trace = Trace("t", "q", "f", "completed", "", ())
    return EvaluationRow(
        f"{model}{split}{number}", model, split, f"q{number}", "", 0, calls, valid, success, success, success,
        "completed", "", (), trace,
    )  # fmt: skip


ROWS = [
    row(n, model, split, n < hits, 0 if model == "base" else 2, 0 if model == "base" else 1)
    for split, hits_of in (("seen", {"base": 0, "trained": 7}), ("unseen_shape", {"base": 0, "trained": 2}))
    for model, hits in hits_of.items()
    for n in range(10)
]


@pytest.mark.parametrize(
    ("hits", "n", "low", "high"),
    [(0, 10, 0.0, 0.2775), (10, 10, 0.7225, 1.0), (29, 40, 0.5717, 0.8389), (0, 0, 0.0, 1.0)],
    ids=["none", "all", "some", "nothing"],
)
def test_wilson_intervals_are_those_of_the_textbook(hits, n, low, high):
    assert wilson(hits, n) == (pytest.approx(low, abs=1e-3), pytest.approx(high, abs=1e-3))


def test_the_table_gives_each_metric_with_counts_and_interval():
    lines = table(rates(ROWS), "Seed 7.").splitlines()
    assert lines[0].startswith("| held-out set | model | valid calls | right tool |")
    assert "| base | – (no call) | 0% (0/10) [0%–28%] |" in lines[2]
    assert lines[3].startswith("| seen shapes and phrasings, new values | trained | 50% (10/20) ")
    assert lines[3].endswith("| 70% (7/10) [40%–89%] |")
    assert lines[-1] == "95% Wilson intervals. Seed 7."


def test_the_chart_is_one_svg_with_a_bar_for_each_model_and_split():
    root = ET.fromstring(chart(rates(ROWS)))
    titles = [t.text for t in root.iter("{http://www.w3.org/2000/svg}title")]
    assert titles[1:] == ["base: 0/10", "trained: 7/10", "base: 0/10", "trained: 2/10"]
    bars = [r for r in root.iter("{http://www.w3.org/2000/svg}rect") if len(r)]
    assert [float(bar.get("height")) for bar in bars] == [0.0, 140.0, 0.0, 40.0]


def sample(number, calls, split="train", error=None):
    turns = [system("You act."), user(f"Question {number}?")]
    for index in range(calls):
        call = f"call_{index}"
        turns.append(assistant("", ToolCall(call, "retail__get_order", {"order_id": f"O{index}"})))
        turns.append(tool_results(ToolResult(call, "retail__get_order", "{}", error)))
    turns.append(assistant("Done."))
    return Sample(
        f"s{number}",
        "t",
        "a",
        "q",
        "f",
        "l",
        "hermes",
        "agent",
        canonical_json(turns),
        "[]",
        "",
        (),
        split=split,
    )


def test_worked_examples_differ_in_length_and_come_from_training_without_errors():
    samples = [
        *(sample(n, 1) for n in range(5)),
        *(sample(n, 2) for n in range(5, 8)),
        sample(8, 3, "seen"),
        sample(9, 3, error="tool_error"),
        sample(10, 0),
    ]
    shots = few_shot_messages(samples, 2, seed=1)
    one, more = ["user", "assistant", "tool"], ["assistant", "tool", "assistant"]
    assert [m.role for m in shots] == [*one, "assistant", *one, *more]
    assert shots == few_shot_messages(samples[::-1], 2, seed=1)
    with pytest.raises(ValueError, match="few-shot wants 9 training samples"):
        few_shot_messages(samples, 9)
