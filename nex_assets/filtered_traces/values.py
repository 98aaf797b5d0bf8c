"""Values in prose: numbers, dates, identifiers, addresses and paths, each with its place, in comparable form."""

# ruff: noqa: E501 (wordings and scripts are easier to read unbroken)

from __future__ import annotations

import re
from typing import NamedTuple

NUMBER = re.compile(
    r"(?<![\w.,/#-])[-−]?[$€£¥]?\d{1,3}(?:,\d{3})+(?:\.\d+)?(?![\w])|(?<![\w.,/#-])[-−]?[$€£¥]?\d+(?:\.\d+)?(?![\w]|[-/:.]\d)",
    re.ASCII,
)
_DECIMAL_COMMA = re.compile(
    r"(?<![\w.,/#-])[-−]?[$€£¥]?(?:\d{1,3}(?:[. \u00a0\u202f]\d{3})+(?:,\d+)?|\d+(?:[.,]\d+)?)(?![\w]|[-/:.,]\d)",
    re.ASCII,
)
_DATE = re.compile(
    r"(?<!\d)(?:(\d{4})[-/年.](\d{1,2})[-/月.](\d{1,2})日?(?!\d)|(\d{1,2})([./])(\d{1,2})\5(\d{4})(?![\d.]))"
)
_TIME = re.compile(r"(?<![\d:])(\d{1,2}):(\d{2})(?::(\d{2}))?(?![\d:])")
_IDENTIFIER = re.compile(
    r"(?<![\w#.@/-])(?:#\d{3,20}|#?[A-Za-z](?=[A-Za-z_-]{0,40}\d)[\w-]{1,60}(?<![-_]))(?![\w@])", re.ASCII
)
_DOTTED = re.compile(
    r"(?<![\w.,/@-])v?\d+(?:\.\d+){2,}(?![\w@]|\.\d)|(?<![\w./-])10\.\d{4,9}/[^\s,;)\]\"'<>]+[A-Za-z0-9]",
    re.ASCII,
)
_DOTTED_COMMA = re.compile(_DOTTED.pattern.replace("v?", r"(?!\d{1,3}(?:\.\d{3})+(?!\d))v?", 1), re.ASCII)
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


def extract(text: str, comma: bool = False) -> list[Value]:
    """Return the checkable values of `text`, none inside another. With `comma` the text is in a language that
    writes 1.234,5 for what English writes 1,234.5."""
    found: list[Value] = []
    taken = bytearray(len(text))
    for kind, pattern in _PATTERNS:
        if kind in _NEEDS and not _NEEDS[kind].search(text):
            continue
        if comma and kind == "number":
            pattern = _DECIMAL_COMMA
        elif comma and kind == "version":
            pattern = _DOTTED_COMMA
        for match in pattern.finditer(text):
            start, end = match.span()
            if taken.find(1, start, end) < 0:
                taken[start:end] = b"\x01" * (end - start)
                found.append(Value(kind, match.group(), start, end))
    return found


_NEEDS = {  # what is found fast, and has to be there
    "url": re.compile("http"),
    "email": re.compile("@"),
    "path": re.compile(r"\.[a-z]"),
    "date": re.compile(r"\d[-/年.]\d"),
    "version": re.compile(r"\.\d", re.ASCII),
    "time": re.compile(r":\d"),
}
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


def readings(text: str, comma: bool = False) -> list[tuple[float, int]]:
    """Return what a number as written in prose may mean, without its sign, each with its decimal places. With
    `comma` the dot before three digits may group them, and a comma comes before decimals."""
    bare = text.translate(_BARE)
    forms = [bare.replace(",", "")]
    if comma:
        forms = [bare.replace(".", "").replace(",", ".")]
        if "," not in bare:
            forms.append(bare)
    found = []
    for form in forms:
        try:
            found.append((float(form), len(form.partition(".")[2])))
        except ValueError:
            continue
    return found


_MULTIPLES = {
    "万": 4,
    "만": 4,
    "萬": 4,
    "亿": 8,
    "억": 8,
    "億": 8,
    "千": 3,
    "천": 3,
    "k": 3,
    "K": 3,
    "M": 6,
    "m": 6,
    "B": 9,
}
_MULTIPLE = re.compile(r"\s?(?:[万만萬亿억億千천]|[kKMB](?![A-Za-z])|(m)illion|(B)illion)", re.IGNORECASE)


def multiplied(value: Value, text: str, comma: bool = False) -> list[tuple[float, int]]:
    """Return `readings` of a number, in full where `text` goes on with thousands, millions, 万: their places are
    negative then."""
    found = readings(value.text, comma)
    match = _MULTIPLE.match(text, value.end)
    if match is None:
        return found
    zeros = _MULTIPLES.get((match[1] or match[2] or match.group().strip()[0]), 6)
    return [*found, *((one * 10**zeros, places - zeros) for one, places in found)]


def rounding(places: int) -> float:
    """Return how far a number of `places` decimals may lie from the one that was rounded to it."""
    return float(0.5000001 * 10**-places)


_BARE = str.maketrans("", "", "-−+$€£¥ \u00a0\u202f")
_ANY_NUMBER = re.compile(r"\d+(?:,\d{3})*(?:\.\d+)?")
_DECIMALS = re.compile(r"(?<=\d),(?=\d{1,2}(?!\d))")
_GROUPS = re.compile(r"(?<=\d)[.\u00a0\u202f](?=\d{3}(?!\d))")
_EURO = (";", "€", "EUR", "zł", "kr")


def with_points(text: str) -> str:
    """Write the decimals of `text` with a point, if it looks as if they had commas; in JSON, which groups no
    digits, set commas apart."""
    if text.lstrip()[:1] in ("[", "{"):
        return text.replace(",", ", ")
    if "," not in text or not any(mark in text for mark in _EURO) or not _DECIMALS.search(text):
        return text
    return _DECIMALS.sub(".", _GROUPS.sub("", text))


def numbers(text: str) -> set[float]:
    """Return all numbers in `text`, wherever they stand, without their signs."""
    found = [one for one in _ANY_NUMBER.findall(text) if len(one) < 300]
    parts = [part for one in found if "," in one for part in one.split(",")]
    return {float(one.replace(",", "")) for one in (*found, *parts)}


def day_readings(text: str) -> list[tuple[int, int, int]]:
    """Return the (year, month, day) that a date in figures may mean: 3/4/2025 is in March or in April."""
    match = _DATE.fullmatch(text)
    if match is None:
        return []
    if match[1]:
        return [(int(match[1]), int(match[2]), int(match[3]))]
    first, second, year = int(match[4]), int(match[6]), int(match[7])
    return [(year, second, first)] if match[5] == "." else [(year, second, first), (year, first, second)]
