"""One trajectory in every format, side by side as tabs, with the characters that the loss covers."""

from __future__ import annotations

from collections.abc import Sequence

from nex_resources.formats import FORMATS, ChatFrame, Codec
from nex_resources.records import Trajectory
from nex_resources.report.case import Case, train_flags
from nex_resources.report.html import Html, escape, join, tag

_LIMIT = 60_000  # characters of a rendering that are shown


def renderings(case: Case, codecs: dict[str, Codec] | None = None) -> Html:
    """Return every trajectory of `case` in every format; the root's is open."""
    chosen = FORMATS if codecs is None else codecs
    return join(
        [
            tag(
                "details",
                tag("summary", tag("code", trajectory.agent), f" in {len(chosen)} formats"),
                _tabs(f"f{index}", trajectory, train_flags(case, index), chosen),
                open=index == 0,
                class_="formats",
            )
            for index, trajectory in enumerate(case.trace.trajectories)
        ]
    )


def _tabs(key: str, trajectory: Trajectory, flags: Sequence[bool], codecs: dict[str, Codec]) -> Html:
    panels = {name: _rendering(trajectory, flags, codec) for name, codec in codecs.items()}
    buttons = [
        tag(
            "button",
            name,
            tag("span", " ✕", class_="no", title="cannot carry this trajectory") if reason else None,
            role="tab",
            type="button",
            id=f"{key}-{name}-tab",
            aria_controls=f"{key}-{name}",
            aria_selected="true" if i == 0 else "false",
            tabindex=0 if i == 0 else -1,
        )
        for i, (name, (_, reason)) in enumerate(panels.items())
    ]
    bodies = [
        tag(
            "div",
            tag("h4", name),
            body,
            role="tabpanel",
            id=f"{key}-{name}",
            aria_labelledby=f"{key}-{name}-tab",
        )
        for name, (body, _) in panels.items()
    ]
    bar = tag("div", buttons, role="tablist", aria_label="tool-call format")
    return tag("div", bar, bodies, class_="tabs")


def _rendering(trajectory: Trajectory, flags: Sequence[bool], codec: Codec) -> tuple[Html, str | None]:
    """Return the panel of one format, and the reason why the format cannot carry the trajectory."""
    rendered = ChatFrame().render(trajectory.messages, trajectory.tools, codec, flags)
    covered = sum(end - start for start, end in rendered.labelled)
    share = f"{covered:,} of {len(rendered.text):,} characters are trained on"
    told = (
        tag("p", "Left out of this format: ", rendered.reason, class_="notice") if rendered.reason else None
    )
    cut = len(rendered.text) > _LIMIT
    more = tag("p", f"Cut at {_LIMIT:,} characters.", class_="quiet") if cut else None
    pre = tag("pre", labelled(rendered.text[:_LIMIT], rendered.labelled), class_="rendering")
    return join(told, tag("p", share, class_="quiet"), pre, more), rendered.reason


def labelled(text: str, ranges: Sequence[tuple[int, int]]) -> Html:
    """Return `text` with the [start, end) ranges that the loss covers highlighted."""
    out: list[Html] = []
    at = 0
    for start, end in ranges:
        out += [escape(text[at:start]), tag("ins", text[start:end]) if text[start:end] else Html()]
        at = end
    return join(out, escape(text[at:]))
