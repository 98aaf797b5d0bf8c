"""Relative dates: `2027-03-19` said as `the third Friday of March 2027`, and read back as proof."""

from __future__ import annotations

import calendar
import datetime
import random
import re
from collections.abc import Mapping
from typing import Any

from nex_resources.records import Language

ISO = re.compile(r"\d{4}-\d{2}-\d{2}")
ORDINALS = ("first", "second", "third", "fourth", "fifth")
DIGITS = "一二三四五六日"
AFTER = re.compile(r"(\d+) days? after (\d{4}-\d{2}-\d{2})|(\d{4}-\d{2}-\d{2})之后的第(\d+)天")
NTH = re.compile(r"the (\w+) (\w+) of (\w+) (\d{4})|(\d{4})年(\d+)月的第(\d)个星期(.)")
LAST = re.compile(r"the last day of (\w+) (\d{4})|(\d{4})年(\d+)月的最后一天")


def describe_dates(slots: Mapping[str, Any], language: Language, rng: random.Random) -> dict[str, str]:
    """Return a phrase for each slot that holds an ISO date; each is read back before it is used."""
    found: dict[str, str] = {}
    for name, value in slots.items():
        if isinstance(value, str) and ISO.fullmatch(value):
            phrase = describe_date(value, language, rng)
            if read_date(phrase) == value:
                found[name] = phrase
    return found


def describe_date(iso: str, language: Language, rng: random.Random) -> str:
    """Say a date relative to a month or to another day."""
    day = datetime.date.fromisoformat(iso)
    month, weekday = calendar.month_name[day.month], calendar.day_name[day.weekday()]
    nth = (day.day - 1) // 7
    if day.day == calendar.monthrange(day.year, day.month)[1]:
        return (
            f"the last day of {month} {day.year}"
            if language == "en"
            else f"{day.year}年{day.month}月的最后一天"
        )
    if rng.random() < 0.5:
        back = rng.randint(2, 9)
        base = (day - datetime.timedelta(days=back)).isoformat()
        return f"{back} days after {base}" if language == "en" else f"{base}之后的第{back}天"
    if language == "en":
        return f"the {ORDINALS[nth]} {weekday} of {month} {day.year}"
    return f"{day.year}年{day.month}月的第{nth + 1}个星期{DIGITS[day.weekday()]}"


def read_date(phrase: str) -> str:
    """Return the ISO date that a phrase of `describe_date` means, or an empty string."""
    if m := AFTER.fullmatch(phrase):
        days, base = (m[1], m[2]) if m[1] else (m[4], m[3])
        return (datetime.date.fromisoformat(base) + datetime.timedelta(days=int(days))).isoformat()
    if m := LAST.fullmatch(phrase):
        year, month = (int(m[2]), _month(m[1])) if m[1] else (int(m[3]), int(m[4]))
        return datetime.date(year, month, calendar.monthrange(year, month)[1]).isoformat()
    if m := NTH.fullmatch(phrase):
        if m[1]:
            return _nth(int(m[4]), _month(m[3]), list(calendar.day_name).index(m[2]), ORDINALS.index(m[1]))
        return _nth(int(m[5]), int(m[6]), DIGITS.index(m[8]), int(m[7]) - 1)
    return ""


def _month(name: str) -> int:
    return list(calendar.month_name).index(name)


def _nth(year: int, month: int, weekday: int, nth: int) -> str:
    first = datetime.date(year, month, 1)
    day = first + datetime.timedelta(days=(weekday - first.weekday()) % 7 + 7 * nth)
    return day.isoformat() if day.month == month else ""
