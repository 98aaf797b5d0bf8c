"""Times of day in answers, held against observed ones: on either clock, in another zone,
or a duration away."""

# ruff: noqa: E501 (wordings and scripts are easier to read unbroken)

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta

from nex_assets.filtered_traces.derivation import quantities
from nex_assets.filtered_traces.values import Value, rounding
from nex_assets.filtered_traces.view import Thread

_CLOCK = re.compile(r"(?<![\d:.])(\d{1,2}):(\d{2})(?::(\d{2}))?(?![\d:])\s*([ap]\.?m\b)?", re.IGNORECASE)
_BARE = re.compile(
    r"(?<![\d:.])(\d{1,2})\s*([ap])\.?m\b|(\d{1,2})\s*[点时](?:(\d{1,2})\s*分)?", re.IGNORECASE
)
_COMPACT = re.compile(r"T(\d{2})(\d{2})(?:\d{2})?Z?\b")
_ZONE = re.compile(
    r"\b(?:UTC|GMT|[ECMP][SD]T|CES?T|BST|IST|JST|AE[SD]T|time ?zone|local(?:ly)?|your time)\b|时区|当地|\d{2}:\d{2}(?::\d{2})?(?:[+-]\d{2}:?\d{2}\b|Z\b)",
    re.IGNORECASE,
)
DAY, NOON = 1440, 720


def minutes(text: str) -> set[int]:
    """Return the times of day in `text` as minutes since midnight."""
    found = {_minute(int(h), int(m), half) for h, m, _, half in _CLOCK.findall(text)}
    found |= {int(h) * 60 + int(m) for h, m in _COMPACT.findall(text)}
    for h, half, hour, minute in _BARE.findall(text):
        found.add(_minute(int(h), 0, half) if h else int(hour) * 60 + int(minute or 0))
    return found


def _minute(hour: int, minute: int, half: str) -> int:
    if half:
        hour = hour % 12 + (12 if half[0] in "pP" else 0)
    return hour * 60 + minute


def time_seen(value: Value, text: str, thread: Thread) -> bool:
    """Tell whether a time of day, or a duration written like one, follows from what was seen."""
    hour, minute, *_ = (int(part) for part in value.text.split(":"))
    wanted = {hour * 60 + minute}
    rest = text[value.end : value.end + 6].strip().lower()
    if rest[:1] in ("a", "p") and rest[1:2] in ("m", "."):
        wanted = {_minute(hour, minute, rest[:1])}
    known = thread.evidence + "\n" + thread.written
    seen = minutes(known)
    if any((one - w) % NOON in (0, 1, NOON - 1) for one in seen for w in wanted):
        return True
    if _ZONE.search(known) or _ZONE.search(text):
        return any((one - w) % 15 == 0 for one in seen for w in wanted) or _stamped(known)
    if any(abs(a - b) in wanted for a in seen for b in seen if a != b):
        return True
    spans = {float(n) * (60 if unit[0] in "hH小" else 1) for n, unit in _DURATION.findall(known)}
    if any((one + sign * span) % DAY in wanted for one in seen for span in spans for sign in (1, -1)):
        return True
    return _stamped(known) or not wanted.isdisjoint(spans)


_SPAN = re.compile(
    r"\b(?:min(?:ute)?s?|h(?:ou)?rs?|h|days?|weeks?|nights?|months?|tage?n?|stunden?|minuten|wochen?|monate?n?|"
    r"jours?|heures?|semaines?|d[ií]as?|horas?|minutos?|semanas?|giorni|ore|minuti|dagen|uur|dni|dias?)\b|"
    r"分钟|小时|天|周|晚|个月|時間|日間|週間|日|분|시간|일",
    re.IGNORECASE,
)
_DAY = re.compile(r"(?<!\d)((?:19|20)\d{2})[-/.年](\d{1,2})[-/.月](\d{1,2})")


_DURATION = re.compile(
    r"(?<![\d.])(\d{1,4}(?:\.\d+)?)[\s-]?(min\w*|h(?:ours?|rs?)?\b|分钟|小时)", re.IGNORECASE
)
_COMPOSED = re.compile(
    r"(\d+)\s*(?:d(?:ays?)?|h(?:ours?|rs?)?|std\.?|m(?:in\w*)?|天|小时|時間|分钟?)\s*(?:and\s+|,\s*)?"
    r"(\d+)(?:\s*(?:h(?:ours?|rs?)?|m(?:in\w*)?|s(?:ec\w*)?|小时|分|秒)(?![a-z])|(?![\d.:,]))",
    re.IGNORECASE,
)


