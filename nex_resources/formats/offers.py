"""How a system turn offers tools: the pieces that formats share. Layouts follow the formats' own
templates (JSON lines in `<tools>`, a heading per tool, tags), wordings are ours."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from nex_resources.formats.jsontext import dumps
from nex_resources.records import ToolSpec


def function(tool: ToolSpec) -> dict[str, Any]:
    """Return the tool as chat APIs name it: name, description, parameters."""
    return {"name": tool.name, "description": tool.description, "parameters": tool.input_schema}


def wrapped(tool: ToolSpec) -> dict[str, Any]:
    return {"type": "function", "function": function(tool)}


def json_lines(tools: Sequence[ToolSpec]) -> str:
    """One `{"type": "function", …}` a line."""
    return "\n".join(dumps(wrapped(tool)) for tool in tools)


def headed(tools: Sequence[ToolSpec]) -> str:
    """A heading, a description and the JSON Schema of the parameters for each tool."""
    return "\n\n".join(
        f"### {tool.name}\nDescription: {tool.description}\n\nParameters: {dumps(tool.input_schema)}"
        for tool in tools
    )


def tagged(tool: ToolSpec) -> str:
    """The tool in tags: name, description, and its parameters with name, type and description."""
    lines = ["<function>", f"<name>{tool.name}</name>", f"<description>{tool.description}</description>"]
    lines.append("<parameters>")
    for name, schema in parameters(tool).items():
        lines += ["<parameter>", f"<name>{name}</name>"]
        if isinstance(schema, dict):
            lines += [f"<{key}>{_inline(value)}</{key}>" for key, value in schema.items()]
        lines.append("</parameter>")
    required = tool.input_schema.get("required")
    if required:
        lines.append(f"<required>{dumps(required)}</required>")
    return "\n".join([*lines, "</parameters>", "</function>"])


def parameters(tool: ToolSpec) -> dict[str, Any]:
    found = tool.input_schema.get("properties")
    return found if isinstance(found, dict) else {}


def section(title: str, listing: str, how: str, example: str) -> str:
    """Lay out a tools section: title, tools, then how to call one with an example."""
    return f"# {title}\n\n{listing}\n\n{how}\n\n{example}"


def _inline(value: Any) -> str:
    return value if isinstance(value, str) else dumps(value)
