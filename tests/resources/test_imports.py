"""Trajectories from elsewhere: files to rows, what does not read is told with its place."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from nex_assets.filtered_traces import assess_all
from nex_assets.filtered_traces.rules import Rules
from nex_assets.sft_datasets import dataset, rows_of
from nex_resources.config import ConfigError
from nex_resources.formats.foreign import ForeignError
from nex_resources.imports import ImportReport, import_rows, read_file
from nex_resources.profile import load_profile

TOOL = {
    "type": "function",
    "function": {"name": "lookup", "parameters": {"type": "object", "properties": {}}},
}


def chat(answer: str) -> dict[str, Any]:
    call = {"id": "c1", "type": "function", "function": {"name": "lookup", "arguments": "{}"}}
    return {
        "messages": [
            {"role": "user", "content": "Where is my parcel, and when does it come?"},
            {"role": "assistant", "content": None, "tool_calls": [call]},
            {"role": "tool", "tool_call_id": "c1", "content": f"The parcel is in {answer}."},
            {"role": "assistant", "content": f"It is in {answer}."},
        ],
        "tools": [TOOL],
    }


LINES = [json.dumps(chat("Hamburg")), "no json", json.dumps({"messages": [{"role": "robot"}]}), ""]


@pytest.fixture
def source(tmp_path: Path) -> Path:
    path = tmp_path / "chats.jsonl"
    path.write_text("\n".join([*LINES, json.dumps(chat("Bremen"))]))
    return path


def test_rows_of_a_file_and_what_does_not_read(source: Path) -> None:
    report = ImportReport()
    rows = list(import_rows(source, "openai", "chats", report))
    assert (report.records, report.trajectories, report.calls, report.tools) == (4, 2, 2, {"lookup"})
    assert [problem.partition(": ")[0] for problem in report.problems] == [
        "chats.jsonl, line 2",
        "chats.jsonl, line 3",
    ]
    (query, row), _ = rows
    assert query.text.startswith("Where is my parcel")
    assert (query.origin, query.certificate.complete) == ("import", False)
    assert (row.query_id, row.answer, row.success) == (query.id, "It is in Hamburg.", False)
    assert [q.id for q, _ in import_rows(source, "openai", "chats", ImportReport())] == [
        q.id for q, _ in rows
    ]


@pytest.mark.parametrize("ending", ["json", "parquet"])
def test_other_kinds_of_files(tmp_path: Path, ending: str) -> None:
    path = tmp_path / f"records.{ending}"
    records = [chat("Hamburg"), chat("Bremen")]
    if ending == "json":
        path.write_text(json.dumps(records))
    else:
        flat = [{key: json.dumps(value) for key, value in record.items()} for record in records]
        pq.write_table(pa.Table.from_pylist(flat), path)
    report = ImportReport()
    assert len(list(read_file(path, "openai", report, limit=1))) == 1
    assert len(list(read_file(path, "openai", ImportReport()))) == 2


def test_imported_traces_are_judged_and_become_samples(source: Path) -> None:
    queries, traces = zip(*import_rows(source, "openai", "chats", ImportReport()), strict=True)
    assessments = assess_all(traces, queries, Rules())
    assert [a.decision for a in assessments] == ["keep", "keep"], [a.reasons for a in assessments]
    samples, report = dataset(rows_of(queries, traces, assessments), "qwen_xml", {}, {})
    assert report.samples == len(samples) == 2
    assert samples[0].framework_id == "import:chats"


def test_what_cannot_be_read_at_all_says_so(tmp_path: Path, source: Path) -> None:
    for path, reader, said in (
        (source, "odd", "unknown reader 'odd'"),
        (tmp_path / "none.jsonl", "openai", "there is no such file"),
        (Path(__file__), "openai", "cannot read this kind of file"),
    ):
        with pytest.raises(ForeignError, match=said):
            list(read_file(path, reader, ImportReport()))


def test_command_says_what_a_file_holds(source: Path) -> None:
    command = [sys.executable, "-m", "nex_resources.imports", str(source), "--reader", "openai"]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    assert done.stdout.startswith("4 records: 2 trajectories, 8 messages, 2 calls")
    assert f"chats: {{reader: openai, path: {source}}}" in done.stdout


def test_a_profile_lists_imports_as_batches(tmp_path: Path, source: Path) -> None:
    text = (Path(__file__).parents[2] / "configs/profiles/quick.yaml").read_text()
    path = tmp_path / "mine.yaml"
    path.write_text(f"{text}\nimports:\n  chats: {{reader: openai, path: {source}}}\n")
    profile = load_profile(str(path))
    assert profile.batches()[-1] == "chats-000"
    assert profile.import_of("chats-000") == profile.imports["chats"]
    assert profile.import_of("library-000") is None
    path.write_text(f"{text}\nimports:\n  chats: {{reader: opena, path: {source}}}\n")
    with pytest.raises(ConfigError, match=r"imports\.chats\.reader"):
        load_profile(str(path))
