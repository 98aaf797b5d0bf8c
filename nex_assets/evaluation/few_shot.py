"""The few-shot baseline: worked examples from training stand before the question, nothing is trained."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from nex_resources.records import Message, Sample, generator

MAX_CHARS = 1200
"""Longer examples would crowd a small model's context."""


def few_shot_messages(samples: Sequence[Sample], count: int, seed: int = 0) -> tuple[Message, ...]:
    """Return the turns of `count` training samples, without their system prompts, simplest first.

    They differ in the number of calls as far as possible. Held-out samples are never taken. Raises
    ValueError where fewer samples fit.
    """
    found: dict[int, list[tuple[Message, ...]]] = {}
    for sample in sorted((s for s in samples if s.split == "train"), key=lambda s: s.id):
        turns = _turns(sample)
        if turns and sum(map(_size, turns)) <= MAX_CHARS:
            found.setdefault(sum(len(turn.calls) for turn in turns), []).append(turns)
    if sum(map(len, found.values())) < count:
        raise ValueError(f"few-shot wants {count} training samples of at most {MAX_CHARS} characters")
    rng = generator(seed, "evaluation", "few_shot")
    for pool in found.values():
        rng.shuffle(pool)
    chosen: list[tuple[Message, ...]] = []
    while len(chosen) < count:
        for calls in sorted(found):
            if found[calls] and len(chosen) < count:
                chosen.append(found[calls].pop())
    chosen.sort(key=lambda turns: sum(len(turn.calls) for turn in turns))
    return tuple(turn for turns in chosen for turn in turns)


def _turns(sample: Sample) -> tuple[Message, ...]:
    """A sample's turns if it is the work of a lone agent without any error in it."""
    messages = msgspec.json.decode(sample.messages, type=tuple[Message, ...])
    if any(result.is_error for message in messages for result in message.results):
        return ()
    turns = tuple(message for message in messages if message.role != "system")
    return turns if any(turn.calls for turn in turns) and "/" not in sample.agent else ()


def _size(message: Message) -> int:
    return len(message.text) + sum(len(result.text) for result in message.results)
