"""A Trace is a fold over events: of a finished rollout, or of one whose process died."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, TypeVar

import msgspec

from nex_resources.records import Event, Message, Status, Task, ToolResult, ToolSpec, Trace, Trajectory, Usage

T = TypeVar("T")


class _Run:
    """One run of one agent while its events come in."""

    def __init__(self, event: Event):
        payload = event.payload
        self.agent, self.span, self.parent = event.agent, event.span, event.parent
        self.call_id: str = payload.get("call_id", "")
        self.tools: tuple[ToolSpec, ...] = _as(tuple[ToolSpec, ...], payload.get("tools", ()))
        self.messages: list[Message] = list(_as(tuple[Message, ...], payload["messages"]))
        self.results: dict[str, ToolResult] = {}
        self.stop_reasons: list[str] = []
        self.usage = Usage()
        self.status: Status = "interrupted"

    def flush(self) -> None:
        """Put the results of the last turn behind its calls, in the order of the calls."""
        if self.results:
            calls = self.messages[-1].calls
            self.messages.append(
                Message(
                    "tool", results=tuple(self.results[call.id] for call in calls if call.id in self.results)
                )
            )
            self.results = {}

    def trajectory(self) -> Trajectory:
        self.flush()
        return Trajectory(
            self.agent,
            self.span,
            tuple(self.messages),
            self.tools,
            self.parent,
            self.call_id,
            self.status,
            tuple(self.stop_reasons),
            self.usage,
        )


class Folder:
    """Folds events as they come; `trace` may be asked for at any time.

    Messages are kept whole: a compaction changes what the model is shown later, not what was said.
    """

    def __init__(self) -> None:
        self._runs: dict[str, _Run] = {}
        self._usage = Usage()
        self._first: Event | None = None
        self._last: Event | None = None

    def append(self, event: Event) -> None:
        self._first = self._first or event
        self._last = event
        handle = _HANDLERS.get(event.kind)
        if handle:
            handle(self, event)

    def _started(self, event: Event) -> None:
        self._runs[event.span] = _Run(event)

    def _resumed(self, event: Event) -> None:
        run = self._runs[event.span]
        run.flush()
        run.messages.append(_as(Message, event.payload["message"]))
        run.status = "interrupted"

    def _completion(self, event: Event) -> None:
        run = self._runs[event.span]
        run.flush()
        run.messages.append(_as(Message, event.payload["message"]))
        run.stop_reasons.append(event.payload["stop_reason"])
        usage = _as(Usage, event.payload["usage"])
        run.usage += usage
        self._usage += usage

    def _offered(self, event: Event) -> None:
        self._runs[event.span].tools += _as(tuple[ToolSpec, ...], event.payload["tools"])

    def _result(self, event: Event) -> None:
        result = _as(ToolResult, event.payload["result"])
        self._runs[event.span].results[result.call_id] = result

    def _finished(self, event: Event) -> None:
        self._runs[event.span].status = event.payload["status"]

    @property
    def usage(self) -> Usage:
        return self._usage

    def trace(self) -> Trace:
        first, last = self._first, self._last
        if first is None or last is None:
            raise ValueError("no events: a rollout's record begins with rollout_started")
        started, done = first.payload, last.kind == "rollout_finished"
        return Trace(
            id=first.rollout,
            query_id=_as(Task, started["task"]).id,
            framework_id=started.get("framework_id", ""),
            status=last.payload["status"] if done else "interrupted",
            answer=last.payload["answer"] if done else "",
            trajectories=tuple(run.trajectory() for run in self._runs.values()),
            usage=self._usage,
            started_at=first.at,
            seconds=last.payload["seconds"] if done else last.at - first.at,
            model=started.get("model", ""),
            workspace=started.get("workspace", ""),
        )


_HANDLERS: dict[str, Callable[[Folder, Event], None]] = {
    "agent_started": Folder._started,
    "user_turn": Folder._resumed,
    "completion": Folder._completion,
    "tool_result": Folder._result,
    "tools_offered": Folder._offered,
    "agent_finished": Folder._finished,
}


def fold(events: Iterable[Event]) -> Trace:
    """Return the trace that `events` tell of. Without a `rollout_finished` its status is `interrupted`."""
    folder = Folder()
    for event in events:
        folder.append(event)
    return folder.trace()


def _as(kind: type[T], value: Any) -> T:
    """Payloads hold records while they are in memory and plain JSON once read from a file."""
    return msgspec.convert(value, kind)
