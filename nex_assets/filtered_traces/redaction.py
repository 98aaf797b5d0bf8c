"""Redaction: secrets and personal data replaced, with a count, before anything is exported.

Equal values get equal marks within a trace (`[email 1]`), so that a redacted conversation still makes
sense. Calls' arguments are redacted in place and stay valid JSON.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from typing import Any

import msgspec

from nex_assets.filtered_traces.secrets import Leak, scan
from nex_resources.records import Message, ToolCall, Trace, Trajectory, split_qualified


class Redacted(msgspec.Struct, frozen=True):
    """A redacted trace, and how many places were replaced by label."""

    trace: Trace
    counts: dict[str, int]


class _Marks:
    """The marks of one trace."""

    def __init__(self, allowed: Mapping[str, Sequence[str]], world: str, kinds: frozenset[str]):
        self.allowed = allowed
        self.kinds = kinds
        self.world = world
        self.counts: Counter[str] = Counter()
        self._names: dict[tuple[str, str], str] = {}
        self._numbers: Counter[str] = Counter()

    def text(self, text: str, server: str = "") -> str:
        for leak in reversed(scan(text)):
            value = text[leak.start : leak.end]
            if leak.kind in self.kinds and not self._is_world(leak, value, server):
                text = text[: leak.start] + self._mark(leak.label, value) + text[leak.end :]
        return text

    def value(self, value: Any) -> Any:
        if isinstance(value, str):
            return self.text(value)
        if isinstance(value, dict):
            return {key: self.value(item) for key, item in value.items()}
        return [self.value(item) for item in value] if isinstance(value, list) else value

    def _is_world(self, leak: Leak, value: str, server: str) -> bool:
        allowed = self.allowed.get(leak.kind, ())
        return server in allowed or "*" in allowed or (bool(allowed) and value in self.world)

    def _mark(self, label: str, value: str) -> str:
        self.counts[label] += 1
        if (label, value) not in self._names:
            self._numbers[label] += 1
            self._names[label, value] = f"[{label.replace('_', ' ')} {self._numbers[label]}]"
        return self._names[label, value]


def redact(
    trace: Trace,
    allowed: Mapping[str, Sequence[str]] | None = None,
    kinds: Collection[str] = ("secret", "personal_data"),
) -> Redacted:
    """Redact every text of `trace` that holds something of `kinds`; `allowed` maps a kind to servers whose
    results are synthetic data."""
    allowed = allowed or {}
    world = _world(trace, {server for servers in allowed.values() for server in servers})
    marks = _Marks(allowed, world, frozenset(kinds))
    trajectories = tuple(_trajectory(one, marks) for one in trace.trajectories)
    answer = trajectories[0].messages[-1].text if trace.answer and trajectories else trace.answer
    new = msgspec.structs.replace(trace, trajectories=trajectories, answer=answer)
    return Redacted(new if marks.counts else trace, dict(marks.counts))


def _world(trace: Trace, servers: set[str]) -> str:
    parts = [m.text for t in trace.trajectories for m in t.messages if m.role == "user"] if servers else []
    results = [r for t in trace.trajectories for m in t.messages for r in m.results]
    return "\n".join(parts + [r.text for r in results if split_qualified(r.name)[0] in servers])


def _trajectory(trajectory: Trajectory, marks: _Marks) -> Trajectory:
    return msgspec.structs.replace(
        trajectory, messages=tuple(_message(m, marks) for m in trajectory.messages)
    )


def _call(call: ToolCall, marks: _Marks) -> ToolCall:
    raw = marks.text(call.raw) if call.raw else call.raw
    return msgspec.structs.replace(call, arguments=marks.value(call.arguments), raw=raw)


def _message(message: Message, marks: _Marks) -> Message:
    replace = msgspec.structs.replace
    return replace(
        message,
        text=marks.text(message.text),
        thinking=tuple(replace(block, text=marks.text(block.text)) for block in message.thinking),
        calls=tuple(_call(call, marks) for call in message.calls),
        results=tuple(
            replace(
                r, text=marks.text(r.text, split_qualified(r.name)[0]), structured=marks.value(r.structured)
            )
            for r in message.results
        ),
    )
