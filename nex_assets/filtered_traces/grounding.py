"""Grounding: values in the final answer that no prompt, observation or call contains.

Numbers may be rounded, scaled to percent, converted, or computed from observed ones by one operation, a sum
(of a table's group, too) or a count; small whole numbers are taken for counts; times may be written on
another clock or follow from a duration. Paths are `reward_hacking`'s affair.
"""

# ruff: noqa: E501 (wordings and scripts are easier to read unbroken)

from __future__ import annotations

import re
from itertools import combinations

from nex_assets.filtered_traces.clock import elapsed, ordinals, stamped_days, time_seen, worded
from nex_assets.filtered_traces.context import Context
from nex_assets.filtered_traces.derivation import (
    chained,
    combined,
    converted,
    proportional,
    quantities,
    stated,
)
from nex_assets.filtered_traces.kinds import finding
from nex_assets.filtered_traces.limits import GroundingLimits
from nex_assets.filtered_traces.prose import has_number, has_word, without_code
from nex_assets.filtered_traces.values import Value, extract, number, numbers
from nex_assets.filtered_traces.view import Thread
from nex_resources.records import Finding, Trace

_NAME = re.compile(r"(?<=[a-z,] )(?:[A-Z][a-z]{2,}(?:\s[A-Z][a-z]{2,})+)")
_MONTHS = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
]


def detect(trace: Trace, context: Context) -> list[Finding]:
    """Find values in final answers that nothing supports. Answers without any observation are not judged
    here: what they claim to have done is `reward_hacking`'s affair."""
    found: list[Finding] = []
    for thread in context.view.threads:
        answer = thread.answer
        if answer is None or not answer.text or not thread.observed:
            continue
        text = without_code(answer.text, inline=False)
        for value in extract(text):
            if value.kind == "path":
                continue
            if not _grounded(value, thread, context.limits.grounding, text):
                at = (value.start, value.end)
                found.append(
                    finding("ungrounded_value", "drop", thread.index, thread.final, "text", at, value.text)
                )
        found += _dates(thread, text)
        found += _names(thread, text)
    return found


def _dates(thread: Thread, text: str) -> list[Finding]:
    """Dates that are given with a month's name and follow from no observed date."""
    found = []
    for year, month, day, start, end in worded(text):
        plain = f"{year}-{month:02}-{day:02}"
        if _date_seen(plain, thread) or _counted(plain, thread):
            continue
        found.append(
            finding(
                "ungrounded_value", "drop", thread.index, thread.final, "text", (start, end), text[start:end]
            )
        )
    return found


def _counted(plain: str, thread: Thread) -> bool:
    """A date that lies an observed number of days, weeks, months or years from an observed one."""
    wanted = min(ordinals(plain), default=0)
    steps = {one * unit for one in quantities(thread.evidence) if one <= 400 for unit in (1, 7)} | {0, 1, 7}
    near = {28, 29, 30, 31, 365, 366}
    return any(abs(one - wanted) in steps or abs(one - wanted) in near for one in ordinals(thread.evidence))


def _names(thread: Thread, text: str) -> list[Finding]:
    found = []
    for match in _NAME.finditer(text):
        words = match.group().lower().split()
        if not any(has_word(thread.evidence_lower, word) for word in words):
            found.append(
                finding(
                    "ungrounded_name", "flag", thread.index, thread.final, "text", match.span(), match.group()
                )
            )
    return found


def _grounded(value: Value, thread: Thread, limits: GroundingLimits, text: str) -> bool:
    plain = value.text
    seen = plain in thread.evidence or plain.lower() in thread.evidence_lower or plain in thread.written
    if seen and (value.kind != "number" or _whole_number_seen(plain, thread)):
        return True
    if value.kind == "number":
        return _number_grounded(value, thread, limits, text)
    if value.kind == "date":
        return _date_seen(plain, thread)
    if value.kind == "time":
        return time_seen(value, text, thread)
    if value.kind == "version":
        return re.search(rf"(?<![\d.]){re.escape(plain)}(?!\d)", thread.evidence + thread.written) is not None
    if value.kind == "url":
        return plain.rstrip("/.").lower() in thread.evidence_lower
    bare = plain.lstrip("#").lower()
    return bare in thread.evidence_lower or bare in thread.written.lower() or _common_word(bare)


