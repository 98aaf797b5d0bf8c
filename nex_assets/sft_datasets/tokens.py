"""From labelled characters to labelled tokens."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from nex_resources.records import Sample

IGNORED = -100
"""The label that loss functions skip."""


def token_mask(labelled: Sequence[tuple[int, int]], offsets: Sequence[tuple[int, int]]) -> list[bool]:
    """Return which tokens the loss covers: those whose [start, end) characters lie within one labelled
    range. Tokens of no width, as special tokens added by a tokenizer, are not covered."""
    mask: list[bool] = []
    number = 0
    for start, stop in offsets:
        while number < len(labelled) and labelled[number][1] <= start:
            number += 1
        inside = number < len(labelled) and labelled[number][0] <= start and stop <= labelled[number][1]
        mask.append(inside and stop > start)
    return mask


def tokenize(sample: Sample, tokenizer: Any) -> dict[str, list[int]]:
    """Tokenize `sample`; see `tokenize_text`."""
    return tokenize_text(sample.text, sample.labelled, tokenizer)


def tokenize_text(text: str, labelled: Sequence[Sequence[int]], tokenizer: Any) -> dict[str, list[int]]:
    """Tokenize a rendered text (a row of `rendered/`) with a fast tokenizer of `transformers`: input_ids,
    attention_mask, labels (-100 where the loss does not go) and assistant_masks (0 or 1), as trainers
    expect them."""
    encoded = tokenizer(text, return_offsets_mapping=True, add_special_tokens=False)
    ids = list(encoded["input_ids"])
    mask = token_mask([(span[0], span[1]) for span in labelled], encoded["offset_mapping"])
    return {
        "input_ids": ids,
        "attention_mask": [1] * len(ids),
        "labels": [token if covered else IGNORED for token, covered in zip(ids, mask, strict=True)],
        "assistant_masks": [int(covered) for covered in mask],
    }
