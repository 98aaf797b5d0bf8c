"""Files in, verdicts out, one trajectory at a time."""

from __future__ import annotations

import json
import tracemalloc
from pathlib import Path

import msgspec
import polars as pl
import pytest

from nex_assets.filtered_traces import Rules
from nex_assets.filtered_traces.specimens import good
from nex_assets.filtered_traces.stream import assess_rows, main, read, repeats, run
from nex_resources.records import Assessment

TOOL = {"type": "function", "function": {"name": "get_depth", "parameters": {"type": "object", "properties": {"lake": {"type": "string"}}}}}  # fmt: skip  # noqa: E501


def chat(answer: str, label: str | None = None, result: str = "288 m") -> dict[str, object]:
    call = {
        "id": "c1",
        "type": "function",
        "function": {"name": "get_depth", "arguments": '{"lake": "Ohrid"}'},
    }
    messages = [
        {"role": "user", "content": "How deep is Lake Ohrid?"},
        {"role": "assistant", "content": None, "tool_calls": [call]},
        {"role": "tool", "tool_call_id": "c1", "content": result},
        {"role": "assistant", "content": answer},
    ]
    return {"messages": messages, "tools": [TOOL], **({"label": label} if label is not None else {})}


ROWS = [
    chat("Lake Ohrid is 288 m deep.", "clean"),
    chat("Lake Ohrid is 304 m deep.", "ungrounded_value"),
    chat("Lake Ohrid is 288 m deep.", "clean"),
    chat("The lake is deep and", "truncation"),
]


@pytest.fixture
def lines(tmp_path: Path) -> Path:
    path = tmp_path / "rows.jsonl"
    path.write_text("\n".join(json.dumps(row) for row in ROWS) + "\n")
    return path


def test_conversations_are_read_and_scored(lines: Path, tmp_path: Path) -> None:
    out = tmp_path / "verdicts.jsonl"
    score, unread = run([lines], out, Rules())
    made = [msgspec.json.decode(line, type=Assessment) for line in out.read_bytes().splitlines()]
    assert [one.decision for one in made] == ["keep", "quarantine", "keep", "quarantine"]
    assert unread == 0
    assert score.found == {"ungrounded_value": 1, "truncation": 1, "sound": 0}
    assert "sound                    0 of 2 dropped" in score.table()
    assert repeats(out) == [(made[2].trace_id, made[0].trace_id)]


def test_parquet_with_json_columns_is_read_alike(lines: Path, tmp_path: Path) -> None:
    table = {key: [json.dumps(row[key]) if key != "label" else row[key] for row in ROWS] for key in ROWS[0]}
    pl.DataFrame(table).write_parquet(tmp_path / "rows.parquet")
    one, other = tmp_path / "one.jsonl", tmp_path / "other.jsonl"
    run([lines], one, Rules())
    run([tmp_path / "rows.parquet"], other, Rules())
    assert one.read_bytes() == other.read_bytes()


def test_our_own_traces_keep_their_query_and_verdict() -> None:
    one = next(good(0, 1))
    body = {"trace": one.trace, "query": one.query, "verdict": one.verdict}
    row = read(json.loads(msgspec.json.encode(body)))
    assert (row.trace, row.query, row.verdict, row.label) == (one.trace, one.query, one.verdict, None)


def test_what_does_not_read_is_told_and_counted(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "rows.jsonl"
    path.write_text(json.dumps({"messages": [{"role": "narrator"}]}) + "\n" + json.dumps(ROWS[0]) + "\n")
    assert main([str(path), "--out", str(tmp_path / "out.jsonl")]) == 1
    said = capsys.readouterr()
    assert "record 1" in said.err
    assert "narrator" in said.err
    assert "1 assessed" in said.out


def test_nothing_is_kept_of_a_stream() -> None:
    row = read(ROWS[0])
    for _ in assess_rows([row] * 50, Rules()):
        pass
    tracemalloc.start()
    for _ in assess_rows((row for _ in range(400)), Rules()):
        pass
    held, _ = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert held < 200_000
