"""The exported folder: whole, checked, and read by other libraries as it is."""

from __future__ import annotations

import json
from pathlib import Path

import pyarrow.parquet as pq
import pytest
import yaml
from rollouts import query, rollout, verdict

from nex_assets.sft_datasets import make_samples
from nex_assets.sft_datasets.card import Card
from nex_assets.sft_datasets.export import ExportError, check_folder, export
from nex_resources.records import Sample, Split

SPLITS: tuple[Split, ...] = ("train", "train", "train", "seen")


def samples(count: int = 8) -> list[Sample]:
    rows = [(rollout(n), verdict(n), query(n, SPLITS[n % 4])) for n in range(count)]
    return make_samples(rows, "qwen_xml")[0]


def test_shards_manifest_and_checksums(tmp_path: Path) -> None:
    made = export(samples(), tmp_path / "out", "demo", shard_rows=4)
    assert made.rows == 16
    assert made.counts["split"] == {"seen": 4, "train": 12}
    shards = [file.path for file in made.files if file.path.startswith("rendered/")]
    assert shards == [
        f"rendered/{name}.parquet" for name in ("seen-00000", "train-00000", "train-00001", "train-00002")
    ]
    assert sum(file.rows for file in made.files if file.path.endswith(".jsonl")) == 16
    assert check_folder(tmp_path / "out") == []
    (tmp_path / "out" / "chat" / "seen" / "00000.jsonl").write_text("")
    assert check_folder(tmp_path / "out") == ["chat/seen/00000.jsonl has changed since it was exported"]


def test_exports_of_equal_samples_are_equal(tmp_path: Path) -> None:
    first, second = (export(samples(), tmp_path / name, "demo") for name in ("a", "b"))
    assert first == second


def test_rows_keep_text_masks_and_json_strings(tmp_path: Path) -> None:
    made = samples()
    export(made, tmp_path / "out", "demo")
    rows = {row["id"]: row for row in pq.read_table(tmp_path / "out" / "rendered").to_pylist()}
    for sample in made:
        row = rows[sample.id]
        assert row["text"] == sample.text
        assert [tuple(span) for span in row["labelled"]] == list(sample.labelled)
        assert row["train"] == list(sample.train)
        names = [tool["function"]["name"] for tool in json.loads(row["tools"] or "[]")]
        assert names == [tool["name"] for tool in json.loads(sample.tools)]


def test_chat_rows_are_chat_completions_messages(tmp_path: Path) -> None:
    export(samples(1), tmp_path / "out", "demo")
    row = json.loads((tmp_path / "out" / "chat" / "train" / "00000.jsonl").read_text().splitlines()[0])
    roles = [message["role"] for message in row["messages"]]
    assert roles == [
        "system",
        "user",
        "assistant",
        "tool",
        "tool",
        "assistant",
        "tool",
        "assistant",
        "tool",
        "assistant",
    ]
    calls = row["messages"][2]["tool_calls"]
    assert [json.loads(call["function"]["arguments"]) for call in calls] == [
        {"order_id": "O0"},
        {"order_id": "O999"},
    ]
    assert [message["tool_call_id"] for message in row["messages"][3:5]] == ["a", "b"]
    assert [message["train"] for message in row["messages"]] == [role == "assistant" for role in roles]


def test_card_says_what_is_in_it(tmp_path: Path) -> None:
    card = Card(
        funnel=(("raw_traces", 100, 80),),
        left_out={"glm": {"type not restored": 3}},
        server_licences={"retail": "Apache-2.0"},
        model_licences={"expert": "Apache-2.0"},
        decontamination="13-word overlap with two benchmarks: none.",
        limits=("English only.",),
    )
    export(samples(), tmp_path / "out", "demo", card)
    text = (tmp_path / "out" / "README.md").read_text()
    front = yaml.safe_load(text.split("---")[1])
    assert [config["config_name"] for config in front["configs"]] == ["rendered"]
    for line in (
        "| raw_traces | 100 | 80 |",
        "| glm: type not restored | 3 |",
        "| server retail | Apache-2.0 |",
        "13-word overlap",
        "- English only.",
        "| qwen_xml | 16 |",
    ):
        assert line in text


def test_what_cannot_be_exported_says_why(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    with pytest.raises(ExportError, match="is not empty"):
        export(samples(), tmp_path, "demo")
    with pytest.raises(ExportError, match="no sample to export"):
        export([], tmp_path / "none", "demo")


def test_hints_for_other_trainers_name_every_shard(tmp_path: Path) -> None:
    out = tmp_path / "out"
    export(samples(), out, "demo", shard_rows=4)
    info = json.loads((out / "dataset_info.json").read_text())
    shards = sorted(path.name for path in (out / info["demo_train"]["file_name"]).iterdir())
    assert shards == ["00000.jsonl", "00001.jsonl", "00002.jsonl"]
    hint = yaml.safe_load((out / "axolotl.yaml").read_text())["datasets"][0]
    (pattern,) = hint["data_files"]
    assert len(list(out.glob(pattern))) == 3
    row = json.loads(next(out.glob(pattern)).read_text().splitlines()[0])
    assert hint["field_messages"] in row
    assert hint["message_field_training"] in row["messages"][0]


@pytest.mark.slow
@pytest.mark.parametrize("part", [".", "chat"], ids=["rendered", "chat"])
def test_datasets_loads_the_folder(tmp_path: Path, part: str) -> None:
    datasets = pytest.importorskip("datasets")
    made = samples()
    export(made, tmp_path / "out", "demo")
    loaded = datasets.load_dataset(str(tmp_path / "out" / part), cache_dir=str(tmp_path / "cache"))
    assert {name: len(rows) for name, rows in loaded.items()} == {"train": 12, "seen": 4}
    assert {row["id"] for rows in loaded.values() for row in rows} == {sample.id for sample in made}
