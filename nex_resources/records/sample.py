"""A training sample: one trajectory, or one turn of it, rendered in one format."""

from __future__ import annotations

import msgspec

from nex_resources.records.query import Split


class Sample(msgspec.Struct, frozen=True, omit_defaults=True):
    """One row of `sft_datasets`. `messages` and `tools` are JSON strings (Arrow would unify structs).

    `train` has one flag per message: whether the loss covers it. `labelled` are the [start, end)
    character ranges of `text` that the loss covers; `mask_why` names what unlabelled each other message.
    """

    id: str
    trace_id: str
    assessment_id: str
    query_id: str
    framework_id: str
    leaf_id: str
    format: str
    agent: str
    messages: str
    tools: str
    text: str
    train: tuple[bool, ...]
    labelled: tuple[tuple[int, int], ...] = ()
    mask_why: tuple[str, ...] = ()
    split: Split = "train"
    difficulty: int = 1
    domain: str = ""
    pattern: str = ""
    trajectory: int = 0  # index in the trace
    turn: int = -1  # the one message trained on, where a template takes one row per turn
