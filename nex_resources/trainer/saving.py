"""Checkpoint folders: complete or absent, with a manifest of what made them; and the state to resume from."""

from __future__ import annotations

import hashlib
import os
import shutil
import tempfile
from pathlib import Path
from typing import Any

import msgspec

MANIFEST = "manifest.json"
RESUME = "resume.pt"


class Manifest(msgspec.Struct, frozen=True):
    """What a checkpoint is and where it comes from. `files` maps names to SHA-256; `weights_sha256` is
    that of the weights, equal on every run for equal spec, samples and thread count."""

    id: str
    spec: dict[str, Any]
    samples_sha256: str
    metrics: dict[str, Any]
    losses: list[float]
    versions: dict[str, str]
    files: dict[str, str] = {}

    @property
    def weights_sha256(self) -> str:
        return self.files["model.safetensors"]


def save_checkpoint(folder: Path, model: Any, tokenizer: Any, manifest: Manifest) -> Manifest:
    """Write `folder` beside its place, then move it there; an older one is replaced only by a whole one."""
    folder.parent.mkdir(parents=True, exist_ok=True)
    draft = Path(tempfile.mkdtemp(prefix=f".{folder.name}-", dir=folder.parent))
    try:
        model.save_pretrained(draft)
        tokenizer.save_pretrained(draft)
        files = {path.name: sha256(path) for path in sorted(draft.iterdir())}
        manifest = msgspec.structs.replace(manifest, files=files)
        (draft / MANIFEST).write_bytes(msgspec.json.format(msgspec.json.encode(manifest), indent=1))
        os.chmod(draft, 0o755)  # noqa: PTH101 - mkdtemp makes it private
        shutil.rmtree(folder, ignore_errors=True)
        draft.rename(folder)
    finally:
        shutil.rmtree(draft, ignore_errors=True)
    return manifest


def read_manifest(folder: Path) -> Manifest:
    """Read a checkpoint's manifest. Raises FileNotFoundError where the folder is not a whole checkpoint."""
    path = folder / MANIFEST
    if not path.exists():
        raise FileNotFoundError(f"{folder}: has no {MANIFEST}; materialize the checkpoint first")
    return msgspec.json.decode(path.read_bytes(), type=Manifest)


def save_state(folder: Path, key: str, state: dict[str, Any]) -> None:
    """Keep what a killed run needs to go on: weights, optimizer, losses, and how far it came (1.6 GB)."""
    import torch

    folder.mkdir(parents=True, exist_ok=True)
    draft = folder / f"{RESUME}.tmp"
    torch.save({"key": key, **state}, draft)
    draft.replace(folder / RESUME)


def load_state(folder: Path, key: str) -> dict[str, Any] | None:
    """Return the state kept in `folder` if it belongs to the run `key`."""
    import torch

    path = folder / RESUME
    if not path.exists():
        return None
    state: dict[str, Any] = torch.load(path, map_location="cpu", weights_only=True, mmap=True)
    return state if state["key"] == key else None


def clear_state(folder: Path) -> None:
    shutil.rmtree(folder, ignore_errors=True)


def sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
