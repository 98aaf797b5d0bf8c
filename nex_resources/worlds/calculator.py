"""Arithmetic: no state, one tool, behind mcp-server-calculator. It serves as the last step after others."""

from __future__ import annotations

import ast
import operator
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from nex_resources.worlds.base import Outcome, Parameter, Rows, SemanticType
from nex_resources.worlds.business import outputs
from nex_resources.worlds.pools import Draw
from nex_resources.worlds.server import ServerWorld, form

_OPERATORS: dict[type[ast.operator], Any] = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Div: operator.truediv,
}


class Nothing:
    """The backing of a world without state."""

    def make(self, draw: Draw) -> None:
        return None

    def open(self, state: None) -> CalculatorTwin:
        return CalculatorTwin()

    def write(self, state: None, workspace: Path) -> None:
        """There is nothing to write."""

    def read(self, workspace: Path) -> Rows:
        return {}

    def parse(self, tool: str, text: str) -> Any:
        return {"result": round(float(text), 6)}


class CalculatorTwin:
    """Answers as mcp-server-calculator does, for the four operations."""

    def call(self, tool: str, arguments: Mapping[str, Any]) -> Outcome:
        if tool != "calculate":
            return Outcome(f"Unknown tool: {tool}", error=True)
        try:
            value = _evaluate(ast.parse(str(arguments.get("expression", "")), mode="eval").body)
        except (SyntaxError, ValueError, ZeroDivisionError) as error:
            return Outcome(f"Error executing tool calculate: {error}", error=True)
        return Outcome(str(value), {"result": round(float(value), 6)})

    def rows(self) -> Rows:
        return {}

    def reset(self) -> None:
        """There is no state."""

    def close(self) -> None:
        """Nothing is held."""


def _evaluate(node: ast.expr) -> Any:
    if isinstance(node, ast.Constant) and isinstance(node.value, int | float):
        return node.value
    if isinstance(node, ast.BinOp) and type(node.op) in _OPERATORS:
        return _OPERATORS[type(node.op)](_evaluate(node.left), _evaluate(node.right))
    raise ValueError(f"Unsupported operation: {ast.dump(node)}")


def _calculate(name: str, description: str, expression: str, second: str) -> Any:
    return form(
        "calculator",
        "calculate",
        name,
        description,
        {"expression": expression},
        (Parameter("amount", "amount"), Parameter(second, second)),
        outputs("calculation", "result"),
    )


TYPES = (
    SemanticType("amount", json="number"),
    SemanticType("factor", json="integer"),
    SemanticType("addend", json="number"),
    SemanticType("subtrahend", json="number"),
)

TOOLS = (
    _calculate("multiply", "Multiply an amount.", "{{amount}} * {{factor}}", "factor"),
    _calculate("add", "Add to an amount.", "{{amount}} + {{addend}}", "addend"),
    _calculate("subtract", "Take from an amount.", "{{amount}} - {{subtrahend}}", "subtrahend"),
)

FRESH = {
    "amount": lambda draw: draw.amount(10, 2000),
    "factor": lambda draw: draw.number(11, 400),
    "addend": lambda draw: draw.amount(10, 900),
    "subtrahend": lambda draw: draw.amount(10, 900),
}

CALCULATOR = ServerWorld("calculator", Nothing(), TYPES, TOOLS, FRESH)
