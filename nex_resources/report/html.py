"""Markup from Python, escaped unless it says otherwise: `tag("p", text)` can only show `text`, never run it.

Text comes from models, tools and servers, and is hostile until shown otherwise: control characters and
direction overrides, which could make one thing look like another, are shown as what they are.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import TypeAlias

VOID = frozenset({"br", "hr", "img", "input", "link", "meta", "wbr"})
_ESCAPES = {"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;"}
_TELLING = re.compile(
    "[&<>\"'\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ud800-\udfff]"
)
_NAME = re.compile(r"[a-z][a-z0-9-]*")


class Html(str):
    """Markup that is safe to put on a page as it is. Made by `tag`, `escape` and `join` only."""

    __slots__ = ()


Child: TypeAlias = "str | Html | int | float | Iterable[Child] | None"


def escape(text: str) -> Html:
    """Return `text` so that it shows and does nothing else, between tags as well as in an attribute."""
    return Html(_TELLING.sub(lambda match: _shown(match.group()), text))


def join(*children: Child) -> Html:
    """Return `children` one after the other; strings that are not `Html` are escaped, None is nothing."""
    return Html("".join(_render(children)))


def tag(name: str, /, *children: Child, **attributes: str | int | float | bool | None) -> Html:
    """Return an element. `class_` and `for_` stand for `class` and `for`, `data_x` for `data-x`; True is a
    bare attribute, None and False leave it out."""
    given = "".join(_attribute(key, value) for key, value in attributes.items())
    if name in VOID:
        return Html(f"<{name}{given}>")
    return Html(f"<{name}{given}>{join(*children)}</{name}>")


def link(href: str, /, *children: Child, **attributes: str | int | float | bool | None) -> Html:
    """Return a link within the report; an address that leads out of it is a ValueError."""
    if ":" in href.split("#")[0] or href.startswith("//"):
        raise ValueError(f"{href!r} leads out of the report; only relative addresses are allowed")
    return tag("a", *children, href=href, **attributes)


def _render(child: Child) -> Iterable[str]:
    if child is None:
        return
    if isinstance(child, Html):
        yield child
    elif isinstance(child, str):
        yield escape(child)
    elif isinstance(child, int | float):
        yield escape(str(child))
    else:
        for inner in child:
            yield from _render(inner)


def _attribute(key: str, value: str | int | float | bool | None) -> str:
    name = key.rstrip("_").replace("_", "-")
    if not _NAME.fullmatch(name) or name.startswith("on"):
        raise ValueError(f"{name!r} is not an attribute that pages of the report have")
    if value is None or value is False:
        return ""
    return f" {name}" if value is True else f' {name}="{escape(str(value))}"'


def _shown(char: str) -> str:
    if char in _ESCAPES:
        return _ESCAPES[char]
    if char == "\r":
        return "␍"
    if "\ud800" <= char <= "\udfff":
        return "\ufffd"
    return chr(0x2400 + ord(char)) if char < " " else f"⟦U+{ord(char):04X}⟧"
