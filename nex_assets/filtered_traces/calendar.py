"""Dates and times of an answer that follow from others by a span: what starts, lasts, is due, arrives, leaves."""

# ruff: noqa: E501 (wordings and scripts are easier to read unbroken)

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date

from nex_assets.filtered_traces.clock import minutes, ordinal, ordinals
from nex_assets.filtered_traces.derivation import quantities
from nex_assets.filtered_traces.ground import Ground
from nex_assets.filtered_traces.prose import has_number
from nex_assets.filtered_traces.values import Value, day_readings

_DAY_MINUTES, _HALF, _FORTNIGHT = 1440, 720, 14
_RELATIVE = re.compile(
    r"\b(?:(?:mon|tues|wednes|thurs|fri|satur|sun)days?|tomorrow|next week|weekend|(?:mon|diens|donners|frei|sams|sonn)tags?|mittwoch|"
    r"morgen|nächste woche|demain|mañana|lundi|mardi|mercredi|jeudi|vendredi|lunes|martes|jueves|viernes)\b|[周星]期?[一二三四五六日]|明天|明日|내일|曜日",
    re.IGNORECASE,
)
_WORKING = re.compile(
    r"working|business day|workday|weekday|weekend|werktag|arbeitstag|ouvr[ée]|hábil|laborable|工作日|営業日",
    re.IGNORECASE,
)
_TERMS = re.compile(r"\b[Nn]et[- ]?(\d{1,3})\b|\b\d{1,2}/(\d{1,2})(?=\s*,?\s*[Nn]et)")
# a number and a unit of time in prose; the unit is told by its first letters
_SPAN = re.compile(
    r"(?<![\d.,])(\d{1,4}(?:[.,]\d+)?)[\s-]*(?:working |business |calendar )?(min\w*|h\b|hrs?\b|hours?|std\b|stunden?|heures?|horas?|ore\b|uur\b|"
    r"days?|d\b|nights?|tage?n?\b|jours?|d[ií]as?|giorni|dagen|dni\b|weeks?|wochen?|semaines?|semanas?|months?|monate?n?|mois|"
    r"meses|mesi|years?|jahre?n?|ans\b|años|anni|分钟|小时|時間|天|日間|周|週間|个月|か月|ヶ月|年)",
    re.IGNORECASE,
)
_MINUTES = re.compile(r"minute|duration|\bmins?\b|_min\b|分钟|時間|분")
_KEYED = re.compile(
    r'"[^"\n]*?(sec|min|hour|day|night|week|month|year)[^"\n]*"\s*:\s*"?(\d+(?:\.\d+)?)', re.I
)
_HOURS_MINUTES = re.compile(r"(?<!\d)(\d{1,2})\s*(?:h|hrs?|hours?|std\.?|小时|時間)\s*(\d{1,2})(?!\d)", re.I)
_UNITS = (
    (("min", "分"), ("minutes", 1.0)),
    (("h", "std", "stund", "ore", "uur", "小时", "時"), ("minutes", 60.0)),
    (("d", "night", "tag", "jour", "giorn", "天", "日"), ("days", 1.0)),
    (("week", "woche", "sem", "周", "週"), ("days", 7.0)),
    (("month", "monat", "mois", "mes", "个月", "か月", "ヶ月"), ("months", 1.0)),
    (("year", "jahr", "an", "añ", "年"), ("months", 12.0)),
)


_MONTH = (
    r"(Jan(?:uary|uar)?|Feb(?:ruary|ruar)?|Mar(?:ch)?|März|Apr(?:il)?|May|Mai|June?|Juni|July?|Juli|Aug(?:ust)?|Sept?(?:ember)?|"
    r"Oct(?:ober)?|Okt(?:ober)?|Nov(?:ember)?|De[cz](?:ember)?)\b\.?"
)
_YEARLESS = re.compile(
    rf"\b{_MONTH}\s+(\d{{1,2}})(?:st|nd|rd|th)?(?![\d:.%/]|\s*,?\s*(?:19|20)\d\d|-\d{{3}})|"
    rf"(?<![\d.,:/-])(\d{{1,2}})(?:st|nd|rd|th|\.)?\s+(?:of\s+)?{_MONTH}(?!\s*,?\s*(?:19|20)\d\d)"
)
_NUMBERS = {"jan": 1, "feb": 2, "mar": 3, "mär": 3, "apr": 4, "may": 5, "mai": 5, "jun": 6, "jul": 7, "aug": 8, "sep": 9,
            "oct": 10, "okt": 10, "nov": 11, "dec": 12, "dez": 12}  # fmt: skip


