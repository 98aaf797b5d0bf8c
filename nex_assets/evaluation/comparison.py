"""The comparison of models as a Markdown table and as a chart."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from nex_assets.evaluation.rates import METRICS, Rate

TITLES = {
    "seen": "seen shapes and phrasings, new values",
    "unseen_phrasing": "unseen phrasings",
    "unseen_shape": "unseen task shapes",
}
COLOURS = ("#9aa5b1", "#5b8fb9", "#1f6f54", "#b5651d", "#7a4fa3", "#444444")
LEFT, TOP, HEIGHT, BAR, GAP = 46, 44, 200, 34, 30


def table(rates: Sequence[Rate], note: str = "") -> str:
    """Return one row per split and model: each metric as `share (hits/n) [low–high]`, in percent.

    `note` (seeds, sizes, precision) stands below the table.
    """
    lines = [
        "| held-out set | model | " + " | ".join(METRICS) + " |",
        "|---|---|" + "---|" * len(METRICS),
    ]
    by_key = {(rate.split, rate.model, rate.metric): rate for rate in rates}
    for split, model in dict.fromkeys((rate.split, rate.model) for rate in rates):
        cells = [_cell(by_key[split, model, metric]) for metric in METRICS]
        lines.append(f"| {TITLES.get(split, split)} | {model} | " + " | ".join(cells) + " |")
    lines += ["", "95% Wilson intervals. " + note]
    return "\n".join(lines).rstrip() + "\n"


def _cell(rate: Rate) -> str:
    if not rate.n:
        return "– (no call)"
    return f"{rate.share:.0%} ({rate.hits}/{rate.n}) [{rate.low:.0%}–{rate.high:.0%}]"


def chart(rates: Sequence[Rate], metric: str = "task success") -> str:
    """Return an SVG that stands alone: bars of `metric` by held-out set and model, whiskers of 95%."""
    shown = [rate for rate in rates if rate.metric == metric]
    splits = list(dict.fromkeys(rate.split for rate in shown))
    models = list(dict.fromkeys(rate.model for rate in shown))
    group = BAR * len(models) + GAP
    width, height = LEFT + max(group * len(splits), 150 * len(models)) + 20, TOP + HEIGHT + 64
    parts = [_frame(width, height, metric), *_scale(width)]
    for place, split in enumerate(splits):
        left = LEFT + place * group + GAP / 2
        mine = [rate for rate in shown if rate.split == split]
        parts += [_bar(rate, left + BAR * models.index(rate.model), models) for rate in mine]
        middle = left + BAR * len(models) / 2
        parts.append(_text(middle, TOP + HEIGHT + 18, f"{split.replace('_', ' ')} (n={mine[0].n})"))
    parts += [_legend(number, model, height) for number, model in enumerate(models)]
    return "\n".join([*parts, "</svg>"])


def _frame(width: float, height: float, metric: str) -> str:
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width:.0f} {height:.0f}" '
        f'width="{width:.0f}" height="{height:.0f}" font-family="sans-serif" font-size="11" role="img">\n'
        f"<title>{escape(metric)} by held-out set and model</title>\n"
        f'<rect width="100%" height="100%" fill="#ffffff"/>\n'
        f'<text x="{LEFT}" y="20" font-size="14">{escape(metric.capitalize())}, held-out queries</text>'
    )


def _scale(width: float) -> list[str]:
    parts = []
    for percent in (0, 20, 40, 60, 80, 100):
        y = _height(percent / 100)
        parts.append(f'<path d="M{LEFT} {y:.1f}H{width - 10:.0f}" stroke="#dddddd" fill="none"/>')
        parts.append(_text(LEFT - 6, y + 4, f"{percent}%", "end"))
    return parts


def _bar(rate: Rate, left: float, models: Sequence[str]) -> str:
    y, middle = _height(rate.share), left + BAR / 2
    low, high = _height(rate.low), _height(rate.high)
    size = f'width="{BAR - 6}" height="{TOP + HEIGHT - y:.1f}"'
    colour = COLOURS[models.index(rate.model) % len(COLOURS)]
    title = f"<title>{escape(rate.model)}: {rate.hits}/{rate.n}</title>"
    whisker = f"M{middle:.1f} {low:.1f}V{high:.1f}m-4 0h8M{middle - 4:.1f} {low:.1f}h8"
    return "\n".join(
        (
            f'<rect x="{left + 3:.1f}" y="{y:.1f}" {size} fill="{colour}">{title}</rect>',
            f'<path d="{whisker}" stroke="#222222" fill="none"/>',
            _text(middle, high - 4, f"{rate.share:.0%}"),
        )
    )


def _legend(number: int, model: str, height: float) -> str:
    x, y, colour = LEFT + 150 * number, height - 16, COLOURS[number % len(COLOURS)]
    box = f'<rect x="{x}" y="{y - 9:.0f}" width="10" height="10" fill="{colour}"/>'
    return box + "\n" + _text(x + 15, y, model, "start")


def _height(share: float) -> float:
    return TOP + HEIGHT * (1 - share)


def _text(x: float, y: float, text: str, anchor: str = "middle") -> str:
    return f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}" fill="#222222">{escape(text)}</text>'
