"""The little Markdown that evaluation writes: tables, headings, paragraphs, `code`, **bold**; no HTML."""

from __future__ import annotations

import re
from collections.abc import Iterator

from nex_resources.report.html import Html, escape, join, tag

_INLINE = re.compile(r"`([^`]+)`|\*\*([^*]+)\*\*")
_RULE = re.compile(r"^\|?\s*:?-+:?\s*(\|\s*:?-+:?\s*)*\|?$")


def markdown(text: str) -> Html:
    """Return `text` as markup; what is not understood is shown as it is written."""
    return join(list(_blocks(text.splitlines())))


def _blocks(lines: list[str]) -> Iterator[Html]:
    at = 0
    while at < len(lines):
        line = lines[at].strip()
        if "|" in line and at + 1 < len(lines) and _RULE.match(lines[at + 1].strip()):
            end = at + 2
            while end < len(lines) and "|" in lines[end]:
                end += 1
            yield _table(lines[at:end])
            at = end
            continue
        heading = re.match(r"(#{1,4}) (.*)", line)
        if heading:
            yield tag(f"h{min(4, len(heading[1]) + 1)}", _inline(heading[2]))
        elif line:
            yield tag("p", _inline(line))
        at += 1


def _table(lines: list[str]) -> Html:
    right = [cell.strip().endswith(":") for cell in _cells(lines[1])]
    head = [
        tag("th", _inline(c), scope="col", class_=_side(right, i)) for i, c in enumerate(_cells(lines[0]))
    ]
    rows = [
        tag("tr", [tag("td", _inline(cell), class_=_side(right, i)) for i, cell in enumerate(_cells(line))])
        for line in lines[2:]
    ]
    return tag("div", tag("table", tag("thead", tag("tr", head)), tag("tbody", rows)), class_="scroll")


def _side(right: list[bool], column: int) -> str | None:
    return "number" if column < len(right) and right[column] else None


def _cells(line: str) -> list[str]:
    cells = re.split(r"(?<!\\)\|", line.strip().strip("|"))
    return [cell.strip().replace("\\|", "|") for cell in cells]


def _inline(text: str) -> Html:
    out: list[Html] = []
    at = 0
    for match in _INLINE.finditer(text):
        out.append(escape(text[at : match.start()]))
        out.append(tag("code", match[1]) if match[1] else tag("strong", match[2]))
        at = match.end()
    return join(out, escape(text[at:]))