def yearless(text: str) -> list[Value]:
    """Return the days that `text` gives by month and day alone, as values of kind "day"."""
    return [Value("day", match.group(), *match.span()) for match in _YEARLESS.finditer(text)]


def month_and_day(value: Value) -> tuple[int, int]:
    """Return what a value of kind "day" says."""
    match = _YEARLESS.fullmatch(value.text)
    if match is None:
        return 0, 0
    return _NUMBERS[(match[1] or match[4])[:3].lower()], int(match[2] or match[3])


class Calendar:
    """Days and times known so far, and the spans that lead from one to another."""

    def __init__(self, text: str, known: Iterable[Value], ground: Ground):
        self.text, self.ground = text, ground
        self._ready = False
        self._known = list(known)

    def follows(self, value: Value) -> bool:
        """Tell whether `value`, a date or a time, is a known span from a known one, or measures known spans."""
        self._prepare()
        if value.kind == "date":
            return any(self._day_follows(one) for one in days_of(value))
        if value.kind == "day":
            month, day = month_and_day(value)
            years = {date.fromordinal(one).year + step for one in self._days for step in (-1, 0, 1)}
            return not years or any(self._near_day(ordinal(year, month, day)) for year in years)
        return self._time_follows(value)

    def learn(self, value: Value) -> None:
        """Take `value` as known from now on."""
        if not self._ready:
            return
        if value.kind == "date":
            self._days |= days_of(value)
        elif value.kind == "time":
            self._times |= minutes(value.text)
            self._known.append(value)

    def _prepare(self) -> None:
        if self._ready:
            return
        self._ready = True
        evidence = f"{self.ground.thread.evidence}\n{self.ground.thread.written}"
        self._days = set(self.ground.days)
        self._working = _WORKING.search(f"{evidence}\n{self.text}") is not None
        self._relative = _RELATIVE.search(evidence) is not None
        self._times = minutes(evidence)
        for value in tuple(self._known):
            self.learn(value)
        self._spans: dict[str, set[float]] = {"minutes": set(), "days": set(), "months": set()}
        for number, unit in _SPAN.findall(f"{evidence}\n{self.text}"):
            self._add(float(number.replace(",", ".")), unit.lower())
        self._spans["days"] |= {
            float(number) for found in _TERMS.findall(evidence) for number in found if number
        }
        for unit, number in _KEYED.findall(evidence):
            if unit.lower() == "sec":
                self._spans["minutes"].add(float(number) / 60)
            else:
                self._add(float(number), unit.lower())
        if _MINUTES.search(evidence):
            self._spans["minutes"] |= {one for one in self.ground.quantities if one <= _DAY_MINUTES / 2}
        for hours, rest in _HOURS_MINUTES.findall(f"{evidence}\n{self.text}"):
            self._spans["minutes"].add(int(hours) * 60.0 + int(rest))

    def _add(self, number: float, unit: str) -> None:
        for beginnings, (kind, factor) in _UNITS:
            if unit.startswith(beginnings):
                self._spans[kind].add(number * factor)
                return

    def _near_day(self, wanted: int) -> bool:
        """A span away, or within a fortnight where weekdays or words like "tomorrow" were spoken of."""
        if self._day_follows(wanted):
            return True
        return self._relative and any(abs(day - wanted) <= _FORTNIGHT for day in self._days)

    def _day_follows(self, wanted: int) -> bool:
        spans = {0, *map(int, self._spans["days"])}
        for day in self._days:
            if any(abs(abs(wanted - day) - span) <= 1 for span in spans):
                return True
            if self._working and any(_workday(day, span) - wanted in (-1, 0, 1) for span in spans):
                return True
            if any(
                abs(_later(day, sign * int(span)) - wanted) <= 1
                for span in self._spans["months"]
                for sign in (1, -1)
            ):
                return True
        return False

    def _time_follows(self, value: Value) -> bool:
        spans = {0.0, *self._spans["minutes"]}
        hour, minute, *_ = value.text.split(":")
        if any(has_number(line, hour) and has_number(line, minute) for line in self._lines_with(hour)):
            return True  # a score
        if minute == "00" and has_number(self.ground.thread.shown, hour):
            return True
        for wanted in minutes(value.text):
            for known in self._times:
                gap = abs(wanted - known)
                if any(abs((gap - span) % _HALF) < 1 or abs((gap + span) % _HALF) < 1 for span in spans):
                    return True
        return _LASTS.search(self.text) is not None and self._lasts(value)

    def _lines_with(self, digits: str) -> list[str]:
        bare = digits.lstrip("0")
        return [
            line for line in self.ground.thread.shown.split("\n") if bare and bare in line and len(line) < 200
        ]

    def measures(self, value: Value) -> bool:
        """Tell whether a number in a unit of time is the span between two known times, or days."""
        unit = _SPAN.match(self.text, value.start)
        if unit is None:
            return False
        self._prepare()
        number = float(unit[1].replace(",", "."))
        kind, factor = next((own for starts, own in _UNITS if unit[2].lower().startswith(starts)), ("", 0.0))
        if kind == "minutes":
            return any(abs(abs(a - b) - number * factor) < 1 for a in self._times for b in self._times)
        if kind == "days":
            return any(abs(abs(a - b) - number * factor) <= 1 for a in self._days for b in self._days)
        return False

    def _lasts(self, value: Value) -> bool:
        """A duration: m:ss or h:mm or h:mm:ss that is, adds up or divides what was seen."""
        shown = self.ground.thread.shown
        seen = _TIMES.findall(shown)
        fields = [float(n) for unit, n in _KEYED.findall(shown) if unit.lower() == "sec"]
        totals = {*fields, *_sums(fields), *(60 * span for span in self._spans["minutes"])}
        for reading in (min, max):  # as minutes and seconds, and as hours and minutes
            lengths = [reading(_seconds(one)) for one in seen]
            totals |= {*lengths, *_sums(lengths)}
        totals |= {length for one in self._known if one.kind == "time" for length in _seconds(one.text)}
        divisors = [one for one in {*quantities(shown), *quantities(self.text)} if 0 < one < 1000][:120]
        for wanted in _seconds(value.text):
            if any(abs(total - wanted) <= 1 for total in totals):
                return True
            if any(abs(total / by - wanted) <= 1 for total in totals for by in divisors):
                return True
        return False


