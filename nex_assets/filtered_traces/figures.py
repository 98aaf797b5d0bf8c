"""Numbers in an answer: seen, rounded, scaled, converted, or one step from what was seen."""

# ruff: noqa: E501 (wordings and scripts are easier to read unbroken)

from __future__ import annotations

import re
from functools import lru_cache
from itertools import combinations
from typing import NamedTuple

from nex_assets.filtered_traces.clock import elapsed
from nex_assets.filtered_traces.derivation import (
    chained,
    combined,
    converted,
    parts,
    percentage,
    proportional,
)
from nex_assets.filtered_traces.ground import Ground
from nex_assets.filtered_traces.limits import GroundingLimits
from nex_assets.filtered_traces.prose import has_number
from nex_assets.filtered_traces.values import Value, multiplied, rounding

_SCALES = (1, 100, 0.01, 1000, 0.001, 1e6, 1e-6, 1024, 1 / 1024, 1 / 1048576, 60, 1 / 60, 3600, 1 / 3600, 24)
_UNITS = re.compile(
    r"\b(?:hours?|h|hrs?|min\w*|sec\w*|m?s|days?|[kmgt]i?b|bytes?|thousand|million|billion|km|kg|m|g|cm|mm|k)\b|\d[kKmM]\b|小时|分钟|秒|天|万|千|公里"
)
_COMPUTES = re.compile(
    r"total|sum|averag|mean|median|differen|percent|%|ratio|combin|altogether|together|both|remain|left|more|less|fewer|increas|decreas|sav|refund|each|"
    r"\bper\b|chang|net|tax|discount|convert|equal|[=+×*÷]|higher|lower|grew|growth|count|number|rows|lines|items|entries|characters|"
    r"总|合计|平均|差|比|共|剩|约|增|减|各|元",
    re.IGNORECASE,
)
_AVERAGES = re.compile(
    r"averag|\bavg|mean|median|middle|midpoint|mitte|durchschnitt|moyen|promedio|media|平均", re.I
)
_OF_HUNDRED = re.compile(r"%|percent|prozent|discount|\btax|\bvat\b|\btip\b|fee|interest|折|税")
_PERCENT = re.compile(
    r"[\s*_`\u00a0\u202f]{0,4}(?:%|percent|per cent|prozent|pct|pp\b|Punkte|points?\b)", re.IGNORECASE
)
_SHARE = re.compile(
    r"%|percent|share|ratio|times (?:as|the|more|higher|larger|bigger|faster)|twice|half|quarter|third|double|differen|more|less|fewer|\w(?:er|ier) than|between|below|above|under|over|short of|ahead|behind|apart|away|later|earlier|spread|range|gap|span|占|倍|比|差|半|增|减|降|升",
    re.IGNORECASE,
)


class Words(NamedTuple):
    """What a text speaks of: units, computing, shares and differences, means, parts of a hundred."""

    units: bool
    computes: bool
    shares: bool
    averages: bool
    of_hundred: bool


@lru_cache(maxsize=64)
def words(text: str) -> Words:
    """Look up what `text` speaks of, once for all of its numbers."""
    return Words(
        *(one.search(text) is not None for one in (_UNITS, _COMPUTES, _SHARE, _AVERAGES, _OF_HUNDRED))
    )


class Wanted(NamedTuple):
    """A number to be explained: its value, its decimal places, and whether it is a percentage."""

    value: float
    places: int
    percent: bool

    @property
    def tolerance(self) -> float:
        return rounding(self.places)


def is_percent(value: Value, text: str) -> bool:
    """Tell whether a number is given in percent: by the sign behind it or in the head of its table's column."""
    if _PERCENT.match(text, value.end):
        return True
    start, _, head = _line_and_head(value, text)
    cells = head.split("|")
    cell = text.count("|", start, value.start)
    return cell < len(cells) and _HEAD.search(cells[cell]) is not None


_HEAD = re.compile(r"%|share|rate|percent|anteil|quote|part\b|占比|率", re.IGNORECASE)


def number_grounded(value: Value, ground: Ground, limits: GroundingLimits, text: str) -> bool:
    """Tell whether any reading of a number follows from what was seen."""
    found = multiplied(value, text, ground.comma)
    percent = is_percent(value, text)
    return not found or any(
        _reading(value, Wanted(one, places, percent), ground, limits, text) for one, places in found
    )


