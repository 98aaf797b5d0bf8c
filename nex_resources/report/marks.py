"""Findings at their place: which field of which message, and which characters of it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import NamedTuple

import msgspec

from nex_resources.records import Finding, Message, Trajectory
from nex_resources.report.html import Html, escape, join, link, tag


class Mark(NamedTuple):
    """A finding with its number on the page; [start, end) are characters of the field it points to."""

    number: int
    finding: Finding
    start: int = 0
    end: int = 0


def place(finding: Finding, number: int, trajectories: Sequence[Trajectory]) -> str:
    """Return the address on the page of what a finding points to: its characters, its turn, or all turns."""
    finding = settle(finding, trajectories)
    messages = _messages(finding, trajectories)
    if not 0 <= finding.message < len(messages):
        return "#timeline"
    start, end = finding.span or (0, 0)
    text = _field_text(messages[finding.message], finding.where)
    if max(0, start) < min(len(text), end):
        return f"#at-{number}"
    return f"#t{finding.trajectory}-m{finding.message}"


def settle(finding: Finding, trajectories: Sequence[Trajectory]) -> Finding:
    """Return the finding at the turn that holds its field: a result named by the turn that called for it
    stands in the tool's turn after that."""
    messages = _messages(finding, trajectories)
    at = finding.message
    called = finding.where.startswith("results.") and 0 <= at < len(messages) - 1 and bool(messages[at].calls)
    if called and messages[at + 1].role == "tool":
        return msgspec.structs.replace(finding, message=at + 1)
    return finding


def _messages(finding: Finding, trajectories: Sequence[Trajectory]) -> Sequence[Message]:
    inside = 0 <= finding.trajectory < len(trajectories)
    return trajectories[finding.trajectory].messages if inside else ()


def _field_text(message: Message, where: str) -> str:
    if where == "text":
        return message.text
    results = {f"results.{i}.text": result.text for i, result in enumerate(message.results)}
    return results.get(where, "")


class Marks:
    """The findings of a trace by (trajectory, message, field)."""

    def __init__(self, findings: Sequence[Finding], trajectories: Sequence[Trajectory]):
        self._at: dict[tuple[int, int], list[Mark]] = {}
        for number, finding in enumerate(settle(found, trajectories) for found in findings):
            start, end = finding.span or (0, 0)
            mark = Mark(number, finding, start, end)
            self._at.setdefault((finding.trajectory, finding.message), []).append(mark)

    def of(self, trajectory: int, message: int = -1) -> list[Mark]:
        """Return the findings of one message, or (-1) those of a trajectory as a whole."""
        return self._at.get((trajectory, message), [])

    def field(self, trajectory: int, message: int, where: str) -> list[Mark]:
        """Return the findings of one field; `calls.0` holds those of `calls.0.arguments` as well."""
        return [
            mark
            for mark in self.of(trajectory, message)
            if mark.finding.where == where or mark.finding.where.startswith(f"{where}.")
        ]


def marked(text: str, marks: Iterable[Mark]) -> Html:
    """Return `text` with each mark's characters highlighted; overlapping marks share their characters.

    A span that lies outside of the text is cut to it; an empty one highlights nothing.
    """
    spans = [(max(0, m.start), min(len(text), m.end), m) for m in marks if m.end > m.start]
    spans = [span for span in spans if span[0] < span[1]]
    edges = sorted({0, len(text), *(e for start, end, _ in spans for e in (start, end))})
    anchored: set[int] = set()
    out: list[Html] = []
    for start, end in pairwise(edges):
        active = [m for s, e, m in spans if s <= start and end <= e]
        out.append(_piece(text[start:end], active, anchored))
    return join(out)


def quoted(text: str, marks: Iterable[Mark]) -> Html:
    """Return `text` with each mark's evidence highlighted where it stands in it: for fields that are shown
    in another form than the one the detector read."""
    found = []
    for mark in marks:
        quote = mark.finding.evidence.strip("'\"…")
        at = text.find(quote) if len(quote) > 2 else -1
        if at >= 0:
            found.append(mark._replace(start=at, end=at + len(quote)))
    return marked(text, found)


def chip(mark: Mark, to: str = "") -> Html:
    """Return a finding as a small label that links to its place or, with `to`, elsewhere."""
    finding = mark.finding
    label = f"{finding.kind.replace('_', ' ')}"
    return link(
        to or f"#finding-{mark.number}",
        label,
        class_=f"chip finding {finding.severity}",
        title=f"{finding.detector}: {finding.evidence}",
    )


def _piece(text: str, active: list[Mark], anchored: set[int]) -> Html:
    if not active:
        return escape(text)
    worst = max(active, key=lambda m: ("info", "flag", "drop").index(m.finding.severity))
    fresh = [m.number for m in active if m.number not in anchored]
    anchored.update(fresh)
    told = "; ".join(f"{m.finding.kind}: {m.finding.evidence}" for m in active)
    others = [tag("span", id=f"at-{number}") for number in fresh[1:]]
    return tag(
        "mark",
        others,
        text,
        class_=worst.finding.severity,
        title=told,
        id=f"at-{fresh[0]}" if fresh else None,
        tabindex=0 if fresh else None,
    )