def elapsed(wanted: float, places: int, text: str, thread: Thread, totals: Iterable[float] = ()) -> bool:
    """Tell whether `wanted` is the time between two observed times of day or dates, in a unit of `text`, or a
    part of a duration (5 h 52) that is observed or one of `totals`."""
    if _SPAN.search(text) is None:
        return False
    known = thread.evidence
    seen = sorted(minutes(known))[:200]
    gaps = {(b - a) % DAY for a in seen for b in seen if a != b}
    days = sorted(ordinals(known))[:200]
    spans = {b - a for a in days for b in days if b > a}
    counts = {
        *gaps,
        *(gap / 60 for gap in gaps),
        *spans,
        *(one + 1 for one in spans),
        *(one / 7 for one in spans),
    }
    for hours, rest in _COMPOSED.findall(text):
        wholes = {int(hours) * 60 + int(rest), int(hours) * 24 + int(rest)}
        shown = {*gaps, *quantities(known), *quantities(text), *thread.subtotals, *totals}
        if wanted in (int(hours), int(rest)) and wholes & shown:
            return True
    return any(abs(one - wanted) <= rounding(places) for one in counts)


_MONTH = r"(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?"
_WORDED = re.compile(
    rf"(?<![\w.])(\d{{1,2}})(?:st|nd|rd|th)?\s+(?:of\s+)?{_MONTH},?\s+(\d{{4}})|\b{_MONTH}\s+(\d{{1,2}})(?:st|nd|rd|th)?,?\s+(\d{{4}})",
    re.IGNORECASE,
)
# as `date` and certificates write it
_LOGGED = re.compile(
    rf"\b{_MONTH}\s+(\d{{1,2}})\s+\d{{2}}:\d{{2}}:\d{{2}}\s+(?:[A-Z]{{2,4}}\s+)?(\d{{4}})", re.IGNORECASE
)
_DOTTED_DAY = re.compile(r"(?<![\d.])(\d{1,2})\.(\d{1,2})\.((?:19|20)\d{2})(?![\d.])")
MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")


def worded(text: str) -> list[tuple[int, int, int, int, int]]:
    """Return (year, month, day, start, end) of the dates that `text` gives with a month's name and a year."""
    found: list[tuple[int, int, int, int, int]] = []
    lower = text.lower()
    if not any(name in lower for name in MONTHS):
        return found
    for match in _WORDED.finditer(text):
        day, month, year, month_us, day_us, year_us = match.groups()
        name = (month or month_us).lower()
        found.append((int(year or year_us), MONTHS.index(name) + 1, int(day or day_us), *match.span()))
    return found


def ordinals(text: str) -> set[int]:
    """Return the dates in `text` as day numbers."""
    found = {ordinal(*map(int, one)) for one in _DAY.findall(text)}
    found |= {ordinal(year, month, day) for year, month, day, _, _ in worded(text)}
    for month, day, year in _LOGGED.findall(text):
        found.add(ordinal(int(year), MONTHS.index(month.lower()) + 1, int(day)))
    for day, month, year in _DOTTED_DAY.findall(text):
        found.add(ordinal(int(year), int(month), int(day)))
    return found - {0}


def ordinal(year: int, month: int, day: int) -> int:
    """Return a date as a day number, or 0 where there is no such day."""
    try:
        return date(year, month, day).toordinal()
    except ValueError:
        return 0


_STAMP = re.compile(r"(?<!\d)(1[3-9]\d{8})(?:\d{3})?(?!\d)")


def _stamped(text: str) -> bool:
    """Unix times can be any time of day."""
    return _STAMP.search(text) is not None


def stamped_days(text: str) -> set[tuple[int, int, int]]:
    """Return (year, month, day) of the Unix times in `text`, in all time zones."""
    found = [datetime.fromtimestamp(int(stamp), UTC) for stamp in _STAMP.findall(text)[:200]]
    days = [one + timedelta(hours=shift) for one in found for shift in (-12, 0, 14)]
    return {(one.year, one.month, one.day) for one in days}
