"""Values that follow from others of the same answer: reports show what they compute with, so a figure counts
as grounded if it is one step from grounded ones that stand near it, until nothing more follows.

Only what is grounded already serves as a ground: two wrong figures do not vouch for each other.
"""

# ruff: noqa: E501 (wordings and scripts are easier to read unbroken)

from __future__ import annotations

import math
import re
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from itertools import combinations, permutations

from nex_assets.filtered_traces.calendar import Calendar
from nex_assets.filtered_traces.derivation import converted, parts, percentage
from nex_assets.filtered_traces.figures import Wanted, digits, is_percent, words
from nex_assets.filtered_traces.ground import Ground
from nex_assets.filtered_traces.values import Value, multiplied, readings
from nex_assets.filtered_traces.working import grown, weighted, worked_out

_CONSTANTS = (7.0, 12.0, 24.0, 30.0, 52.0, 60.0, 100.0, 365.0, 1000.0)
_NEAR, _FAR, _BLOCK, _ROW = 40, 120, 16, 10
_ROUNDS, _OPEN = 8, 120  # an answer with more open values than that is beyond help
_CHANCE = 15  # the fewer digits, the fewer pairs are tried: chance gives what has few
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
        self._lines = [0, *(match.end() for match in re.finditer("\n", text))]
        self._computes = words(text).computes

    def settle(self) -> list[Value]:
        """Return the open values that follow from nothing."""
        for _ in range(_ROUNDS):
            progress = False
            for value in self.open[:_OPEN]:
                if self._follows(value):
                    self.open.remove(value)
                    self.known.append(value)
                    self.calendar.learn(value)
                    progress = True
            if not progress:
                break
        return self.open

    def _follows(self, value: Value) -> bool:
        if value.kind in ("date", "time", "day"):
            return self.calendar.follows(value)
        if value.kind != "number":
            return False
        if self.calendar.measures(value) or worked_out(value, self.text, self._numbers(), self.ground.comma):
            return True
        hedged = HEDGE.search(self.text[max(0, value.start - 24) : value.start]) is not None
        around = self._around(value)
        columns = self._columns(value)
        percent = is_percent(value, self.text)
        for one, places in multiplied(value, self.text, self.ground.comma):
            wanted = Wanted(one, places, percent)
            rough = one * (0.05 if one % 10 == 0 else 0.02)
            tolerance = max(wanted.tolerance, rough) if hedged else wanted.tolerance
            if self._near(wanted, tolerance, *around) or _of_columns(one, tolerance, columns):
                return True
            if digits(wanted) > 2 and weighted(one, tolerance, [*columns, *self.ground.columns]):
                return True
        return False

    def _near(
        self, wanted: Wanted, tolerance: float, line: list[float], block: list[float], rest: list[float]
    ) -> bool:
        """Search the more widely, the more digits `wanted` has: chance gives what has few."""
        one, exact, figures = wanted.value, wanted.tolerance, digits(wanted)
        if _one_step(wanted, tolerance, line, [*line, *block]):
            return True
        if _two_steps(one, tolerance, line[:_ROW], block[:_BLOCK]) or _runs(one, exact, line):
            return True
        whole = line if figures > 2 else [it for it in line if it != int(it)]
        if _scaled(one, exact, whole):
            return True
        everything = [*dict.fromkeys([*line, *block, *rest])]
        if converted(everything, one, wanted.places, self.text, {}):
            return True
        far = [*rest, *filter(None, self.ground.quantities if self._computes else ())][:_FAR]
        if (figures > 2 or wanted.percent) and (
            _one_step(wanted, tolerance, line, far) or _one_step(wanted, tolerance, block, block)
        ):
            return True
        if figures < 4:
            return False
        pool = [*dict.fromkeys([*everything, *far])][: math.isqrt(10 ** min(figures, 6) // _CHANCE)]
        if _one_step(wanted, exact, pool, pool):
            return True
        if _scaled(one, exact, everything) or grown(one, exact, everything, self.text):
            return True
        given = [*line[:_ROW], *self.ground.asked[:_ROW]]
        return _multiples(one, exact, everything[:_NEAR]) or _two_steps(one, exact, given, ())

    def _numbers(self) -> set[float]:
        return {
            one
            for value in self.known
            if value.kind == "number"
            for one, _ in readings(value.text, self.ground.comma)
        }

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

    def _line_of(self, at: int) -> int:
        return bisect_right(self._lines, at) - 1

    def _same_block(self, one: int, other: int) -> bool:
        """No blank line but one lies between: a paragraph and the list or table that follows it."""
        first, last = sorted((one, other))
        between = self.text[self._lines[first] : self._lines[last]]
        return between.count("\n\n") <= 1

    def _columns(self, value: Value) -> list[list[float]]:
        """Columns of the answer's tables and the first and last numbers of the lines of its lists, with what is
        grounded in them, without `value` itself."""
        known = {other.start: other for other in self.known if other.kind == "number"}
        columns: dict[tuple[int, int], list[float]] = {}
        top = 0
        for number, start in enumerate(self._lines):
            end = self._lines[number + 1] if number + 1 < len(self._lines) else len(self.text)
            line = self.text[start:end]
            own = [at for at in known if start <= at < end and at != value.start]
            if line.lstrip().startswith("|"):
                for at in own:
                    cell = line.count("|", 0, at - start)
                    columns.setdefault((top, cell), []).append(self._first(known[at]))
            elif own and (_BULLET.match(line) or (len(line) < _SHORT and ":" in line)):
                columns.setdefault((top, -1), []).append(self._first(known[min(own)]))
                columns.setdefault((top, -2), []).append(self._first(known[max(own)]))
            else:
                top = number
        return [column for column in columns.values() if len(column) >= 2]

    def _first(self, value: Value) -> float:
        sign = -1 if value.text[0] in "-−" else 1
        return sign * readings(value.text, self.ground.comma)[0][0]


_SHORT = 80  # as long may a line of a list be that has no bullet
_BULLET = re.compile(r"\s*(?:[-*•]|\d+[.)])\s")


def _multiples(wanted: float, tolerance: float, near: Sequence[float]) -> bool:
    """A few times the sum or difference of two numbers."""
    return any(
        abs(one * times - wanted) <= tolerance
        for a, b in combinations(near, 2)
        for one in (a + b, abs(a - b))
        for times in (2, 3, 4, 6, 12)
    )


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
            if count >= 2 and any(abs(abs(it) - wanted) <= tolerance for it in (total, total / count)):
                return True
    return False
