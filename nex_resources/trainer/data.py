"""From samples on disk to batches of tokens."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import msgspec

from nex_resources.records import Message, ToolSpec, generator
from nex_resources.trainer.spec import SpecError, TrainSpec
from nex_resources.trainer.template import Example, Template, cut, encode

POOL = 4
"""Batches are drawn from pools of this many, sorted by length: little padding, still shuffled."""


class Conversation(msgspec.Struct, frozen=True):
    """What the trainer reads of a sample: its messages, its tools, and one train flag per message."""

    messages: tuple[Message, ...]
    tools: tuple[ToolSpec, ...] = ()
    train: tuple[bool, ...] | None = None


class Prepared(msgspec.Struct, frozen=True):
    """Examples ready for training, and how many samples were cut or left out for lack of labels."""

    examples: list[Example]
    cut: int = 0
    unlabelled: int = 0


def read_conversations(path: Path) -> list[Conversation]:
    """Read the samples in `path` (.parquet or .jsonl). Raises SpecError where there is none."""
    import polars as pl

    if not path.exists():
        raise SpecError(f"samples: {path}: no such file")
    if path.suffix not in (".parquet", ".jsonl"):
        raise SpecError(f"samples: {path}: is neither .parquet nor .jsonl")
    frame = pl.read_parquet(path) if path.suffix == ".parquet" else pl.read_ndjson(path)
    missing = {"messages", "tools", "train"} - set(frame.columns)
    if missing:
        raise SpecError(f"samples: {path}: lacks the columns {', '.join(sorted(missing))}")
    if frame.is_empty():
        raise SpecError(f"samples: {path}: holds no sample; nothing to train on")
    return [_conversation(row) for row in frame.select("messages", "tools", "train").iter_rows()]


def _conversation(row: tuple[str, str, Sequence[bool]]) -> Conversation:
    messages, tools, train = row
    return Conversation(
        msgspec.json.decode(messages, type=tuple[Message, ...]),
        msgspec.json.decode(tools, type=tuple[ToolSpec, ...]),
        tuple(train),
    )


def prepare(conversations: Sequence[Conversation], tokenizer: Any, spec: TrainSpec) -> Prepared:
    """Render and tokenize; at most `spec.max_samples`, chosen by the seed.

    Raises SpecError if none is left."""
    template = Template(spec.format, spec.compact)
    chosen = _choose(conversations, spec)
    examples: list[Example] = []
    shortened = unlabelled = 0
    for conversation in chosen:
        rendered = template.render(conversation.messages, conversation.tools, conversation.train)
        whole = encode(tokenizer, rendered.text, rendered.labelled)
        example = cut(whole, spec.max_length)
        shortened += len(whole.ids) > spec.max_length
        unlabelled += example is None
        if example is not None:
            examples.append(example)
    if not examples:
        raise SpecError(
            f"samples: none of {len(chosen)} has a label within max_length {spec.max_length}; raise it"
        )
    return Prepared(examples, shortened, unlabelled)


def _choose(conversations: Sequence[Conversation], spec: TrainSpec) -> Sequence[Conversation]:
    if spec.max_samples is None or len(conversations) <= spec.max_samples:
        return conversations
    rng = generator(spec.seed, "train", "choose")
    kept = sorted(rng.sample(range(len(conversations)), spec.max_samples))
    return [conversations[i] for i in kept]


def schedule(examples: Sequence[Example], spec: TrainSpec) -> list[list[int]]:
    """Return the batches of all epochs as indices into `examples`; equal for equal seeds."""
    return [batch for epoch in range(spec.epochs) for batch in _epoch(examples, spec, epoch)]


def _epoch(examples: Sequence[Example], spec: TrainSpec, epoch: int) -> list[list[int]]:
    rng = generator(spec.seed, "train", "epoch", epoch)
    order = list(range(len(examples)))
    rng.shuffle(order)
    size = spec.batch_size
    batches: list[list[int]] = []
    for start in range(0, len(order), size * POOL):
        pool = sorted(order[start : start + size * POOL], key=lambda i: len(examples[i].ids))
        batches += [pool[i : i + size] for i in range(0, len(pool), size)]
    rng.shuffle(batches)
    return batches
