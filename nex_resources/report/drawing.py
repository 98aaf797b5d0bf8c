"""Drawings as self-contained SVG. No script, no font, no link."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from nex_resources.report.data import Stage

_FONT = "font-family='system-ui,sans-serif' font-size='11'"


def funnel_svg(stages: Sequence[Stage]) -> str:
    """Draw stages as bars, each with what was lost before it and the three commonest reasons."""
    top = max((stage.count for stage in stages), default=1) or 1
    parts = [open_svg(760, 52 * len(stages) + 20, "Funnel from queries to exported rows")]
    before: int | None = None
    for index, stage in enumerate(stages):
        y, count = 12 + 52 * index, stage.count
        width = max(1, round(360 * count / top))
        parts.append(f"<text x='8' y='{y + 20}'>{escape(stage.name)}</text>")
        parts.append(f"<rect x='150' y='{y}' width='{width}' height='28' fill='#2f6fab'/>")
        parts.append(f"<text x='{160 + width}' y='{y + 19}'>{count:,}</text>")
        if before is not None and before > count:
            worst = sorted(stage.reasons.items(), key=lambda item: (-item[1], item[0]))[:3]
            why = ", ".join(f"{reason} {n}" for reason, n in worst)
            note = f"−{before - count:,}" + (f": {why}" if why else "")
            parts.append(f"<text x='150' y='{y + 42}' fill='#b3261e'>{escape(note)}</text>")
        before = count
    return "".join([*parts, "</svg>"])


def open_svg(width: int, height: int, title: str) -> str:
    """Return an SVG's opening tag, with its title and a white ground."""
    return (
        f"<svg xmlns='http://www.w3.org/2000/svg' width='{width}' height='{height}' "
        f"viewBox='0 0 {width} {height}' {_FONT}><title>{escape(title)}</title>"
        f"<rect width='{width}' height='{height}' fill='white'/>"
    )
