"""Drawings as self-contained SVG: the confusion matrix and the funnel. No script, no font, no link."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape

from nex_assets.filtered_traces.kinds import KINDS

_FONT = "font-family='system-ui,sans-serif' font-size='11'"


def confusion_svg(matrix: Mapping[str, Mapping[str, int]]) -> str:
    """Draw `matrix[label][kind]` as a heat map; each row is shaded by its own total."""
    order = [*KINDS, "clean", "hard negative"]
    rows = sorted(matrix, key=order.index)
    found = {kind for row in matrix.values() for kind in row}
    columns = [kind for kind in KINDS if kind in found or kind in rows] + ["nothing"]
    cell, left, top = 18, 170, 150
    width, height = left + cell * len(columns) + 20, top + cell * len(rows) + 20
    parts = [_open(width, height, "Confusion matrix: rows are what was injected, columns what was found")]
    for i, column in enumerate(columns):
        x = left + cell * i + 13
        parts.append(f"<text transform='translate({x},{top - 6}) rotate(-60)'>{escape(column)}</text>")
    for j, row in enumerate(rows):
        total = sum(matrix[row].values()) or 1
        y = top + cell * j
        parts.append(f"<text x='{left - 6}' y='{y + 13}' text-anchor='end'>{escape(row)} ({total})</text>")
        parts += [_cell(left + cell * i, y, cell, row, column, matrix[row].get(column, 0), total)
                  for i, column in enumerate(columns)]  # fmt: skip
    return "".join([*parts, "</svg>"])


def _cell(x: int, y: int, size: int, row: str, column: str, count: int, total: int) -> str:
    right = row == column or (column == "nothing" and row not in KINDS)
    colour = "#1a7f5a" if right else "#b3261e"
    fill = f"fill='{colour}' fill-opacity='{max(0.12, count / total):.2f}'" if count else "fill='#f3f3f3'"
    tip = f"<title>{escape(row)} → {escape(column)}: {count} of {total}</title>"
    return f"<rect x='{x}' y='{y}' width='{size - 1}' height='{size - 1}' {fill}>{tip}</rect>"


def funnel_svg(
    stages: Sequence[tuple[str, int]], reasons: Mapping[str, Mapping[str, int]] | None = None
) -> str:
    """Draw stages (name, rows) as bars, with what each lost and the three commonest reasons, by stage."""
    reasons = reasons or {}
    top = max((count for _, count in stages), default=1) or 1
    parts = [_open(760, 52 * len(stages) + 20, "Funnel from queries to exported rows")]
    before = None
    for index, (name, count) in enumerate(stages):
        y = 12 + 52 * index
        parts.append(f"<text x='8' y='{y + 20}'>{escape(name)}</text>")
        parts.append(
            f"<rect x='120' y='{y}' width='{max(1, round(360 * count / top))}' height='28' fill='#2f6fab'/>"
        )
        parts.append(f"<text x='{130 + round(360 * count / top)}' y='{y + 19}'>{count:,}</text>")
        if before is not None and before > count:
            worst = sorted(reasons.get(name, {}).items(), key=lambda item: (-item[1], item[0]))[:3]
            why = ", ".join(f"{reason} {n}" for reason, n in worst)
            note = f"−{before - count:,}" + (f": {why}" if why else "")
            parts.append(f"<text x='120' y='{y + 42}' fill='#b3261e'>{escape(note)}</text>")
        before = count
    return "".join([*parts, "</svg>"])


def _open(width: int, height: int, title: str) -> str:
    return (
        f"<svg xmlns='http://www.w3.org/2000/svg' width='{width}' height='{height}' "
        f"viewBox='0 0 {width} {height}' {_FONT}><title>{escape(title)}</title>"
        f"<rect width='{width}' height='{height}' fill='white'/>"
    )
