"""Whether an answer states a value: tolerant of number, date and case style, and of nothing else.

A number counts in any of its renderings (`1,053.50`, `$1053.5`) but not as a piece of an id; a name or
status counts as whole words and not when it is denied (`not pending`).
"""

from __future__ import annotations

import datetime
import re
import unicodedata
from typing import Any

from nex_resources.records import Fact

_NUMBER = re.compile(
    r"(?<![\w.,-])[-−]?[$€£¥]?\s?(\d{1,3}(?:,\d{3})+|\d+)(\.\d+)?(?![\w]|[.,]\d|-\d)", re.ASCII
)
_ISO = re.compile(r"\d{4}-\d{2}-\d{2}")
_DENIAL = re.compile(
    r"(?:\bnot|\bno longer|\bnever|n['’]t|\bneither|\bnor|\bwithout|不是|没有|并非|未)"
    r"(?:\s+(?:yet|been|a|an|the|currently|be|in))*\s*$"
)
_TRUE = {True: ("yes", "true", "是"), False: ("no", "false", "否")}
_DASHES = str.maketrans({"−": "-", "–": "-", "’": "'", "，": ",", "。": ".", " ": " "})


def states(answer: str, fact: Fact) -> bool:
    """Tell whether `answer` states the fact in one of the renderings that count."""
    text = _normal(answer)
    return any(_states(text, value) for value in (fact.value, *fact.accepts))


def states_value(answer: str, value: Any) -> bool:
    """Tell whether `answer` states `value`."""
    return _states(_normal(answer), value)


def _normal(text: str) -> str:
    text = unicodedata.normalize("NFKC", text).translate(_DASHES).casefold()
    return re.sub(r"[*_`]", "", re.sub(r"\s+", " ", text))


def _states(text: str, value: Any) -> bool:
    if isinstance(value, bool):
        return any(_word(text, w) for w in _TRUE[value])
    if isinstance(value, int | float):
        return _number(text, value)
    if isinstance(value, list):
        return all(_states(text, v) for v in value)
    if value is None:
        return any(_word(text, w) for w in ("none", "nothing", "no"))
    wanted = _normal(str(value)).strip()
    if _ISO.fullmatch(wanted):
        return any(_word(text, style) for style in _date_styles(wanted))
    return bool(wanted) and _word(text, wanted)


def _number(text: str, value: float) -> bool:
    for match in _NUMBER.finditer(text):
        whole, fraction = match[1].replace(",", ""), match[2] or ""
        number = float(whole + fraction)
        if "-" in match[0]:
            number = -number
        if abs(number - value) < 5e-7 * max(1.0, abs(value)):
            return True
    return False


def _word(text: str, wanted: str) -> bool:
    """Find `wanted` as whole words, at least once not denied. Chinese has no word borders to heed."""
    left = r"(?<![a-z0-9])" if wanted[0].isascii() and wanted[0].isalnum() else ""
    right = r"(?![a-z0-9])" if wanted[-1].isascii() and wanted[-1].isalnum() else ""
    if "@" in wanted or re.search(r"\d", wanted):
        left, right = left and r"(?<![a-z0-9.@_-])", right and r"(?![a-z0-9@_-]|\.[a-z0-9])"
    spots = re.finditer(left + re.escape(wanted) + right, text)
    return any(not _DENIAL.search(text[max(0, s.start() - 40) : s.start()]) for s in spots)


def _date_styles(iso: str) -> list[str]:
    try:
        day = datetime.date.fromisoformat(iso)
    except ValueError:
        return [iso]
    month, short = day.strftime("%B").lower(), day.strftime("%b").lower()
    d, y = day.day, day.year
    ordinal = f"{d}{'th' if 10 <= d % 100 <= 20 else {1: 'st', 2: 'nd', 3: 'rd'}.get(d % 10, 'th')}"
    styles = [iso, iso.replace("-", "/"), f"{y}年{day.month}月{d}日"]
    for name in (month, short):
        for number in (str(d), f"{d:02d}", ordinal):
            styles += [f"{name} {number}, {y}", f"{name} {number} {y}", f"{number} {name} {y}"]
            styles += [f"{number} {name}, {y}", f"{number} of {name} {y}"]
    return styles
