"""Values that follow from others of the same answer: reports show what they compute with, so a figure counts
as grounded if it is one step from grounded ones that stand near it, until nothing more follows.

Only what is grounded already serves as a ground: two wrong figures do not vouch for each other.
"""

# ruff: noqa: E501 (wordings and scripts are easier to read unbroken)

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import combinations, permutations

from nex_assets.filtered_traces.calendar import Calendar
from nex_assets.filtered_traces.figures import COMPUTES, Wanted, is_percent, parts, percentage
from nex_assets.filtered_traces.ground import Ground
from nex_assets.filtered_traces.values import Value, readings

_CONSTANTS = (7.0, 12.0, 24.0, 30.0, 52.0, 60.0, 100.0, 365.0, 1000.0)
_NEAR, _FAR, _BLOCK, _ROW = 40, 120, 16, 10
HEDGE = re.compile(
    r"(?:[≈~]|\b(?:about|around|roughly|approx\w*|some|nearly|almost|circa|ca\.?|etwa|rund|ungefähr|knapp|gut|environ|"
    r"près de|unos|unas|aproximadamente|alrededor de|circa|ongeveer|około|cerca de)|约|大约|左右|およそ)[\s*_$€£¥]*$",
    re.IGNORECASE,
)


class Closure:
    """The values of one answer, grounded ones and open ones, by line and by block."""

    def __init__(self, text: str, values: Sequence[Value], open_: Iterable[Value], ground: Ground):
        self.text, self.ground = text, ground
        self.open = list(open_)
        waiting = set(self.open)
        self.known = [value for value in values if value not in waiting]
        self.calendar = Calendar(text, self.known, ground)
        starts = [0, *(match.end() for match in re.finditer("\n", text))]
        self._lines = starts
        self._computes = COMPUTES.search(text) is not None

    def settle(self) -> list[Value]:
        """Return the open values that follow from nothing."""
        progress = True
        while progress and self.open:
            progress = False
            for value in list(self.open):
                if self._follows(value):
                    self.open.remove(value)
                    self.known.append(value)
                    self.calendar.learn(value)
                    progress = True
        return self.open

    def _follows(self, value: Value) -> bool:
        if value.kind in ("date", "time"):
            return self.calendar.follows(value)
        if value.kind != "number":
            return False
        hedged = HEDGE.search(self.text[max(0, value.start - 24) : value.start]) is not None
        around = self._around(value)
        columns = self._columns(value)
        percent = is_percent(value, self.text)
        for one, places in readings(value.text, self.ground.comma):
            tolerance = 0.5000001 * 10**-places
            if hedged and one:
                tolerance = max(tolerance, 0.02 * one)
            if self._near(Wanted(one, places, percent), tolerance, *around):
                return True
            if _of_columns(one, tolerance, columns):
                return True
        return False

    def _near(
        self, wanted: Wanted, tolerance: float, line: list[float], block: list[float], rest: list[float]
    ) -> bool:
        if _one_step(wanted, tolerance, line, [*line, *block]):
            return True
        telling = wanted.value >= 100 or wanted.places > 0  # what little gives by chance
        scaled = line if telling else [one for one in line if one != int(one)]
        exact = wanted.tolerance
        if _scaled(wanted.value, exact, scaled) or _runs(wanted.value, exact, self._in_order()):
            return True
        far = [*rest, *filter(None, self.ground.quantities if self._computes else ())]
        if (telling or wanted.percent) and (
            _one_step(wanted, tolerance, line, far[:_FAR]) or _one_step(wanted, tolerance, block, block)
        ):
            return True
        return _two_steps(wanted.value, tolerance, line[:_ROW], block[:_BLOCK])

    def _around(self, value: Value) -> tuple[list[float], list[float], list[float]]:
        """Return the grounded numbers of the line of `value`, of its block and its neighbours, and of the rest."""
        own = self._line_of(value.start)
        line, block, rest = [], [], []
        for other in self.known:
            if other.kind != "number":
                continue
            found = [one for one, _ in readings(other.text, self.ground.comma) if one]
            at = self._line_of(other.start)
            if at == own:
                line += found
            elif abs(at - own) <= 1 or self._same_block(own, at):
                block += found
            else:
                rest += found
        return line, list(dict.fromkeys(block))[:_NEAR], list(dict.fromkeys(rest))[:_FAR]

    def _in_order(self) -> list[float]:
        """Return the grounded numbers in the order of the text."""
        known = sorted((one for one in self.known if one.kind == "number"), key=lambda one: one.start)
        found = [readings(one.text, self.ground.comma) for one in known[:_NEAR]]
        return [one[0][0] for one in found if one]

    def _line_of(self, at: int) -> int:
        low, high = 0, len(self._lines) - 1
        while low < high:
            middle = (low + high + 1) // 2
            low, high = (middle, high) if self._lines[middle] <= at else (low, middle - 1)
        return low

    def _same_block(self, one: int, other: int) -> bool:
        """No blank line but one lies between: a paragraph and the list or table that follows it."""
        first, last = sorted((one, other))
        between = self.text[self._lines[first] : self._lines[last]]
        return between.count("\n\n") <= 1

    def _columns(self, value: Value) -> list[list[float]]:
        """Columns of the answer's tables, with what is grounded in them, without `value` itself."""
        known = {other.start: other for other in self.known if other.kind == "number"}
        columns: dict[tuple[int, int], list[float]] = {}
        table = 0
        for number, start in enumerate(self._lines):
            end = self._lines[number + 1] if number + 1 < len(self._lines) else len(self.text)
            line = self.text[start:end]
            if not line.lstrip().startswith("|"):
                table = number
                continue
            cell = 0
            for offset, mark in enumerate(line):
                cell += mark == "|"
                at = start + offset
                if at in known and at != value.start:
                    found = readings(known[at].text, self.ground.comma)
                    columns.setdefault((table, cell), []).append(found[0][0])
        return [column for column in columns.values() if len(column) >= 2]


