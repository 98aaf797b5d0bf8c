"""Figures whose working stands in the answer: a formula before an equals sign, growth at a rate over terms."""

# ruff: noqa: E501 (wordings and scripts are easier to read unbroken)

from __future__ import annotations

import ast
import math
import operator
import re
from collections.abc import Callable, Iterable, Sequence, Set

from nex_assets.filtered_traces.values import Value, readings, rounding

_FORMULA = re.compile(
    r"([\d(][\d\s.,+*/÷×x·()%$€£¥−–-]{2,120}?)\s*(?:=|≈|→|equals|is|gives)\s*[\s*_$€£¥~≈]*$"
)
_SIGNS = str.maketrans({"×": "*", "·": "*", "x": "*", "÷": "/", "−": "-", "–": "-"})
_NUMBER = re.compile(r"\d[\d.,]*\d|\d")
_OPERATIONS: dict[type[ast.operator], Callable[[float, float], float]] = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Div: operator.truediv,
}
_GROWS = re.compile(
    r"compound|annual|per (?:year|month)|a year|growth|grow|yearly|monthly|cagr|interest|zins|jährlich|par an|al año|复利|每年|年均",
    re.IGNORECASE,
)
_TERMS = 60
_COLUMNS = 12


def worked_out(value: Value, text: str, known: Set[float], comma: bool) -> bool:
    """Tell whether `value` is what the formula right before it gives, and all numbers of that are `known` or small."""
    match = _FORMULA.search(text[max(0, value.start - 140) : value.start])
    if match is None:
        return False
    formula = match[1].translate(_SIGNS).replace("%", "*0.01").translate(dict.fromkeys(map(ord, "$€£¥")))
    for found in _NUMBER.findall(formula):
        one = readings(found, comma)[0][0]
        if one > 20 and one not in known and one != 0.01:
            return False
    result = _evaluate(_NUMBER.sub(lambda m: repr(readings(m.group(), comma)[0][0]), formula))
    return result is not None and any(
        abs(abs(one) - one_of) <= rounding(places)
        for one_of, places in readings(value.text, comma)
        for one in (result, 100 * result)
    )


def _evaluate(formula: str) -> float | None:
    try:
        return _value(ast.parse(formula.strip(), mode="eval").body)
    except (SyntaxError, ValueError, ZeroDivisionError, RecursionError):
        return None


def _value(node: ast.expr) -> float:
    if isinstance(node, ast.Constant) and isinstance(node.value, int | float):
        return float(node.value)
    if isinstance(node, ast.BinOp) and type(node.op) in _OPERATIONS:
        return _OPERATIONS[type(node.op)](_value(node.left), _value(node.right))
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.USub):
        return -_value(node.operand)
    raise ValueError("no plain formula")


def weighted(wanted: float, tolerance: float, columns: Sequence[Sequence[float]]) -> bool:
    """Tell whether `wanted` is a mean of one column weighted by another as long, or a column's geometric mean."""
    for column in columns[:_COLUMNS]:
        if column and all(one > 0 for one in column):
            if abs(math.prod(column) ** (1 / len(column)) - wanted) <= tolerance:
                return True
            for other in columns[:_COLUMNS]:
                if other is not column and len(other) == len(column):
                    total = sum(a * b for a, b in zip(column, other, strict=True))
                    if abs(total / sum(column) - wanted) <= tolerance:
                        return True
    return False


def grown(wanted: float, tolerance: float, known: Iterable[float], text: str) -> bool:
    """Tell whether `wanted` is a known number after growing at a known percentage for up to 60 terms."""
    if _GROWS.search(text) is None or "%" not in text or 1900 <= wanted <= 2100:
        return False
    numbers = list(known)
    rates = [one for one in numbers if 0 < one < 40]
    for start in numbers:
        if not 0.05 * wanted <= start <= wanted:
            continue
        for rate in rates:
            total = start
            for _ in range(_TERMS):
                total *= 1 + rate / 100
                if total > 1.001 * wanted + tolerance:
                    break
                if abs(total - wanted) <= max(tolerance, 0.0005 * wanted):
                    return True
    return False
