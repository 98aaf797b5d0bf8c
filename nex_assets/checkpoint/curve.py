"""The loss curve of a training run as an SVG that stands alone."""

from __future__ import annotations

from collections.abc import Sequence

WIDTH, HEIGHT, LEFT, TOP, BOTTOM = 560, 260, 46, 30, 34
SMOOTHING = 0.8


def loss_curve(losses: Sequence[float]) -> str:
    """Draw the loss of each step, faint, and its exponential mean. Raises ValueError where there is none."""
    if not losses:
        raise ValueError("a loss curve needs at least one step")
    top = max(losses) * 1.05 or 1.0
    lines = [_line(losses, top, "#b8c4ce", 1.0), _line(smoothed(losses), top, "#1f6f54", 2.0)]
    ticks = [top * share for share in (0, 0.25, 0.5, 0.75, 1)]
    return "\n".join(
        [
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" width="{WIDTH}" '
            f'height="{HEIGHT}" font-family="sans-serif" font-size="11" role="img">',
            f"<title>training loss, {len(losses)} steps</title>",
            '<rect width="100%" height="100%" fill="#ffffff"/>',
            f'<text x="{LEFT}" y="18" font-size="13">Loss per labelled token, by step</text>',
            *(_tick(value, top) for value in ticks),
            *lines,
            f'<text x="{LEFT}" y="{HEIGHT - 12}">1</text>',
            f'<text x="{WIDTH - 12}" y="{HEIGHT - 12}" text-anchor="end">{len(losses)}</text>',
            "</svg>",
        ]
    )


def smoothed(losses: Sequence[float]) -> list[float]:
    """Return the exponential running mean, begun at the first loss."""
    found = [losses[0]]
    for loss in losses[1:]:
        found.append(SMOOTHING * found[-1] + (1 - SMOOTHING) * loss)
    return found


def _line(losses: Sequence[float], top: float, colour: str, width: float) -> str:
    step = (WIDTH - LEFT - 12) / max(1, len(losses) - 1)
    points = " ".join(f"{LEFT + i * step:.1f},{_y(loss, top):.1f}" for i, loss in enumerate(losses))
    return f'<polyline points="{points}" fill="none" stroke="{colour}" stroke-width="{width}"/>'


def _tick(value: float, top: float) -> str:
    y = _y(value, top)
    grid = f'<path d="M{LEFT} {y:.1f}H{WIDTH - 12}" stroke="#e5e5e5"/>'
    return grid + f'<text x="{LEFT - 6}" y="{y + 4:.1f}" text-anchor="end">{value:.2f}</text>'


def _y(value: float, top: float) -> float:
    return TOP + (HEIGHT - TOP - BOTTOM) * (1 - value / top)
