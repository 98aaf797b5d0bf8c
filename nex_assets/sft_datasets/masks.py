"""Which messages of a trajectory the loss covers, and what unlabelled each of the others."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from nex_resources.records import Assessment, Message


class Mask(NamedTuple):
    """One flag a message, and one reason a message: empty where it is trained on, `role:user` for turns that
    are no assistant's, `quality` where the quality stage masked the turn, `turn` where another row of
    the same trajectory trains on it."""

    train: tuple[bool, ...]
    why: tuple[str, ...]

    def only(self, index: int) -> Mask:
        """The same mask, cut after message `index` and training on nothing else."""
        why = tuple(
            word if position == index else word or "turn"
            for position, word in enumerate(self.why[: index + 1])
        )
        return Mask(tuple(not word for word in why), why)


def mask_of(messages: Sequence[Message], trajectory: int, assessment: Assessment) -> Mask:
    """Return the mask of trajectory number `trajectory` under the quality stage's verdict."""
    why = tuple(_why(message, (trajectory, index), assessment) for index, message in enumerate(messages))
    return Mask(tuple(not word for word in why), why)


def _why(message: Message, place: tuple[int, int], assessment: Assessment) -> str:
    if message.role != "assistant":
        return f"role:{message.role}"
    return "quality" if place in assessment.masked else ""
