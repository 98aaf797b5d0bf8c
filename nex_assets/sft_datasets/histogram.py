"""Histograms as SVG, drawn without a library so that a report needs nothing."""

from __future__ import annotations

import html
from collections.abc import Sequence

WIDTH, HEIGHT, FOOT = 640, 200, 24


def bins(values: Sequence[int], count: int = 20) -> list[tuple[int, int, int]]:
    """Return (low, high, how many) of `count` equal bins over `values`; high is exclusive."""
    if not values:
        return []
    low, high = min(values), max(values) + 1
    width = max(1, -(-(high - low) // count))
    edges = range(low, high, width)
    counts = [0] * len(edges)
    for value in values:
        counts[(value - low) // width] += 1
    return [(edge, edge + width, number) for edge, number in zip(edges, counts, strict=True)]


def histogram(title: str, values: Sequence[int], unit: str, mark: int | None = None) -> str:
    """Return an SVG histogram of `values`; `mark` draws a line, as for a length limit."""
    drawn = bins(values)
    label = html.escape(title)
    head = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT + FOOT}" role="img" '
        f'aria-label="{label}" font-family="system-ui" font-size="11"><title>{label}</title>'
    )
    if not drawn:
        return f'{head}<text x="8" y="20">{label}: nothing to show</text></svg>'
    low, high = drawn[0][0], drawn[-1][1]
    tallest, step = max(number for *_, number in drawn), WIDTH / len(drawn)
    bars = "".join(
        _bar(step * place, step, HEIGHT * 0.9 * number / tallest, f"{a:,}–{b - 1:,} {unit}: {number:,}")
        for place, (a, b, number) in enumerate(drawn)
    )
    foot = (
        f'<text x="2" y="{HEIGHT + 16}">{low:,}</text>'
        f'<text x="{WIDTH - 2}" y="{HEIGHT + 16}" text-anchor="end">{high - 1:,} {html.escape(unit)}</text>'
        f'<text x="2" y="12">{label} ({len(values):,} samples, tallest bar {tallest:,})</text>'
    )
    return head + bars + foot + _line(mark, low, high) + "</svg>"


def _bar(x: float, width: float, height: float, label: str) -> str:
    return (
        f'<rect x="{x + 1:.1f}" y="{HEIGHT - height:.1f}" width="{max(width - 2, 1):.1f}" '
        f'height="{height:.1f}" '
        f'fill="#4a7ab5"><title>{html.escape(label)}</title></rect>'
    )


def _line(mark: int | None, low: int, high: int) -> str:
    if mark is None or not low <= mark <= high:
        return ""
    x = WIDTH * (mark - low) / max(high - low, 1)
    return f'<line x1="{x:.1f}" x2="{x:.1f}" y1="0" y2="{HEIGHT}" stroke="#b33" stroke-dasharray="4 3"/>'
