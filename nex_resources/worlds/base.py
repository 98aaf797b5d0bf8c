"""Worlds: seeded, executable environments, each an MCP server with a canonical snapshot."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any, Literal, Protocol

import msgspec

from nex_resources.records import Change, ToolSpec

Rows = dict[str, dict[str, dict[str, Any]]]
"""A canonical snapshot: table → key → row. Volatile fields are left out."""


class Parameter(msgspec.Struct, frozen=True, omit_defaults=True):
    """A tool's parameter with its semantic type (`order_id`, `amount`), by which values are chained."""

    name: str
    type: str
    required: bool = True
    free_text: bool = False  # never compared by value


class Output(msgspec.Struct, frozen=True, omit_defaults=True):
    """A value in a tool's result: dotted `path` (`items.*.id`) and its semantic type."""

    path: str
    type: str
    table: str = ""


class WorldTool(msgspec.Struct, frozen=True, omit_defaults=True):
    """A tool of a world with what blueprints need to know of it."""

    spec: ToolSpec
    parameters: tuple[Parameter, ...] = ()
    outputs: tuple[Output, ...] = ()
    effect: Literal["read", "write"] = "read"
    preconditions: tuple[str, ...] = ()


class World(Protocol):
    """An environment. Its state lives in a workspace folder, so that a server process, a proof and the
    verifier all see the same one."""

    name: str

    @property
    def tools(self) -> Sequence[WorldTool]: ...

    def seed(self, seed: int, workspace: Path) -> None:
        """Write the initial state of `seed` into an empty `workspace`."""
        ...

    def snapshot(self, workspace: Path) -> Rows: ...

    def diff(self, before: Rows, after: Rows) -> tuple[Change, ...]: ...
