"""The report from a store on disk, as `python -m nex_resources.report` makes it."""

from pathlib import Path

import pytest
from report_cases import bad, good

from nex_resources.report import Case
from nex_resources.report.__main__ import read_evaluation, rebuild
from nex_resources.store import FrameworkRow, Store, StoreError, TraceRow

AGENT = "name: retail_lead\nsystem_prompt: Lead.\ntools: [retail__*]\n"


def row(case: Case) -> TraceRow:
    trace, verdict = case.trace, case.verdict
    assert verdict
    return TraceRow(
        id=trace.id,
        query_id=trace.query_id,
        framework_id=trace.framework_id,
        status=trace.status,
        success=verdict.success,
        model=trace.model,
        turns=3,
        calls=2,
        errors=1,
        seconds=trace.seconds,
        answer=trace.answer,
        verdict=verdict,
        trace=trace,
    )


@pytest.fixture
def home(tmp_path: Path) -> Path:
    store, cases = Store(tmp_path), [good(), bad()]
    store.write("traces", [row(case) for case in cases], run_id="r")
    store.write("queries", [case.query for case in cases if case.query], run_id="r")
    store.write("assessments", [case.assessment for case in cases if case.assessment], run_id="r")
    store.write("samples", list(cases[0].samples), run_id="r")
    framework = FrameworkRow(
        "framework_9b", "retail_desk", "", "single", 1, 1, "retail", ("retail",), 8, {"agent.yaml": AGENT}
    )
    store.write("agent_frameworks", [framework], run_id="r")
    (tmp_path / "evaluation").mkdir()
    (tmp_path / "evaluation" / "table.md").write_text("| model | success |\n|---|---:|\n| trained | 72% |\n")
    (tmp_path / "evaluation" / "success.svg").write_text("<svg></svg>")
    return tmp_path


def test_a_report_is_rebuilt_from_the_store(home: Path) -> None:
    folder = rebuild(home).parent
    traces = (folder / "traces.html").read_text()
    assert {p.stem for p in (folder / "traces").iterdir()} == {"trace_00aa", "trace_bad00"}
    assert "retail_desk" in traces
    assert "claimed without call" in traces
    kept = (folder / "traces" / "trace_00aa.html").read_text()
    assert "masked: not trained on" in kept
    assert "wrong argument" in kept
    assert "sample_aa01" in (folder / "lineage.html").read_text()
    assert "72%" in (folder / "evaluation.html").read_text()
    overview = (folder / "index.html").read_text()
    assert "lost: the order is still pending 1" in overview
    assert "lost: wrong state 1" in overview


def test_without_traces_there_is_nothing_to_report(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="table 'traces' has no rows"):
        rebuild(tmp_path)


def test_without_an_evaluation_there_is_none(tmp_path: Path) -> None:
    assert read_evaluation(tmp_path) is None
