"""Numbers that follow from observed ones: sums and means of a table's columns, by group too, unit conversions,
shares and differences.

Only numbers that stand on their own take part: the digits of an identifier or of a date are no quantities.
"""

# ruff: noqa: E501 (wordings and scripts are easier to read unbroken)

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import pairwise

from nex_assets.filtered_traces.values import rounding

_QUANTITY = re.compile(
    r"(?<![A-Za-z0-9_./#-])(?<![A-Za-z0-9]:)-?[$€£¥]?(\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?)(?![\d_:/#-]|\.\d|,\d{3}(?!\d)|[A-Za-z]{4}|[A-Za-z]{1,3}\d)",
    re.ASCII,
)
# (unit seen in the answer, factors that lead to it, offset)
_CONVERSIONS: tuple[tuple[re.Pattern[str], tuple[float, ...]], ...] = (
    (re.compile(r"\b(?:feet|foot|ft)\b|英尺", re.I), (3.28084, 1 / 12, 5280)),
    (re.compile(r"\binch(?:es)?\b|\bin\b|英寸", re.I), (0.393701, 12, 0.0393701)),
    (re.compile(r"\bmiles?\b|\bmi\b|\bmph\b|英里", re.I), (0.621371, 2.236936, 0.000621371, 1.150779)),
    (re.compile(r"\b(?:square|sq\.?) mi|\bacres?\b|平方英里|英亩", re.I), (0.386102, 2.471054, 640)),
    (re.compile(r"\b(?:square|sq\.?) f|平方英尺", re.I), (10.763910,)),
    (re.compile(r"\bkm/?h?\b|\bkilomet|公里|千米", re.I), (1.609344, 3.6, 1.852)),
    (re.compile(r"\bm\b|\bmet(?:er|re)s?\b|米", re.I), (0.3048, 0.9144, 1609.344)),
    (re.compile(r"\b(?:square|sq\.?) (?:kilo)?met|\bkm²|\bm²|\bhectares?\b|平方|公顷", re.I), (2.589988, 0.092903, 0.404686, 100.0)),
    (re.compile(r"\bcm\b|\bcentim|厘米", re.I), (2.54, 30.48)),
    (re.compile(r"\b(?:lbs?|pounds?)\b|磅", re.I), (2.204623, 1 / 16)),
    (re.compile(r"\b(?:kgs?|kilo(?:gram)?s?|grams?|g)\b|公斤|千克|克|斤", re.I), (0.453592, 28.349523, 453.592, 2.0, 0.5)),
    (re.compile(r"\b(?:oz|ounces?)\b|盎司", re.I), (0.035274, 16, 33.814)),
    (re.compile(r"\bgal(?:lons?)?\b|加仑", re.I), (0.264172,)),
    (re.compile(r"\b(?:l|lit(?:er|re)s?|ml)\b|升", re.I), (3.785412, 29.5735, 0.473176)),
    (re.compile(r"\bcups?\b|杯", re.I), (1 / 236.588, 1 / 240, 1 / 250, 1 / 16)),
    (re.compile(r"\b(?:tsp|tbsp|tea ?spoons?|table ?spoons?)\b|勺", re.I), (1 / 5, 1 / 15, 3, 1 / 3, 16)),
    (re.compile(r"\bknots?\b|\bm/s\b", re.I), (0.539957, 0.277778, 0.44704)),
    (re.compile(r"\bweeks?\b|\bdays?\b|\byears?\b|周|星期|天|年", re.I), (1 / 7, 7, 1 / 24, 1 / 365, 365, 52, 12, 1 / 12)),
    (re.compile(r"\bmonths?\b|\bquarters?\b|个月|季度", re.I), (12, 1 / 12, 3, 1 / 3, 4)),
    (re.compile(r"\bbits?\b|\bm?bps\b", re.I), (8, 1 / 8)),
    (re.compile(r"万|亿"), (1e-4, 1e-8, 1e4)),
)  # fmt: skip
_FAHRENHEIT = re.compile(r"°?\s?F\b|fahrenheit|华氏", re.IGNORECASE)
_CELSIUS = re.compile(r"°?\s?C\b|celsius|摄氏|℃", re.IGNORECASE)
_GAP = re.compile(r"\s{2,}|\t")
_ROWS = 5_000  # a longer table is not added up
_DERIVED = 400  # as many subtotals take part in shares and differences


def quantities(text: str) -> list[float]:
    """Return the numbers of `text` that stand on their own, repeated ones included."""
    return [float(found.replace(",", "")) for found in _QUANTITY.findall(text) if len(found) < 300]