_LASTS = re.compile(
    r"\bmin(?:ute)?s?\b|\bhours?\b|duration|pace|\blong|length|elapsed|runtime|\blaps?\b|/km|dauer|durée|duraci|durata|时长|時間|分钟",
    re.IGNORECASE,
)
_TIMES = re.compile(r"(?<![\d:])(\d{1,3}:\d{2}(?::\d{2})?)(?![\d:])")
_SUBSETS = 8  # of as many lengths every selection may be added up


def _sums(values: list[float]) -> set[float]:
    found = {sum(values[:end]) for end in range(2, len(values) + 1)}
    if len(values) <= _SUBSETS:
        for one in values:
            found |= {one + other for other in found | {0.0}}
    return found


def _seconds(text: str) -> set[float]:
    """What a:b or a:b:c may last."""
    first, second, *third = map(int, text.split(":"))
    if third:
        return {3600.0 * first + 60 * second + third[0]}
    return {3600.0 * first + 60 * second, 60.0 * first + second}


def days_of(value: Value) -> set[int]:
    """Return the days, as numbers, that a date in an answer may mean."""
    return {ordinal(*one) for one in day_readings(value.text)} - {0} or ordinals(value.text)


def _workday(day: int, number: int) -> int:
    """The day `number` working days after `day`."""
    weeks, rest = divmod(number, 5)
    day += 7 * weeks
    while rest:
        day += 1
        rest -= date.fromordinal(day).weekday() < 5
    return day


def _later(day: int, months: int) -> int:
    """The same day of the month, `months` later; the last one of a shorter month."""
    start = date.fromordinal(day)
    number = start.year * 12 + start.month - 1 + months
    year, month = divmod(number, 12)
    if not 1 <= year <= 9998:
        return 0
    for back in range(4):
        if later := ordinal(year, month + 1, start.day - back):
            return later
    return 0
