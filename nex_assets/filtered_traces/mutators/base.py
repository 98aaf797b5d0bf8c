"""What a mutator is, and the edits that mutators are made of.

A mutator takes a good specimen and injects one labelled defect; `strength` goes from 1 (barely there) to
3 (glaring). It returns None where the specimen offers no place for the defect.
"""

from __future__ import annotations

from collections.abc import Callable
from random import Random
from typing import Any

import msgspec

from nex_assets.filtered_traces.specimens import Specimen
from nex_resources.records import (
    ErrorKind,
    Message,
    Query,
    ToolCall,
    ToolResult,
    Trace,
    Trajectory,
    Verdict,
    content_id,
)


class Mutant(msgspec.Struct, frozen=True):
    """A trace with a known defect of `kind`. `also` are kinds that follow from it and are no false alarms."""

    kind: str
    strength: int
    family: str
    trace: Trace
    query: Query
    verdict: Verdict
    also: frozenset[str] = frozenset()


Mutator = Callable[[Specimen, Random, int], Mutant | None]

FAILED = Verdict(False, False, True, (), (), ("the final state differs",))


def made(
    specimen: Specimen,
    kind: str,
    strength: int,
    trace: Trace,
    also: tuple[str, ...] = (),
    verdict: Verdict | None = None,
) -> Mutant:
    """Label `trace`. It gets an id of its own, since its content differs."""
    body = msgspec.structs.replace(trace, id="")
    trace = msgspec.structs.replace(body, id=content_id("trace", body))
    given = specimen.verdict if verdict is None else verdict
    return Mutant(kind, strength, specimen.family, trace, specimen.query, given, frozenset(also))


def with_messages(trace: Trace, messages: list[Message], index: int = 0, **changes: Any) -> Trace:
    """Replace one trajectory's messages; its stop reasons follow."""
    old = trace.trajectories[index]
    stops = tuple("tool_calls" if m.calls else "stop" for m in messages if m.role == "assistant")
    new = msgspec.structs.replace(old, messages=tuple(messages), stop_reasons=stops, **changes)
    last = messages[-1] if messages else Message("assistant")
    answer = last.text if last.role == "assistant" and not last.calls else ""
    return _with(trace, index, new, answer if index == 0 else trace.answer)


def _with(trace: Trace, index: int, new: Trajectory, answer: str) -> Trace:
    trajectories = tuple(new if i == index else t for i, t in enumerate(trace.trajectories))
    return msgspec.structs.replace(trace, trajectories=trajectories, answer=answer)


def root(trace: Trace) -> list[Message]:
    """Return the root's messages as a list to edit."""
    return list(trace.root.messages)


def answer_of(trace: Trace) -> str:
    last = trace.root.messages[-1]
    return last.text if last.role == "assistant" and not last.calls else ""


def with_answer(trace: Trace, text: str) -> Trace:
    """Replace the final answer."""
    messages = root(trace)
    messages[-1] = msgspec.structs.replace(messages[-1], text=text)
    return with_messages(trace, messages)


def calling_turns(trace: Trace) -> list[int]:
    """Indices of the root's turns that make calls and got their results."""
    messages = trace.root.messages
    return [i for i, m in enumerate(messages[:-1]) if m.calls and messages[i + 1].role == "tool"]


def call_turn(
    name: str,
    arguments: dict[str, Any],
    result: str,
    error: ErrorKind | None = None,
    text: str = "",
    tag: str = "x",
    raw: str | None = None,
) -> list[Message]:
    """Make a turn with one call and its result, to be inserted."""
    call = ToolCall(f"call_{tag}", name, arguments, raw)
    answer = ToolResult(call.id, name, result, error, size=len(result))
    return [Message("assistant", text, calls=(call,)), Message("tool", results=(answer,))]  # fmt: skip


def insert(trace: Trace, at: int, new: list[Message]) -> Trace:
    """Insert messages before index `at` of the root."""
    messages = root(trace)
    return with_messages(trace, messages[:at] + new + messages[at:])


def change_call(
    trace: Trace, at: int, call: ToolCall, result: str | None = None, error: ErrorKind | None = None
) -> Trace:
    """Replace the first call of turn `at`, and its result where one is given."""
    messages = root(trace)
    calls = (call, *messages[at].calls[1:])
    messages[at] = msgspec.structs.replace(messages[at], calls=calls)
    old = messages[at + 1].results
    new = ToolResult(call.id, call.name, old[0].text if result is None else result, error)
    messages[at + 1] = msgspec.structs.replace(messages[at + 1], results=(new, *old[1:]))
    return with_messages(trace, messages)


def is_chinese(specimen: Specimen) -> bool:
    return specimen.query.language == "zh"
