"""Repairs: documented edits that lose nothing a model could learn from.

- `end_tokens`: chat-template tokens at the very end of a text (`<|im_end|>`) are taken off;
- `call_ids`: ids used twice in a trajectory are made unique, in calls and results alike;
- `white_space`: blanks around a text are taken off.

What else looks wrong is masked or quarantined, never rewritten.
"""

from __future__ import annotations

import re

import msgspec

from nex_resources.records import Message, Trace, Trajectory

END_TOKENS = re.compile(
    r"(?:\s*(?:<\|im_end\|>|<\|eot_id\|>|<\|endoftext\|>|<\|end\|>|</s>|<\|eom_id\|>))+\s*\Z"
)


class Repaired(msgspec.Struct, frozen=True):
    """A repaired trace and the edits made: (edit, trajectory, message)."""

    trace: Trace
    edits: tuple[tuple[str, int, int], ...]


def repair(trace: Trace) -> Repaired:
    """Apply every lossless edit that `trace` needs; an unneeded repair returns the trace itself."""
    edits: list[tuple[str, int, int]] = []
    trajectories = tuple(_trajectory(one, index, edits) for index, one in enumerate(trace.trajectories))
    if not edits:
        return Repaired(trace, ())
    answer = trajectories[0].messages[-1].text if trace.answer else trace.answer
    return Repaired(msgspec.structs.replace(trace, trajectories=trajectories, answer=answer), tuple(edits))


def _trajectory(trajectory: Trajectory, index: int, edits: list[tuple[str, int, int]]) -> Trajectory:
    messages = list(trajectory.messages)
    for at, message in enumerate(messages):
        if message.role == "assistant":
            messages[at] = _text(message, index, at, edits)
    return msgspec.structs.replace(trajectory, messages=tuple(_call_ids(messages, index, edits)))


def _text(message: Message, index: int, at: int, edits: list[tuple[str, int, int]]) -> Message:
    text = END_TOKENS.sub("", message.text)
    if text != message.text:
        edits.append(("end_tokens", index, at))
    if text != (bare := text.strip()):
        edits.append(("white_space", index, at))
    return msgspec.structs.replace(message, text=bare)


def _call_ids(messages: list[Message], index: int, edits: list[tuple[str, int, int]]) -> list[Message]:
    """Rename an id that an earlier turn used already, with its result in the message that follows."""
    used: set[str] = set()
    for at, message in enumerate(messages):
        again = {call.id: f"{call.id}_{at}" for call in message.calls if call.id in used}
        used |= {call.id for call in message.calls}
        if not again:
            continue
        edits.append(("call_ids", index, at))
        replace = msgspec.structs.replace
        messages[at] = replace(
            message, calls=tuple(replace(c, id=again.get(c.id, c.id)) for c in message.calls)
        )
        if at + 1 < len(messages):
            results = tuple(
                replace(r, call_id=again.get(r.call_id, r.call_id)) for r in messages[at + 1].results
            )
            messages[at + 1] = replace(messages[at + 1], results=results)
    return messages
