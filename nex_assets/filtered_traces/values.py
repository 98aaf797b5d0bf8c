"""Values in prose: numbers, dates, identifiers, addresses and paths, each with its place, in comparable form."""

# ruff: noqa: E501 (wordings and scripts are easier to read unbroken)

from __future__ import annotations

import re
from typing import NamedTuple

NUMBER = re.compile(
    r"(?<![\w.,/#-])[-−]?[$€£¥]?\d{1,3}(?:,\d{3})+(?:\.\d+)?(?![\w])|(?<![\w.,/#-])[-−]?[$€£¥]?\d+(?:\.\d+)?(?![\w]|[-/:.]\d)",
    re.ASCII,
)
_DATE = re.compile(r"(?<!\d)(\d{4})[-/年.](\d{1,2})[-/月.](\d{1,2})日?(?!\d)")
_TIME = re.compile(r"(?<![\d:])(\d{1,2}):(\d{2})(?::(\d{2}))?(?![\d:])")
_IDENTIFIER = re.compile(
    r"(?<![\w#.@/-])(?:#\d{3,20}|#?[A-Za-z](?=[A-Za-z_-]{0,40}\d)[\w-]{1,60}(?<![-_]))(?![\w@])", re.ASCII
)
_DOTTED = re.compile(
    r"(?<![\w.,/@-])v?\d+(?:\.\d+){2,}(?![\w@]|\.\d)|(?<![\w./-])10\.\d{4,9}/[^\s,;)\]\"'<>]+[A-Za-z0-9]",
    re.ASCII,
)
_HEX = re.compile(
    r"(?<![\w-])(?=[0-9a-f]*[a-f])(?=[0-9a-f]*\d)[0-9a-f]{7,40}(?![\w-])|#(?=[0-9a-fA-F]*[a-fA-F])[0-9a-fA-F]{6}(?!\w)",
    re.ASCII,
)
_EMAIL = re.compile(r"(?<![\w.+-])[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,5}", re.ASCII)
_URL = re.compile(r"https?://[^\s<>()\[\]\"'`，。]+")
PATH = re.compile(
    r"(?<![\w/.:@-])(?:[~.]{0,2}/)?(?:[\w.@+-]{1,80}/){0,12}[\w@+-][\w.@+-]{0,80}\.(?:pyi?|jsx?|tsx?|go|rs|java|kt|cc?|cpp|h|hpp|cs|rb|php|"
    r"scss|sass|less|vue|svelte|kts|dart|lua|jl|exs?|clj|hs|ps1|bat|properties|adoc|tex|bib|swift|scala|sh|bash|sql|md|rst|txt|jsonl?|ya?ml|toml|ini|cfg|conf|csv|tsv|xlsx|docx|pptx|pdf|xml|html|css|"
    r"ipynb|lock|log|db|sqlite|parquet|png|jpg|svg|proto|tf|gradle)(?![\w/])(?::\d+)?",
    re.ASCII,
)


class Value(NamedTuple):
    """A value of `kind` at [start, end); `text` is as written."""

    kind: str
    text: str
    start: int
    end: int


def extract(text: str) -> list[Value]:
    """Return the checkable values of `text`, none inside another."""
    found: list[Value] = []
    taken: list[tuple[int, int]] = []
    for kind, pattern in _PATTERNS:
        if kind in _NEEDS and not any(mark in text for mark in _NEEDS[kind]):
            continue
        for match in pattern.finditer(text):
            start, end = match.span()
            if all(end <= a or start >= b for a, b in taken):
                taken.append((start, end))
                found.append(Value(kind, match.group(), start, end))
    return found


_NEEDS = {"url": ("http",), "email": ("@",), "path": (".",)}
_PATTERNS = (
    ("url", _URL),
    ("email", _EMAIL),
    ("path", PATH),
    ("date", _DATE),
    ("version", _DOTTED),
    ("time", _TIME),
    ("identifier", _IDENTIFIER),
    ("hex", _HEX),
    ("number", NUMBER),
)


def number(text: str) -> float | None:
    """Read a number as written in prose, or return None."""
    bare = text.replace(",", "").replace("−", "-").lstrip("+")
    sign = -1.0 if bare.startswith("-") else 1.0
    try:
        return sign * float(bare.lstrip("-$€£¥ "))
    except ValueError:
        return None


_ANY_NUMBER = re.compile(r"\d+(?:,\d{3})*(?:\.\d+)?")


def numbers(text: str) -> set[float]:
    """Return all numbers in `text`, wherever they stand, without their signs."""
    return {float(found.replace(",", "")) for found in _ANY_NUMBER.findall(text) if len(found) < 300}