_UNIT_AFTER = re.compile(
    r"(?<![\w.,])(\d[\d,]*(?:\.\d+)?)\s?(°?\s?[A-Za-z°²/]{1,12}|[公英]?[里尺斤]|米|升|磅)"
)
_UNIT_IN_KEY = re.compile(
    r'[_A-Za-z](km|mi|miles|m|ft|feet|cm|in|kg|lbs?|g|oz|l|c|f|celsius|fahrenheit|minutes|hours|days)"\s*:\s*(-?\d+(?:\.\d+)?)',
    re.IGNORECASE,
)


def units(text: str) -> dict[float, str]:
    """Return the units that `text` gives its numbers in, all of one number's in one string."""
    found: defaultdict[float, str] = defaultdict(str)
    for number, unit in _UNIT_AFTER.findall(text):
        found[float(number.replace(",", ""))] += f" {unit.strip()}"
    for unit, number in _UNIT_IN_KEY.findall(text):
        found[abs(float(number))] += f" {unit}"
    return found


def converted(seen: Iterable[float], wanted: float, places: int, text: str, given: dict[float, str]) -> bool:
    """Tell whether `wanted` is one of `seen` in a unit that `text` names, rounded to its places or to three
    figures. What is `given` in that unit already is not converted to it."""
    factors, to_f, to_c = _conversions(text)
    for one in seen:
        unit = given.get(one, "")
        for pattern, own in factors:
            fits = one and any(_near(one * factor, wanted, places) for factor in own)
            if fits and not pattern.search(unit):
                return True
        if to_f and _near(one * 1.8 + 32, wanted, places) and not _FAHRENHEIT.search(unit):
            return True
        if to_c and _near(abs(one - 32) / 1.8, wanted, places) and not _CELSIUS.search(unit):
            return True
    return False


@lru_cache(maxsize=16)
def _conversions(text: str) -> tuple[list[tuple[re.Pattern[str], tuple[float, ...]]], bool, bool]:
    """The units that `text` names: it is asked for each of its numbers."""
    factors = [(pattern, own) for pattern, own in _CONVERSIONS if pattern.search(text)]
    return factors, _FAHRENHEIT.search(text) is not None, _CELSIUS.search(text) is not None


def _near(exact: float, wanted: float, places: int) -> bool:
    rounded = rounding(places)
    return abs(exact - wanted) <= max(rounded, 0.002 * abs(exact) if exact >= 10 else 0.0)


def subtotals(texts: Iterable[str]) -> set[float]:
    """Return totals, means, extremes and counts of the number columns of all tables in `texts`, for the whole
    and for the rows that agree in a text column."""
    found: set[float] = set()
    for text in texts:
        for table in tables(text):
            found |= _of_table(table)
    return found


def _of_table(table: Sequence[Sequence[str]]) -> set[float]:
    columns = list(zip(*table, strict=False))
    numeric = {i: values for i, column in enumerate(columns) if (values := _numbers(column)) is not None}
    groups: list[list[int]] = [list(range(len(table)))]
    for index, column in enumerate(columns):
        if index not in numeric or len(set(column)) <= 12:
            members: defaultdict[str, list[int]] = defaultdict(list)
            for row, value in enumerate(column):
                members[value].append(row)
            if 1 < len(members) < len(table):
                groups += members.values()
    found: set[float] = set()
    for rows in groups:
        found.add(float(len(rows)))
        for values in numeric.values():
            part = [values[row] for row in rows]
            total = sum(part)
            found |= {round(total, 6), round(total / len(part), 6), min(part), max(part)}
    return found


def _numbers(column: Sequence[str]) -> list[float] | None:
    """The column as numbers, or None where one is none."""
    out = []
    for cell in column:
        bare = cell.strip().strip('"').lstrip("$€£¥").rstrip("%").replace(",", "")
        if not bare or bare[-1] not in "0123456789.":
            return None
        try:
            out.append(abs(float(bare)))
        except ValueError:
            return None
    return out


def tables(text: str) -> Iterator[list[list[str]]]:
    """Yield the tables of `text` as rows of cells, without their heads: delimited lines, aligned columns, JSON
    rows and JSON lists of numbers."""
    yield from _json_tables(text)
    for split in (_commas, _semicolons, _bars, _aligned):
        block: list[list[str]] = []
        for line in (*text.split("\n")[:_ROWS], ""):
            cells = split(line)
            if len(cells) >= 2 and (not block or len(cells) == len(block[0])):
                block.append(cells)
                continue
            yield from _body(block)
            block = [cells] if len(cells) >= 2 else []


def _body(block: list[list[str]]) -> Iterator[list[list[str]]]:
    rows = [row for row in block if any(any(map(str.isalnum, cell)) for cell in row)]
    if len(rows) >= 2 and not any(
        cell[:1].isdigit() or (cell[1:2].isdigit() and cell[0] in "-$€£¥") for cell in rows[0] if cell
    ):
        rows = rows[1:]
    if len(rows) >= 2:
        yield rows