def _scaled(wanted: float, tolerance: float, line: Sequence[float]) -> bool:
    """A number of the line by the month, the dozen, the minute."""
    return any(abs(one - wanted) <= tolerance for a in line for c in _CONSTANTS for one in (a * c, a / c))


def _one_step(wanted: Wanted, tolerance: float, near: Sequence[float], far: Sequence[float]) -> bool:
    """Tell whether one operation on a number of `near` and one of `far` gives `wanted`."""
    one = wanted.value
    for a in near:
        for b in far:
            if abs(a + b - one) <= tolerance or abs(abs(a - b) - one) <= tolerance:
                return True
            if wanted.percent:
                if percentage(a, b, one, tolerance):
                    return True
                continue
            if (
                abs(a * b - one) <= tolerance
                or abs(a / b - one) <= tolerance
                or abs(b / a - one) <= tolerance
            ):
                return True
            if min(a, b) <= 100 and any(abs(part - one) <= tolerance for part in parts(a, b)):
                return True
    return False


def _two_steps(wanted: float, tolerance: float, line: Sequence[float], block: Sequence[float]) -> bool:
    """Three numbers of one line (a ± b ± c, a × b ± c, a × b × c, a × b ÷ c, (a ± b) ÷ c), or a ratio of the block
    per one of the line."""
    for a, b in combinations(line, 2):
        for first in (a + b, abs(a - b), a * b, a * b / 100):
            for c in line:
                if c in (a, b):
                    continue
                if any(abs(one - wanted) <= tolerance for one in (first + c, abs(first - c), first * c)):
                    return True
                if c and abs(first / c - wanted) <= tolerance:
                    return True
    for a, b in permutations(block, 2):
        if any(abs(a / b * c - wanted) <= tolerance for c in line if c not in (0, 1, 10, 100)):
            return True
    return False


def _runs(wanted: float, tolerance: float, ordered: Sequence[float]) -> bool:
    """The sum of neighbours, in thousands or sixties as well."""
    for start in range(len(ordered)):
        total = ordered[start]
        for one in ordered[start + 1 :]:
            total += one
            if any(abs(total / scale - wanted) <= tolerance for scale in (1, 60, 1000)):
                return True
    return False


def _of_columns(wanted: float, tolerance: float, columns: Sequence[Sequence[float]]) -> bool:
    """The sum or mean of a column of the answer, or of its first rows."""
    for column in columns:
        total = 0.0
        for count, one in enumerate(column, 1):
            total += one
            if count >= 2 and (abs(total - wanted) <= tolerance or abs(total / count - wanted) <= tolerance):
                return True
    return False
