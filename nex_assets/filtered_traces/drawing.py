"""The confusion matrix as self-contained SVG. No script, no font, no link."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape

from nex_assets.filtered_traces.kinds import KINDS
from nex_resources.report import open_svg


def confusion_svg(matrix: Mapping[str, Mapping[str, int]]) -> str:
    """Draw `matrix[label][kind]` as a heat map; each row is shaded by its own total."""
    order = [*KINDS, "clean", "hard negative"]
    rows = sorted(matrix, key=order.index)
    found = {kind for row in matrix.values() for kind in row}
    columns = [kind for kind in KINDS if kind in found or kind in rows] + ["nothing"]
    cell, left, top = 18, 170, 150
    width, height = left + cell * len(columns) + 20, top + cell * len(rows) + 20
    parts = [open_svg(width, height, "Confusion matrix: rows are what was injected, columns what was found")]
    for i, column in enumerate(columns):
        x = left + cell * i + 13
        parts.append(f"<text transform='translate({x},{top - 6}) rotate(-60)'>{escape(column)}</text>")
    for j, row in enumerate(rows):
        total = sum(matrix[row].values()) or 1
        y = top + cell * j
        parts.append(f"<text x='{left - 6}' y='{y + 13}' text-anchor='end'>{escape(row)} ({total})</text>")
        parts.append(
            f"<rect x='{left}' y='{y}' width='{cell * len(columns)}' height='{cell - 1}' fill='#f3f3f3'/>"
        )
        parts += [_cell(left + cell * i, y, cell, row, column, matrix[row][column], total)
                  for i, column in enumerate(columns) if matrix[row].get(column)]  # fmt: skip
    return "".join([*parts, "</svg>"])


def _cell(x: int, y: int, size: int, row: str, column: str, count: int, total: int) -> str:
    right = row == column or (column == "nothing" and row not in KINDS)
    colour = "#1a7f5a" if right else "#b3261e"
    fill = f"fill='{colour}' fill-opacity='{max(0.12, count / total):.2f}'"
    tip = f"<title>{escape(row)} → {escape(column)}: {count} of {total}</title>"
    return f"<rect x='{x}' y='{y}' width='{size - 1}' height='{size - 1}' {fill}>{tip}</rect>"
