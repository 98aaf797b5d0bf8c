"""`pythonic`: a Python list of calls with keyword arguments, as Llama 3.2 and 4 and ToolACE models emit. A
turn is either text or calls."""

from __future__ import annotations

import ast
import keyword
import re
import warnings
from collections.abc import Sequence
from functools import lru_cache
from typing import Any

from nex_resources.formats import offers
from nex_resources.formats.base import DecodeError
from nex_resources.formats.jsontext import dumps, is_text
from nex_resources.formats.schemas import ToolIndex
from nex_resources.formats.turns import Calls, TextCodec, call_id
from nex_resources.records import Message, ToolCall, ToolSpec

_NAME = re.compile(r"[A-Za-z]\w*", re.ASCII)
_SCALARS = frozenset({bool, int, float, type(None)})
_LIST = re.compile(r"\[\s*[A-Za-z][\w.]*\(")


class Pythonic(TextCodec):
    name = "pythonic"
    results_role = "tool"
    reserved = ("<|",)
    between = ""

    def check_text(self, turn: Message, problems: list[str]) -> None:
        super().check_text(turn, problems)
        if turn.text and turn.calls:
            problems.append("text beside calls: the syntax has a list of calls or text, not both")
        elif "[" in turn.text and _LIST.search(turn.text):
            problems.append("reserved token in text: a bracket may start a list of calls")

    def write_calls(self, calls: Sequence[ToolCall], index: ToolIndex, problems: list[str]) -> str:
        return f"[{', '.join(self._call(call, problems) for call in calls)}]"

    def _call(self, call: ToolCall, problems: list[str]) -> str:
        for name in (call.name, *call.arguments):
            if not _is_name(name):
                problems.append(f"name not writable: {name!r} is no Python name")
        written = ", ".join(f"{name}={_literal(value, problems)}" for name, value in call.arguments.items())
        return f"{call.name}({written})"

    def read_calls(self, text: str, offset: int, index: ToolIndex) -> Calls | None:
        body = text.strip()
        if not _LIST.match(body):
            return None
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")
                parsed = ast.parse(body, mode="eval").body
        except (SyntaxError, ValueError, MemoryError, RecursionError) as error:
            raise DecodeError(f"not a Python list of calls: {error}", offset) from None
        if not isinstance(parsed, ast.List) or not parsed.elts:
            raise DecodeError("not a Python list of calls", offset)
        calls = tuple(_read(node, position, offset) for position, node in enumerate(parsed.elts))
        return Calls(0, len(text), calls)

    def encode_results(self, turn: Message) -> str:
        return dumps([{result.name: result.text} for result in turn.results])

    def describe_tools(self, tools: Sequence[ToolSpec]) -> str:
        return offers.section(
            "Tools",
            dumps([offers.function(tool) for tool in tools]),
            "Call functions by writing nothing but a Python list of calls:",
            "[func_name1(param1=value1, param2=value2), func_name2(param=value)]",
        )


@lru_cache(maxsize=10_000)
def _is_name(name: str) -> bool:
    return _NAME.fullmatch(name) is not None and not keyword.iskeyword(name)


def _literal(value: Any, problems: list[str]) -> str:
    """Render JSON as a Python literal that holds no `<|`; note what is no JSON or not read everywhere."""
    kind = type(value)
    if kind is int and 0 <= value < 2**63:
        return str(value)
    if kind is str:
        if not value.isascii() and not is_text(value):
            problems.append("not text: a lone surrogate cannot be written as UTF-8")
        text = repr(value)
        return text.replace("<", "\\x3c") if "<|" in text else text
    if kind is dict:
        items = (f"{_literal(k, problems)}: {_literal(v, problems)}" for k, v in value.items())
        return f"{{{', '.join(items)}}}"
    if kind is list:
        return f"[{', '.join(_literal(item, problems) for item in value)}]"
    try:
        text = repr(value)
    except ValueError:  # an integer of thousands of digits
        text = "None"
        problems.append("not JSON: a number is too long")
    if kind not in _SCALARS or text in ("nan", "inf", "-inf"):
        problems.append(f"not JSON: {text}")
    elif text.startswith("-"):
        problems.append(f"negative number: {text} is no literal to every engine")
    return text


def _read(node: ast.expr, position: int, offset: int) -> ToolCall:
    if not isinstance(node, ast.Call) or node.args:
        raise DecodeError("a list of calls may hold calls with keyword arguments only", offset)
    arguments: dict[str, Any] = {}
    for word in node.keywords:
        if word.arg is None:
            raise DecodeError("a call may not unpack its arguments", offset)
        arguments[word.arg] = _value(word.value, offset)
    try:
        return ToolCall(call_id(position), ast.unparse(node.func), arguments)
    except RecursionError:
        raise DecodeError("a function's name is nested too deep", offset) from None


def _value(node: ast.expr, offset: int) -> Any:
    try:
        value = ast.literal_eval(node)
        return loads_back(value)
    except (ValueError, TypeError, MemoryError, RecursionError):
        raise DecodeError("arguments have to be literals", offset) from None


def loads_back(value: Any) -> Any:
    """Return `value` if JSON can hold it, tuples as lists. Raises ValueError or TypeError."""
    if isinstance(value, tuple):
        value = list(value)
    if isinstance(value, list):
        return [loads_back(item) for item in value]
    dumps(value)
    return value
