"""A dataset as a folder: Parquet and JSONL shards, card, checksums and manifest. Memory stays flat.

`datasets.load_dataset` loads the folder (text and masks) and its `chat` folder (messages), for a loader
takes one file format a folder; `dataset_info.json` names the chat shards for LLaMA-Factory,
`axolotl.yaml` for axolotl.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from types import TracebackType
from typing import Any

import msgspec
import yaml

from nex_assets.sft_datasets.card import Card, shard_config, write_card
from nex_assets.sft_datasets.chat import chat_row, rendered_row
from nex_resources.records import Sample

_encoder = msgspec.json.Encoder()
_BATCH = 500  # rows held in memory before they are written


class ExportError(RuntimeError):
    """A dataset that cannot be written: says where and what to do."""


class File(msgspec.Struct, frozen=True):
    """One file of the export, by its path in the folder."""

    path: str
    rows: int
    bytes: int
    sha256: str


class Manifest(msgspec.Struct, frozen=True):
    """What was exported: files, and counts by split, format, domain and difficulty."""

    name: str
    rows: int
    files: tuple[File, ...]
    counts: dict[str, dict[str, int]]


def export(
    samples: Iterable[Sample], folder: Path, name: str, card: Card | None = None, shard_rows: int = 20_000
) -> Manifest:
    """Write `samples` into `folder`, which has to be empty or new. Raises ExportError."""
    if folder.exists() and any(folder.iterdir()):
        raise ExportError(f"{folder} is not empty; choose a new folder, or empty it first")
    counts: dict[str, Counter[str]] = {key: Counter() for key in ("split", "format", "domain", "difficulty")}
    with _Shards(folder, shard_rows) as shards:
        for sample in samples:
            shards.add(sample)
            for key, counter in counts.items():
                counter[str(getattr(sample, key)) or "(none)"] += 1
    if not shards.written:
        raise ExportError(f"{folder}: there is no sample to export; see the report for what was left out")
    plain = {key: dict(sorted(counter.items())) for key, counter in counts.items()}
    rows = sum(counts["split"].values())
    write_card(folder / "README.md", name, card or Card(), rows, plain)
    _write_hints(folder, name, sorted(plain["split"]))
    return _finish(folder, name, rows, shards.rows, plain)


class _Shards:
    """Writes rows into one Parquet and one JSONL shard a split, and starts new ones when they are full."""

    def __init__(self, folder: Path, shard_rows: int):
        self.folder, self.shard_rows = folder, shard_rows
        self.rows: Counter[str] = Counter()
        self.written = False
        self._numbers: Counter[str] = Counter()
        self._pending: dict[str, list[Sample]] = {}
        self._open: dict[str, tuple[Any, Any]] = {}

    def __enter__(self) -> _Shards:
        for part in ("rendered", "chat"):
            (self.folder / part).mkdir(parents=True, exist_ok=True)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for split in list(self._pending):
            self._flush(split)
        for split in list(self._open):
            self._close(split)

    def add(self, sample: Sample) -> None:
        self.written = True
        pending = self._pending.setdefault(sample.split, [])
        pending.append(sample)
        if len(pending) >= min(_BATCH, self.shard_rows):
            self._flush(sample.split)

    def _flush(self, split: str) -> None:
        import pyarrow as pa  # type: ignore[import-untyped]

        samples = self._pending.pop(split, [])
        if not samples:
            return
        rendered, chat, names = *self._writers(split), self._names(split)
        rendered.write_table(pa.Table.from_pylist([rendered_row(s) for s in samples], schema=schema()))
        chat.write(b"".join(_encoder.encode(chat_row(sample)) + b"\n" for sample in samples))
        for path in names:
            self.rows[path] += len(samples)
        if self.rows[names[0]] >= self.shard_rows:
            self._close(split)

    def _names(self, split: str) -> tuple[str, str]:
        shard = f"{split}-{self._numbers[split]:05d}"
        return f"rendered/{shard}.parquet", f"chat/{split}/{self._numbers[split]:05d}.jsonl"

    def _writers(self, split: str) -> tuple[Any, Any]:
        import pyarrow.parquet as pq  # type: ignore[import-untyped]

        if split not in self._open:
            rendered, chat = self._names(split)
            writer = pq.ParquetWriter(self.folder / rendered, schema(), compression="zstd")
            (self.folder / chat).parent.mkdir(exist_ok=True)
            self._open[split] = (writer, (self.folder / chat).open("wb"))
        return self._open[split]

    def _close(self, split: str) -> None:
        for writer in self._open.pop(split):
            writer.close()
        self._numbers[split] += 1


def schema() -> Any:
    """Return the Arrow schema of rendered rows: flat, with JSON strings where Arrow would unify structs."""
    import pyarrow as pa

    text, number, spans = pa.string(), pa.int64(), pa.list_(pa.list_(pa.int64()))
    types = {"labelled": spans, "train": pa.list_(pa.bool_()), "mask_why": pa.list_(text)}
    numbers = {"difficulty", "trajectory", "turn"}
    row = rendered_row(_EMPTY)
    return pa.schema([(key, types.get(key, number if key in numbers else text)) for key in row])


_EMPTY = Sample("", "", "", "", "", "", "", "", "[]", "[]", "", ())


def _write_hints(folder: Path, name: str, splits: list[str]) -> None:
    """Tell loaders, LLaMA-Factory and axolotl how to read the chat shards."""
    front = yaml.safe_dump({"configs": [shard_config("chat", "{split}/*.jsonl", splits)]}, sort_keys=False)
    (folder / "chat" / "README.md").write_text(
        f"---\n{front}---\n\nSee the card one folder up.\n", encoding="utf-8"
    )
    tags = {"role_tag": "role", "content_tag": "content", "user_tag": "user", "assistant_tag": "assistant"}
    tags |= {"observation_tag": "tool", "function_tag": "function_call", "system_tag": "system"}
    columns = {"messages": "messages", "tools": "tools"}
    info = {
        f"{name}_{split}": {
            "file_name": f"chat/{split}",  # a folder: all its shards
            "formatting": "openai",
            "columns": columns,
            "tags": tags,
        }
        for split in splits
    }
    (folder / "dataset_info.json").write_bytes(msgspec.json.format(_encoder.encode(info), indent=2) + b"\n")
    hint = {
        "datasets": [
            {
                "path": "chat",
                "data_files": ["chat/train/*.jsonl"],
                "ds_type": "json",
                "type": "chat_template",
                "field_messages": "messages",
                "message_property_mappings": {"role": "role", "content": "content"},
                "message_field_training": "train",
                "roles_to_train": [],
                "train_on_eos": "turn",
            }
        ]
    }
    (folder / "axolotl.yaml").write_text(yaml.safe_dump(hint, sort_keys=False), encoding="utf-8")


def _finish(
    folder: Path, name: str, rows: int, shard_rows: Counter[str], counts: dict[str, dict[str, int]]
) -> Manifest:
    files = []
    for path in sorted(path for path in folder.rglob("*") if path.is_file()):
        key = path.relative_to(folder).as_posix()
        files.append(File(key, shard_rows[key], path.stat().st_size, sha256(path)))
    lines = "".join(f"{file.sha256}  {file.path}\n" for file in files)
    (folder / "SHA256SUMS").write_text(lines, encoding="utf-8")
    manifest = Manifest(name, rows, tuple(files), counts)
    (folder / "manifest.json").write_bytes(msgspec.json.format(_encoder.encode(manifest), indent=2) + b"\n")
    return manifest


def check_folder(folder: Path) -> list[str]:
    """Return what differs between `folder` and its manifest; empty if nothing does."""
    manifest = msgspec.json.decode((folder / "manifest.json").read_bytes(), type=Manifest)
    found = []
    for file in manifest.files:
        path = folder / file.path
        if not path.is_file():
            found.append(f"{file.path} is missing")
        elif sha256(path) != file.sha256:
            found.append(f"{file.path} has changed since it was exported")
    return found


def sha256(path: Path) -> str:
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()
