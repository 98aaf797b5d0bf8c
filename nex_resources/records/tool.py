"""A tool as an agent sees it."""

from __future__ import annotations

from typing import Any, Literal

import msgspec


class ToolSpec(msgspec.Struct, frozen=True, omit_defaults=True):
    """A tool that an agent may call.

    `name` is the name the model uses: `server__tool` for MCP tools (23 bare names collide across the
    catalogue), the agent's name for a sub-agent. `input_schema` is JSON Schema. `effect` says whether
    a call may change state; `deterministic` whether equal calls in equal states give equal results.
    """

    name: str
    description: str = ""
    input_schema: dict[str, Any] = msgspec.field(default_factory=lambda: {"type": "object", "properties": {}})
    kind: Literal["mcp", "agent", "python", "builtin"] = "mcp"
    server: str = ""
    effect: Literal["read", "write", "unknown"] = "unknown"
    deterministic: bool = True
    disable_parallel: bool = False
    deferred: bool = False  # shown only once a search has found it
    brief: str = ""  # one line for a search's hit list
    search_hint: str = ""  # further words by which a search finds it
    xml_description: str = ""  # stands for the description in xml tool-call mode


def qualified(server: str, tool: str) -> str:
    """Return the name under which the model sees `tool` of `server`."""
    return f"{server}__{tool}"


def split_qualified(name: str) -> tuple[str, str]:
    """Return (server, tool) of a qualified name; the server is empty where there is none."""
    server, found, tool = name.partition("__")
    return (server, tool) if found else ("", name)