def _commas(line: str) -> list[str]:
    return [cell.strip() for cell in line.split(",")] if "," in line and "{" not in line else []


def _semicolons(line: str) -> list[str]:
    return [cell.strip() for cell in line.split(";")] if ";" in line and "{" not in line else []


def _bars(line: str) -> list[str]:
    if "|" not in line:
        return []
    bare = line.strip()
    framed = bare.startswith("|")
    return [cell.strip() for cell in (bare.strip("|") if framed else bare).split("|")]


def _aligned(line: str) -> list[str]:
    return _GAP.split(line.strip()) if "|" not in line and "," not in line and ";" not in line else []


_ROW = re.compile(r"\{[^{}]*\}")
_PAIR = re.compile(r'"([^"]+)"\s*:\s*(?:"([^"]*)"|(-?\d+(?:\.\d+)?))')
_CELLS = re.compile(r"\[[^\[\]{}]*\]")
_LIST = re.compile(r"\[\s*-?\d+(?:\.\d+)?(?:\s*,\s*-?\d+(?:\.\d+)?)+\s*\]")


def _json_tables(text: str) -> Iterator[list[list[str]]]:
    rows: defaultdict[tuple[str, ...], list[list[str]]] = defaultdict(list)
    for found in _ROW.findall(text)[:_ROWS] if "{" in text else ():
        pairs = _PAIR.findall(found)
        rows[tuple(name for name, _, _ in pairs)].append([word or digits for _, word, digits in pairs])
    yield from (one for names, one in rows.items() if names and len(one) >= 2)
    rows_of_lists: defaultdict[int, list[list[str]]] = defaultdict(list)
    for found in _CELLS.findall(text)[:_ROWS] if "],[" in text.replace(" ", "") else ():
        cells = [cell.strip().strip('"') for cell in found.strip("[] \n").split(",")]
        rows_of_lists[len(cells)].append(cells)
    for width, one in rows_of_lists.items():
        if width >= 2:
            yield from _body(one)
    for found in _LIST.findall(text) if "[" in text else ():
        yield [[cell] for cell in found.strip("[] \n").split(",")]


def percentage(a: float, b: float, wanted: float, tolerance: float) -> bool:
    """Tell whether `wanted` is one number in percent of the other, or how much larger or smaller it is."""
    return (
        abs(100 * a / b - wanted) <= tolerance
        or abs(100 * b / a - wanted) <= tolerance
        or abs(100 * abs(b - a) / a - wanted) <= tolerance
        or abs(100 * abs(b - a) / b - wanted) <= tolerance
    )


def parts(a: float, b: float) -> tuple[float, ...]:
    """A percentage of a number, the number with it added or taken off, and without an added one."""
    up, down = b * (1 + a / 100), a * (1 + b / 100)
    return a * b / 100, up, b * (1 - a / 100), down, a * (1 - b / 100), a / (1 + b / 100), b / (1 + a / 100)


def combined(values: Iterable[float], wanted: float, places: int, percent: bool) -> bool:
    """Tell whether `wanted` is the difference, sum or quotient of two of `values`, as rounded, or with `percent`
    one in percent of the other."""
    some = sorted({one for one in values if one})[:_DERIVED]
    tolerance = rounding(places)
    for index, a in enumerate(some):
        for b in some[index:]:
            if abs(a + b - wanted) <= tolerance or abs(b - a - wanted) <= tolerance:
                return True
            if places and (abs(b / a - wanted) <= tolerance or abs(a / b - wanted) <= tolerance):
                return True
            if percent and percentage(a, b, wanted, tolerance):
                return True
    return False


def chained(values: Sequence[float], wanted: float, places: int, percent: bool) -> bool:
    """Tell whether neighbours in the order of `values` differ by `wanted`, or with `percent` by that share."""
    tolerance = rounding(places)
    return any(
        any(abs(abs(b - a) * scale - wanted) <= tolerance for scale in (1, 1000))
        or (percent and a and abs(100 * abs(b - a) / a - wanted) <= tolerance)
        for a, b in pairwise(values)
    )


def proportional(wanted: float, places: int, asked: Iterable[float], seen: Iterable[float]) -> bool:
    """Tell whether `wanted` is an observed number scaled by one that the user gave: the rule of three, or a
    share of it."""
    given = [one for one in dict.fromkeys(asked) if one][:6]
    known = [one for one in dict.fromkeys(seen) if one][:80]
    tolerance = rounding(places)
    for factor in given:
        if any(
            abs(one * factor - wanted) <= tolerance or abs(one / factor - wanted) <= tolerance
            for one in known
        ):
            return True
        bases = [one for one in known if one <= 1000]
        if any(
            abs(one * factor / base - wanted) <= tolerance for base in bases for one in known if base != one
        ):
            return True
    return False
