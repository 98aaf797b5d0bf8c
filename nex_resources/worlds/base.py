"""Worlds: seeded, executable environments, each an MCP server with a canonical snapshot."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Literal, Protocol

import msgspec

from nex_resources.records import Change, ToolSpec

Rows = dict[str, dict[str, dict[str, Any]]]
"""A canonical snapshot: table → key → row. Volatile fields are left out."""


class WorldError(Exception):
    """What a world refuses to do. The agent sees the text: what is wrong and what is allowed."""


class SemanticType(msgspec.Struct, frozen=True, omit_defaults=True):
    """What a value means. Types with a `table` name existing rows (by their key, or by the field `field`,
    which is unique unless `many`); keys can be chained from one call's result to another's argument. Types
    without a table are fresh values that only the text gives. Those with `choices` are small closed sets
    (a priority) that no split can divide."""

    name: str
    json: Literal["string", "integer", "number", "boolean", "array", "object"] = "string"
    table: str = ""
    field: str = ""
    many: bool = False
    seen: bool = False  # never given by the text: only an earlier result tells it
    choices: tuple[Any, ...] = ()

    @property
    def closed(self) -> bool:
        return bool(self.choices)

    @property
    def existing(self) -> bool:
        return bool(self.table)


class Parameter(msgspec.Struct, frozen=True, omit_defaults=True):
    """A tool's parameter with its semantic type (`order_id`, `amount`), by which values are chained."""

    name: str
    type: str
    required: bool = True
    free_text: bool = False  # never compared by value


class Output(msgspec.Struct, frozen=True, omit_defaults=True):
    """A value in a tool's result: dotted `path` (`items.*.id`) and its semantic type (`order_id`, or
    `order.status` for what is only told). `ask` says that a query may ask for it."""

    path: str
    type: str
    table: str = ""
    ask: bool = True


class WorldTool(msgspec.Struct, frozen=True, omit_defaults=True):
    """A tool of a world with what blueprints need to know of it.

    A general tool (run this SQL) has several entries, one for each `form` of its use, with a name of its
    own; `template` are the call's arguments with `{"$arg": parameter}`, or `{{parameter}}` inside a
    string, where the form's typed parameters go. `needs` is the key of a tool that has to come before
    though no value flows from it (what is committed was staged).
    """

    spec: ToolSpec
    parameters: tuple[Parameter, ...] = ()
    outputs: tuple[Output, ...] = ()
    effect: Literal["read", "write"] = "read"
    preconditions: tuple[str, ...] = ()
    form: str = ""
    template: dict[str, Any] | None = None
    needs: str = ""

    @property
    def key(self) -> str:
        """The form's name under its world: unique, where the tool's is not."""
        return f"{self.spec.server}__{self.form or self.name}"

    @property
    def name(self) -> str:
        """The bare name, as the server knows it."""
        return self.spec.name.partition("__")[2]


class Outcome(msgspec.Struct, frozen=True, omit_defaults=True):
    """What one call on a live world gave: the text shown to the agent, its value as JSON, or an error."""

    text: str
    value: Any = None
    error: bool = False


class Live(Protocol):
    """A world executing in this process, on a state of its own. Proofs and samplers run on these."""

    def call(self, tool: str, arguments: Mapping[str, Any]) -> Outcome: ...

    def rows(self) -> Rows: ...

    def reset(self) -> None:
        """Return to the seeded state."""
        ...

    def close(self) -> None: ...


class World(Protocol):
    """An environment. Its state lives in a workspace folder, so that a server process, a proof and the
    verifier all see the same one."""

    name: str

    @property
    def tools(self) -> Sequence[WorldTool]: ...

    @property
    def types(self) -> Mapping[str, SemanticType]: ...

    def seed(self, seed: int, workspace: Path) -> None:
        """Write the initial state of `seed` into an empty `workspace`."""
        ...

    def open(self, seed: int) -> Live:
        """Start a live copy of the world in this process, seeded with `seed`."""
        ...

    def parse(self, tool: str, text: str) -> Any:
        """Read a result's text as the JSON value that paths refer to. Raises ValueError where it is none."""
        ...

    def fresh(self, type_name: str, seed: int, *key: object) -> Any:
        """Draw a new value of a type without a table, from the pool of values that `seed` belongs to."""
        ...

    def snapshot(self, workspace: Path) -> Rows: ...

    def diff(self, before: Rows, after: Rows) -> tuple[Change, ...]: ...
