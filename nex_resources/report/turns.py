"""A trajectory as a column of turns: what was said, called and returned, with sub-agents nested."""

from __future__ import annotations

import json
from typing import Any

from nex_resources.formats.frames import tool_line
from nex_resources.records import Message, Thinking, ToolCall, ToolResult, Trajectory
from nex_resources.report.case import Case
from nex_resources.report.html import Child, Html, join, tag
from nex_resources.report.marks import Marks, chip, marked, quoted

_LONG = 1_600  # characters of a result above which it scrolls by itself


def timeline(case: Case) -> Html:
    """Return all turns of a trace, the root agent's outermost."""
    marks = Marks(case.findings, case.trace.trajectories)
    shown = {0}
    body = _trajectory(case, 0, marks, shown)
    orphans = [i for i in range(len(case.trace.trajectories)) if i not in shown]
    return join(body, [_sub_agent(case, i, marks, shown) for i in orphans if i not in shown])


def anchor(trajectory: int, message: int) -> str:
    """Return the id that a turn has on its page."""
    return f"t{trajectory}-m{message}"


def _trajectory(case: Case, index: int, marks: Marks, shown: set[int]) -> Html:
    trajectory = case.trace.trajectories[index]
    results = {r.call_id for message in trajectory.messages for r in message.results}
    whole = [chip(mark) for mark in marks.of(index)]
    return tag(
        "div",
        tag("p", whole, class_="whole") if whole else None,
        _offered(trajectory),
        [
            _turn(case, index, number, message, marks, shown, results)
            for number, message in enumerate(trajectory.messages)
        ],
        class_="turns",
    )


def _offered(trajectory: Trajectory) -> Html | None:
    if not trajectory.tools:
        return None
    count = len(trajectory.tools)
    return tag(
        "details",
        tag("summary", f"{count} tool{'s' * (count > 1)} offered"),
        tag("ul", [tag("li", tag("code", tool_line(tool))) for tool in trajectory.tools], class_="plain"),
        class_="offered",
    )


def _turn(
    case: Case, index: int, number: int, message: Message, marks: Marks, shown: set[int], results: set[str]
) -> Html:
    masked = (index, number) in case.masked
    own = marks.of(index, number)
    parts: list[Child] = [_thinking(block) for block in message.thinking]
    if message.text:
        parts.append(tag("div", marked(message.text, marks.field(index, number, "text")), class_="text"))
    for position, call in enumerate(message.calls):
        parts.append(_call(case, index, number, position, call, marks, shown, results))
    for position, result in enumerate(message.results):
        parts.append(_result(index, number, position, result, marks))
    if not parts:
        parts.append(tag("p", "(empty turn)", class_="quiet"))
    head = tag(
        "header",
        tag("a", f"{number}", href=f"#{anchor(index, number)}", class_="number"),
        tag("span", message.role, class_="role"),
        _stop_reason(case.trace.trajectories[index], number),
        tag("span", "masked: not trained on", class_="chip masked") if masked else None,
        [chip(mark) for mark in own],
    )
    classes = f"turn {message.role}{' masked' if masked else ''}{' found' if own else ''}"
    return tag("article", head, parts, class_=classes, id=anchor(index, number), tabindex=-1)


def _stop_reason(trajectory: Trajectory, number: int) -> Html | None:
    """Return why the completion ended, where that is worth telling."""
    if trajectory.messages[number].role != "assistant":
        return None
    order = sum(m.role == "assistant" for m in trajectory.messages[:number])
    reason = trajectory.stop_reasons[order] if order < len(trajectory.stop_reasons) else ""
    return tag("span", reason, class_="chip warn") if reason not in ("", "stop", "tool_calls") else None


def _thinking(block: Thinking) -> Html:
    text = block.text or "(redacted by the provider)"
    return tag("details", tag("summary", "thinking"), tag("div", text, class_="text"), class_="thinking")


def _call(
    case: Case,
    index: int,
    number: int,
    position: int,
    call: ToolCall,
    marks: Marks,
    shown: set[int],
    results: set[str],
) -> Html:
    found = marks.field(index, number, f"calls.{position}")
    trajectory = case.trace.trajectories[index]
    started = [
        i
        for i, other in enumerate(case.trace.trajectories)
        if other.parent == trajectory.span and other.call_id == call.id and i not in shown
    ]
    return tag(
        "div",
        tag(
            "div",
            tag("span", "delegates to" if started else "calls", class_="verb"),
            tag("code", call.name, class_="name"),
            tag("span", call.id, class_="quiet id"),
            None if call.id in results else tag("span", "no result", class_="chip warn"),
            class_="line",
        ),
        _arguments(call, found),
        tag("pre", tag("span", "as written: ", class_="quiet"), call.raw) if call.raw is not None else None,
        [_sub_agent(case, i, marks, shown) for i in started],
        class_=f"call{' found' if found else ''}",
    )


def _arguments(call: ToolCall, found: list[Any]) -> Html:
    if not call.arguments:
        return tag("p", "no arguments", class_="quiet")
    text = json.dumps(call.arguments, indent=2, ensure_ascii=False)
    return tag("pre", quoted(text, found), class_="json")


def _result(index: int, number: int, position: int, result: ToolResult, marks: Marks) -> Html:
    body = marked(result.text, marks.field(index, number, f"results.{position}.text"))
    long = len(result.text) > _LONG
    pre = tag("pre", body, class_="long" if long else None, tabindex=0 if long else None)
    return tag(
        "div",
        tag(
            "div",
            tag("span", "returns", class_="verb"),
            tag("code", result.name, class_="name"),
            tag("span", result.call_id, class_="quiet id"),
            tag("span", result.error.replace("_", " "), class_="chip error") if result.error else None,
            tag("span", seconds(result.seconds), class_="quiet latency"),
            tag("span", _cut(result), class_="chip warn") if result.full_path else None,
            class_="line",
        ),
        pre if result.text else tag("p", "(nothing)", class_="quiet"),
        [
            tag("p", f"{part.kind} {part.mime_type} {part.uri or part.path}", class_="quiet")
            for part in result.parts
        ],
        class_=f"result{' failed' if result.error else ''}",
    )


def _cut(result: ToolResult) -> str:
    return f"cut: {len(result.text):,} of {result.size:,} characters shown; all of it in {result.full_path}"


def _sub_agent(case: Case, index: int, marks: Marks, shown: set[int]) -> Html:
    shown.add(index)
    trajectory = case.trace.trajectories[index]
    calls = sum(len(message.calls) for message in trajectory.messages)
    summary = tag(
        "summary",
        tag("span", "sub-agent ", class_="verb"),
        tag("code", trajectory.agent),
        tag("span", f" {len(trajectory.messages)} messages, {calls} calls", class_="quiet"),
        None if trajectory.status == "completed" else tag("span", trajectory.status, class_="chip error"),
    )
    return tag("details", summary, _trajectory(case, index, marks, shown), class_="sub", open=True)


def seconds(value: float) -> str:
    """Return a duration in the unit that reads best; nothing for none."""
    if value <= 0:
        return ""
    if value < 1:
        return f"{value * 1000:.0f} ms"
    return f"{value:.1f} s" if value < 120 else f"{value / 60:.1f} min"