def _reading(value: Value, wanted: Wanted, ground: Ground, limits: GroundingLimits, text: str) -> bool:
    one = wanted.value
    whole = one == int(one)
    if whole and one <= limits.small_number and "$" not in value.text:
        return True
    if whole and 1900 <= one <= 2100 and str(int(one)) in ground.thread.evidence:
        return True
    scales: tuple[float, ...] = (1, 100, 0.01) if wanted.percent or wanted.places else (1,)
    if words(text).units:
        scales = _SCALES
    if _matches(one, ground.numbers, wanted.places, scales) or _listed(one, text):
        return True
    where = text
    if digits(wanted) <= 2 and not wanted.percent:  # what little may give, words have to explain there
        _, line, head = _line_and_head(value, text)
        where = head + line
    if (words(where).computes or words(where).shares) and _derivable(wanted, ground, limits, text):
        return True
    return _follows(wanted, ground, text)


def _line_and_head(value: Value, text: str) -> tuple[int, str, str]:
    """Return where the line of `value` starts, the line, and the head of its table or an empty string."""
    start = text.rfind("\n", 0, value.start) + 1
    end = text.find("\n", value.end)
    line = text[start : end if end >= 0 else len(text)]
    if not line.startswith("|"):
        return start, line, ""
    top = text.rfind("\n\n", 0, start) + 2
    return start, line, text[top : text.find("\n", top)]


def whole_number_seen(plain: str, ground: Ground) -> bool:
    """The digits occur; make sure they are a number of their own and not part of a longer one."""
    bare = plain.lstrip("-−$€£¥")
    if len(bare) >= 5:
        return True
    thread = ground.thread
    return _small(bare) or has_number(thread.evidence, bare) or has_number(thread.written, bare)


def _small(bare: str) -> bool:
    return bare.isdigit() and int(bare) <= 20


def _matches(wanted: float, seen: set[float], places: int, scales: tuple[float, ...]) -> bool:
    if wanted in seen:
        return True
    tolerance = rounding(places)
    for scale in scales:
        for one in seen:
            if one and abs(one * scale - wanted) <= tolerance and (scale == 1 or one * scale >= 0.1):
                if scale == 1 and places == 0 and one != wanted and wanted < 10:
                    continue
                return True
    return False


def _listed(wanted: float, text: str) -> bool:
    """A numbered list's own numbers."""
    return wanted == int(wanted) and re.search(rf"^\s*{int(wanted)}[.)]\s", text, re.MULTILINE) is not None


def _derivable(wanted: Wanted, ground: Ground, limits: GroundingLimits, text: str) -> bool:
    """One operation on two observed quantities, a sum, an average, or a count of lines or items."""
    one, tolerance = wanted.value, wanted.tolerance
    if one == int(one) and int(one) in ground.counts:
        return True
    if any(_aggregate(one, column, tolerance) for column in ground.columns):
        return True
    values = ground.quantities
    if not values or len(values) > limits.derivable_numbers:
        return len(values) > limits.derivable_numbers and _aggregate(one, values, tolerance)
    if _aggregate(one, values, tolerance):
        return True
    averages, shares = words(text).averages, words(text).of_hundred
    for a, b in combinations(values, 2):
        if abs(a + b - one) <= tolerance or abs(b - a - one) <= tolerance:
            return True
        if not a:
            continue
        if wanted.percent and percentage(a, b, one, tolerance):
            return True
        if wanted.places and any(abs(it - one) <= tolerance for it in (a * b, b / a, a / b)):
            return True
        if abs(a * b - one) <= tolerance and a < 1000:
            return True
        if averages and abs((a + b) / 2 - one) <= tolerance:
            return True
        if shares and any(abs(part - one) <= tolerance for part in parts(a, b)):
            return True
    return False


def digits(wanted: Wanted) -> int:
    """Count the digits of a number that tell something; the zeros of a round one tell little."""
    shown = f"{wanted.value:.{max(wanted.places, 0)}f}".lstrip("0.")
    if wanted.places > 0:
        return len(shown.replace(".", ""))
    return max(len(shown.rstrip("0")), len(shown) - 1)


def _aggregate(wanted: float, values: list[float], tolerance: float) -> bool:
    total = sum(values)
    return abs(total - wanted) <= tolerance or abs(total / len(values) - wanted) <= tolerance


def _follows(wanted: Wanted, ground: Ground, text: str) -> bool:
    """Subtotals of tables, other units, shares and differences of subtotals, halves and multiples."""
    one, places, percent = wanted
    seen = [*ground.shown, *ground.asked]
    if any(year == one for year, _, _ in ground.stamped):
        return True
    if proportional(one, places, ground.asked, seen) or converted(set(seen), one, places, text, ground.units):
        return True
    if elapsed(one, places, text, ground.thread, map(sum, ground.columns)):
        return True
    groups = ground.subtotals
    if any(abs(it - one) <= wanted.tolerance for it in groups):
        return True
    if chained(seen, one, places, percent):
        return True
    if not words(text).shares:
        return False
    if any(abs(it / part - one) <= wanted.tolerance for it in seen for part in (2, 3, 4, 0.5)):
        return True
    return combined(groups, one, places, percent)
