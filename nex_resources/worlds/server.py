"""The frame of worlds over third-party servers: real files for the server, and a twin of it for proofs.

`seed` writes what the real server works on, `snapshot` reads it. A twin is the same state in this
process with the tools that blueprints use, answering as the real server does (held to that by tests
against it), so that thousands of proofs cost no processes.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any, Literal, Protocol

from nex_resources.records import Change, ToolSpec, qualified
from nex_resources.worlds.base import Live, Output, Parameter, Rows, SemanticType, WorldTool
from nex_resources.worlds.diff import diff_rows
from nex_resources.worlds.pools import Draw


class Backing(Protocol):
    """What a server world is made of: one seeded state, in memory and on disk."""

    def make(self, draw: Draw) -> Any:
        """Draw the seeded state as plain data."""
        ...

    def open(self, state: Any) -> Live:
        """Start a twin on it."""
        ...

    def write(self, state: Any, workspace: Path) -> None: ...

    def read(self, workspace: Path) -> Rows: ...

    def parse(self, tool: str, text: str) -> Any: ...


def form(
    server: str,
    tool: str,
    name: str,
    description: str,
    template: dict[str, Any] | None,
    parameters: Sequence[Parameter] = (),
    outputs: Sequence[Output] = (),
    effect: Literal["read", "write"] = "read",
    needs: str = "",
) -> WorldTool:
    """Declare one form of a server's tool; `needs` is the key of the form that has to come before."""
    spec = ToolSpec(qualified(server, tool), description, server=server, effect=effect)
    return WorldTool(
        spec, tuple(parameters), tuple(outputs), effect, form=name, template=template, needs=needs
    )


class ServerWorld:
    """A world over a third-party server. `fresh` draws new values by type."""

    def __init__(
        self,
        name: str,
        backing: Backing,
        types: Sequence[SemanticType],
        tools: Sequence[WorldTool],
        fresh: Mapping[str, Callable[[Draw], Any]],
    ):
        self.name, self.tools, self._backing, self._fresh = name, tuple(tools), backing, fresh
        self.types: Mapping[str, SemanticType] = {t.name: t for t in types}

    def seed(self, seed: int, workspace: Path) -> None:
        workspace.mkdir(parents=True, exist_ok=True)
        self._backing.write(self._state(seed), workspace)

    def open(self, seed: int) -> Live:
        return self._backing.open(self._state(seed))

    def _state(self, seed: int) -> Any:
        return self._backing.make(Draw(seed, "world", self.name))

    def parse(self, tool: str, text: str) -> Any:
        return self._backing.parse(tool, text)

    def fresh(self, type_name: str, seed: int, *key: object) -> Any:
        kind = self.types[type_name]
        draw = Draw(seed, "fresh", self.name, type_name, *key)
        return draw.choice(kind.choices) if kind.choices else self._fresh[type_name](draw)

    def snapshot(self, workspace: Path) -> Rows:
        return self._backing.read(workspace)

    def diff(self, before: Rows, after: Rows) -> tuple[Change, ...]:
        return diff_rows(before, after)