_FREE = re.compile(
    r"(?:utf-?8|utf-?16|sha-?\d+|md5|h264|mp[34]|ipv[46]|http[/s]?\d?|base64|py\d+|python3?|v\d+|x86|x64|arm64|s3|ec2|"
    r"q[1-4]|h[1-6]|covid-19|iso-?\d+|rfc-?\d+|step-?\d+|top-?\d+|\d+(?:st|nd|rd|th|x|k|m|gb|mb|kb|ms|px|s|min|h)|"
    r"oauth2|web3|log4j|es\d|html5|css3|int\d+|float\d+|uint\d+|part\d|phase\d)"
)


def _common_word(bare: str) -> bool:
    return _FREE.fullmatch(bare) is not None


def _whole_number_seen(plain: str, thread: Thread) -> bool:
    """The digits occur; make sure they are a number of their own and not part of a longer one."""
    bare = plain.lstrip("-−$€£¥")
    if len(bare) >= 5:
        return True
    return _small(bare) or has_number(thread.evidence, bare) or has_number(thread.written, bare)


def _small(bare: str) -> bool:
    return bare.isdigit() and int(bare) <= 20


def _number_grounded(value: Value, thread: Thread, limits: GroundingLimits, text: str) -> bool:
    wanted = number(value.text)
    if wanted is None:
        return True
    wanted = abs(wanted)
    whole = wanted == int(wanted)
    if whole and wanted <= limits.small_number and "$" not in value.text:
        return True
    if whole and 1900 <= wanted <= 2100 and str(int(wanted)) in thread.evidence:
        return True
    seen = numbers(thread.evidence) | numbers(thread.written)
    places = len(value.text.partition(".")[2])
    if _matches(wanted, seen, places, _SCALES if _UNITS.search(text) else _SCALES[:3]) or _listed(
        wanted, text
    ):
        return True
    compares = _COMPUTES.search(text) is not None or _SHARE.search(text) is not None
    if compares and _derivable(wanted, thread, places, limits):
        return True
    return _follows(wanted, thread, places, text)


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


def _matches(wanted: float, seen: set[float], places: int, scales: tuple[float, ...]) -> bool:
    if wanted in seen:
        return True
    tolerance = 0.5000001 * 10**-places
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


def _derivable(wanted: float, thread: Thread, places: int, limits: GroundingLimits) -> bool:
    """One operation on two observed quantities, a sum, an average, or a count of lines or items."""
    tolerance = 0.5000001 * 10**-places
    if wanted == int(wanted) and int(wanted) in _counts(thread):
        return True
    columns = [quantities(text) for _, text in thread.observed]
    columns += [[one for one in column if one != int(one)] for column in columns]
    if any(_aggregate(wanted, column, tolerance) for column in (*columns, *_columns(thread)) if column):
        return True
    values = sorted({*quantities(thread.shown), *quantities(thread.users)})
    if not values or len(values) > limits.derivable_numbers:
        return len(values) > limits.derivable_numbers and _aggregate(wanted, values, tolerance)
    if _aggregate(wanted, values, tolerance):
        return True
    for a, b in combinations(values, 2):
        if abs(a + b - wanted) <= tolerance or abs(b - a - wanted) <= tolerance:
            return True
        if a and places and any(abs(one - wanted) <= tolerance for one in (a * b, b / a, a / b)):
            return True
        if a and (_percent(a, b, wanted, tolerance) or (abs(a * b - wanted) <= tolerance and a < 1000)):
            return True
    return False


