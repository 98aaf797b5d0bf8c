"""One trajectory in every format, side by side: what the loss covers is marked, what a format cannot carry
is said with its reason."""

from __future__ import annotations

import html
from collections.abc import Sequence

from nex_resources.formats import FORMATS, ChatFrame, Rendered
from nex_resources.records import Trajectory

_STYLE = """
.formats{display:grid;grid-template-columns:repeat(auto-fill,minmax(24rem,1fr));gap:1rem;align-items:start}
.formats article{border:1px solid #c8ccd2;border-radius:6px;overflow:hidden;min-width:0}
.formats h3{margin:0;padding:.4rem .7rem;background:#eef1f5;font:600 .9rem system-ui;color:#1c2733}
.formats h3 small{font-weight:400;color:#55606c}
.formats pre{margin:0;padding:.6rem .7rem;font:.75rem/1.45 ui-monospace,monospace;white-space:pre-wrap;
overflow-wrap:anywhere;max-height:40rem;overflow:auto;color:#39434e}
.formats mark{background:#d9efd9;color:#14361a}
.formats p{margin:.6rem .7rem;color:#8a2b2b;font:.85rem system-ui}
"""


def side_by_side(
    trajectory: Trajectory, formats: Sequence[str] = tuple(FORMATS), train: Sequence[bool] | None = None
) -> str:
    """Return an HTML fragment that shows `trajectory` in each of `formats`. `train` has one flag a message;
    None marks all assistant turns."""
    frame = ChatFrame()
    shown = []
    for name in formats:
        rendered = frame.render(trajectory.messages, trajectory.tools, FORMATS[name], train)
        shown.append(_article(name, rendered))
    title = html.escape(trajectory.agent)
    opening = f'<style>{_STYLE}</style><section class="formats" aria-label="{title} in all formats">'
    return f"{opening}{''.join(shown)}</section>"


def page(trajectory: Trajectory, formats: Sequence[str] = tuple(FORMATS)) -> str:
    """Return a whole HTML page of `side_by_side`."""
    title = html.escape(f"{trajectory.agent}: one trajectory, {len(formats)} formats")
    return (
        f'<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{title}</title>'
        '<meta name="viewport" content="width=device-width, initial-scale=1"></head>'
        f'<body style="margin:1.5rem;font-family:system-ui"><h1>{title}</h1>'
        f"<p><mark>Marked</mark>: what the loss covers.</p>{side_by_side(trajectory, formats)}</body></html>"
    )


def _article(name: str, rendered: Rendered) -> str:
    if rendered.reason:
        body = f"<p>Cannot carry this trajectory: {html.escape(rendered.reason)}</p>"
    else:
        body = f"<pre>{_marked(rendered)}</pre>"
    size = f"{len(rendered.text):,} characters"
    return f'<article id="format-{name}"><h3>{name} <small>{size}</small></h3>{body}</article>'


def _marked(rendered: Rendered) -> str:
    parts, position = [], 0
    for start, stop in rendered.labelled:
        parts.append(html.escape(rendered.text[position:start]))
        parts.append(f"<mark>{html.escape(rendered.text[start:stop])}</mark>")
        position = stop
    return "".join([*parts, html.escape(rendered.text[position:])])
