"""The command that releases a dataset, on tables of a `NEX_HOME` of its own."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import msgspec
import pyarrow.parquet as pq
import pytest
from rollouts import query, rollout, verdict

from nex_assets.sft_datasets import make_samples
from nex_assets.sft_datasets.export import check_folder
from nex_assets.sft_datasets.release import Licences, Origins, release_gates
from nex_resources.formats.foreign import READERS
from nex_resources.records import Certificate, Split, Trace, Verdict
from nex_resources.store import FrameworkRow, Store, TraceRow

SPLITS: tuple[Split, ...] = ("train", "train", "seen")
PROVED = Certificate(True, True, True, True, True, True)


def row(trace: Trace, model: str = "expert") -> TraceRow:
    said = Verdict(True, True, True)
    counts = (0, 0, 0)
    return TraceRow(
        trace.id,
        trace.query_id,
        trace.framework_id,
        "completed",
        True,
        model,
        *counts,
        0.0,
        trace.answer,
        said,
        trace,
    )


def fill(home: Path, model: str = "expert", note: str = "checked") -> None:
    store, tree = Store(home), FrameworkRow("framework_0", "desk", "", "single", 1, 1, "", (), 0, {})
    queries = [msgspec.structs.replace(query(n, SPLITS[n]), certificate=PROVED) for n in range(3)]
    for table, records in (
        ("queries", queries),
        ("traces", [row(rollout(n, note), model) for n in range(2)]),
        ("assessments", [verdict(n) for n in range(2)]),
        ("agent_frameworks", [tree]),
    ):
        store.write(table, records, run_id="r", partition="", code_version="1")  # type: ignore[arg-type]


def run(home: Path, *words: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "nex_assets.sft_datasets", *words]
    return subprocess.run(command, capture_output=True, text=True, env={"NEX_HOME": str(home)}, check=False)


def test_export_runs_the_gates_and_writes_what_it_says(tmp_path: Path) -> None:
    fill(tmp_path / "home")
    done = run(tmp_path / "home", "export", str(tmp_path / "out"), "--recipe", "seven")
    assert done.returncode == 0, done.stderr
    assert done.stdout.count("pass  ") == 6
    assert "28 samples" in done.stdout  # 2 rollouts, root and helper, 7 formats
    assert check_folder(tmp_path / "out") == []
    card = (tmp_path / "out" / "README.md").read_text()
    for line in ("| queries to train on | 3 | 2 |", "| server retail | ", "| model expert | Apache-2.0 |"):
        assert line in card
    assert "None was run." in card


def test_a_failed_gate_stops_the_release(tmp_path: Path) -> None:
    fill(tmp_path / "home", model="unheard-of", note="write to jane@corp.com")
    done = run(tmp_path / "home", "export", str(tmp_path / "out"))
    assert done.returncode == 1
    assert "FAIL  secrets: 28 seen, 14 problems" in done.stdout
    assert "model unheard-of has no licence on record" in done.stdout
    assert not (tmp_path / "out").exists()


def test_other_commands(tmp_path: Path) -> None:
    home = tmp_path / "home"
    fill(home)
    assert run(home, "dry-run", str(tmp_path / "dry.html")).returncode == 0
    assert "Dry run: 28 samples" in (tmp_path / "dry.html").read_text()
    assert run(home, "rl", str(tmp_path / "rl")).returncode == 0
    assert pq.read_table(tmp_path / "rl" / "verl.parquet").num_rows == 2
    assert run(home, "convert", str(tmp_path / "a.jsonl"), "--to", "atif").returncode == 0
    records = [json.loads(line) for line in (tmp_path / "a.jsonl").read_text().splitlines()]
    assert [t.agent for record in records for t in READERS["atif"](record)] == ["clerk", "clerk/helper"] * 2
    empty = run(tmp_path / "none", "rl", str(tmp_path / "no"))
    assert empty.returncode == 2
    assert empty.stderr.startswith("error: ")


@pytest.mark.parametrize(
    ("origins", "failing"),
    [
        (Origins(Licences(permitted=["MIT"], models={"expert": "MIT"}), {"retail": "GPL"}, {}), "licences"),
        (Origins(Licences(permitted=["MIT"], models={"expert": "GPL"}), {"retail": "MIT"}, {}), "models'"),
        (
            Origins(
                Licences(permitted=["MIT"], models={"expert": "MIT"}),
                {"retail": "MIT"},
                {"b": ("x " + "what about order o0 " * 4,)},
            ),
            "",
        ),
    ],
    ids=["server", "model", "none"],
)
def test_each_gate_fails_for_its_own_reason(origins: Origins, failing: str) -> None:
    samples, _ = make_samples([(rollout(), verdict(), query())], "hermes")
    found = release_gates(samples, origins, [query()], [row(rollout())])
    names = [gate.name for gate in found if not gate.passed]
    assert [name.startswith(failing) for name in names] == ([True] if failing else [])


def test_a_shared_blueprint_stops_the_release() -> None:
    samples, _ = make_samples([(rollout(), verdict(), query())], "hermes")
    both = [query(0), msgspec.structs.replace(query(0, "seen"), id="query_9")]
    origins = Origins(Licences(permitted=["MIT"], models={"expert": "MIT"}), {"retail": "MIT"}, {})
    (gate,) = [g for g in release_gates(samples, origins, both, [row(rollout())]) if not g.passed]
    assert gate.problems == [
        "query_9: shares blueprint 'blueprint_0' with training",
        "query_9: shares world_seed 'retail:0' with training",
    ]