def _percent(a: float, b: float, wanted: float, tolerance: float) -> bool:
    return (
        abs(100 * a / b - wanted) <= tolerance
        or abs(100 * b / a - wanted) <= tolerance
        or abs(100 * (b - a) / a - wanted) <= tolerance
        or abs(100 * (b - a) / b - wanted) <= tolerance
        or abs((a + b) / 2 - wanted) <= tolerance
        or any(abs(part - wanted) <= tolerance for part in _shares(a, b))
    )


def _shares(a: float, b: float) -> tuple[float, ...]:
    """A percentage of a number, and the number with it added or taken off."""
    return a * b / 100, b * (1 + a / 100), b * (1 - a / 100), a * (1 + b / 100)


def _aggregate(wanted: float, values: list[float], tolerance: float) -> bool:
    total = sum(values)
    return abs(total - wanted) <= tolerance or abs(total / len(values) - wanted) <= tolerance


_FIELD = re.compile(r'"(\w+)":\s*"?(-?\d+(?:\.\d+)?)"?')


def _columns(thread: Thread) -> list[list[float]]:
    """Numbers of all results by JSON field, repeated ones included, and all fractions."""
    columns: dict[str, list[float]] = {}
    for name, value in _FIELD.findall(thread.shown):
        columns.setdefault(name, []).append(abs(float(value)))
    columns["."] = [float(value) for value in re.findall(r"\d+\.\d+", thread.shown)]
    return [column for column in columns.values() if column]


def _counts(thread: Thread) -> set[int]:
    """Numbers of lines, items and characters of the results."""
    counts: set[int] = set()
    for _, text in thread.observed:
        lines = text.count("\n") + 1
        counts |= {lines, lines - 1, text.count("},") + 1, text.count(",") + 1, len(text), len(text.split())}
    return counts


_SHARE = re.compile(
    r"%|percent|share|ratio|times (?:as|the|more|higher|larger|bigger|faster)|twice|half|quarter|third|double|differen|more|less|fewer|\w(?:er|ier) than|between|below|above|under|over|short of|ahead|behind|apart|away|later|earlier|spread|range|gap|span|占|倍|比|差|半|增|减|降|升",
    re.IGNORECASE,
)


def _follows(wanted: float, thread: Thread, places: int, text: str) -> bool:
    """Subtotals of tables, other units, shares and differences of subtotals, halves and multiples."""
    seen = [*quantities(thread.shown), *quantities(thread.users)]
    if any(year == wanted for year, _, _ in stamped_days(thread.evidence)):
        return True
    if stated(wanted, places, text) or proportional(wanted, places, thread.users, seen):
        return True
    if converted(set(seen), wanted, places, text):
        return True
    if elapsed(wanted, places, text, thread):
        return True
    groups = thread.subtotals
    tolerance = 0.5000001 * 10**-places
    if any(abs(one - wanted) <= tolerance for one in groups):
        return True
    if _SHARE.search(text) is None:
        return False
    if any(abs(one / part - wanted) <= tolerance for one in seen for part in (2, 3, 4, 0.5)):
        return True
    return chained(seen, wanted, places) or combined(groups, wanted, places)


def _date_seen(plain: str, thread: Thread) -> bool:
    year, month, day = (int(part) for part in re.findall(r"\d+", plain))
    forms = (
        f"{year}-{month:02}-{day:02}",
        f"{year}/{month:02}/{day:02}",
        f"{month:02}/{day:02}/{year}",
        f"{day:02}/{month:02}/{year}",
        f"{year}年{month}月{day}日",
        f"{day:02}.{month:02}.{year}",
        f"{year}{month:02}{day:02}",
    )
    if any(form in thread.evidence or form in thread.written for form in forms):
        return True
    if (year, month, day) in stamped_days(thread.evidence):
        return True
    if not 1 <= month <= 12:
        return False
    name = _MONTHS[month - 1][:3]
    pattern = rf"(?:{name}\w*\.?\s+0?{day}\b|\b0?{day}(?:st|nd|rd|th)?\s+(?:of\s+)?{name})"
    return re.search(pattern, thread.evidence_lower) is not None
