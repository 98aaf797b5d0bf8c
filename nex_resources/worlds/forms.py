"""Forms of general tools: from typed parameters to a call's arguments, and back.

`query="SELECT … WHERE title = '{{title}}'"` is one form of an SQL tool, with one typed parameter. Steps
hold the call's real arguments, with references where the form's parameters were.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from nex_resources.records import Step
from nex_resources.worlds.base import WorldTool
from nex_resources.worlds.registry import forms

_PARAMETER = re.compile(r"\{\{(\w+)\}\}")


def arguments_for(tool: WorldTool, values: Mapping[str, Any]) -> dict[str, Any]:
    """Return a call's arguments, given a value or reference for each parameter of the form."""
    if tool.template is None:
        return dict(values)
    placed: dict[str, Any] = _place(tool.template, values)
    return placed


def _place(template: Any, values: Mapping[str, Any]) -> Any:
    if isinstance(template, dict):
        if "$arg" in template:
            return values[template["$arg"]]
        return {key: _place(value, values) for key, value in template.items()}
    if isinstance(template, list):
        return [_place(value, values) for value in template]
    if isinstance(template, str):
        return _PARAMETER.sub(lambda m: _hole(values[m[1]]), template)
    return template


def _hole(value: Any) -> str:
    if isinstance(value, dict) and "$slot" in value:
        return f"{{{{{value['$slot']}}}}}"
    if isinstance(value, dict) and "$from" in value:
        return "{{" + f"{value['$from']}:{value['path']}" + "}}"
    return str(value)


def bound(step: Step) -> tuple[WorldTool, dict[str, Any]]:
    """Return the form that a step uses, and the value or reference of each of its parameters.

    Where forms differ in the types of their parameters only, the names of the step's slots decide, then
    the order of the forms. Raises KeyError where no form of the tool fits the arguments.
    """
    fitting: list[tuple[WorldTool, dict[str, Any]]] = []
    for tool in forms(step.tool):
        found: dict[str, Any] = {}
        if tool.template is None:
            return tool, dict(step.arguments)
        if _match(tool.template, step.arguments, found):
            fitting.append((tool, found))
    if not fitting:
        raise KeyError(f"step {step.id}: no form of {step.tool} fits its arguments")
    return max(fitting, key=lambda pair: _named_alike(*pair))


def _named_alike(tool: WorldTool, found: Mapping[str, Any]) -> int:
    """Count the parameters whose slot is named by their type (`order_id`, `order_id_2`)."""
    types = {p.name: p.type for p in tool.parameters}
    slots = {n: str(v["$slot"]) for n, v in found.items() if isinstance(v, dict) and "$slot" in v}
    return sum(re.fullmatch(rf"{types[n]}(_\d+)?", slot) is not None for n, slot in slots.items())


def _match(template: Any, given: Any, found: dict[str, Any]) -> bool:
    if isinstance(template, dict):
        if "$arg" in template:
            found[template["$arg"]] = given
            return True
        same = isinstance(given, dict) and template.keys() == given.keys()
        return same and all(_match(value, given[key], found) for key, value in template.items())
    if isinstance(template, list):
        same = isinstance(given, list) and len(template) == len(given)
        return same and all(_match(t, g, found) for t, g in zip(template, given, strict=True))
    if isinstance(template, str):
        return isinstance(given, str) and _match_text(template, given, found)
    return bool(template == given)


def _match_text(template: str, given: str, found: dict[str, Any]) -> bool:
    parts = _PARAMETER.split(template)  # text, name, text, name, …, text
    pattern = "".join(
        re.escape(part) if index % 2 == 0 else r"(\{\{[^{}]*\}\}|.+?)" for index, part in enumerate(parts)
    )
    match = re.fullmatch(pattern, given, re.DOTALL)
    if match is None:
        return False
    found.update({name: _value(text) for name, text in zip(parts[1::2], match.groups(), strict=True)})
    return True


def _value(text: str) -> Any:
    if not text.startswith("{{"):
        return text
    name, colon, path = text.strip("{}").partition(":")
    return {"$from": name, "path": path} if colon else {"$slot": name}
