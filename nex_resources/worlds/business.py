"""The frame of our own worlds: tables of rows in one JSON file, tools that are plain functions of them."""

from __future__ import annotations

import contextlib
import fcntl
import functools
import hashlib
import json
import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, Literal

import msgspec

from nex_resources.records import Change, ToolSpec, qualified
from nex_resources.worlds.base import (
    Outcome,
    Output,
    Parameter,
    Rows,
    SemanticType,
    WorldError,
    WorldTool,
)
from nex_resources.worlds.diff import canonical, diff_rows
from nex_resources.worlds.pools import Draw

State = dict[str, dict[str, dict[str, Any]]]


class Tool(msgspec.Struct, frozen=True):
    """A tool as a world's file states it; its name is the function's."""

    run: Callable[..., dict[str, Any]]
    description: str
    parameters: tuple[Parameter, ...] = ()
    outputs: tuple[Output, ...] = ()
    effect: Literal["read", "write"] = "read"
    preconditions: tuple[str, ...] = ()


def row(state: State, table: str, key: str) -> dict[str, Any]:
    """Return the row `key` of `table`, or refuse as a server would."""
    try:
        return state[table][key]
    except KeyError:
        raise WorldError(f"no {table.removesuffix('s')} has the id {key}") from None


def new_id(prefix: str, table: Mapping[str, Any], *content: object, digits: int = 4) -> str:
    """Make a new row's id from its content, so that it does not depend on the order of calls."""
    for attempt in range(100):
        text = json.dumps([*map(str, content), attempt]).encode()
        number = int.from_bytes(hashlib.blake2b(text, digest_size=8).digest(), "big")
        key = f"{prefix}{10 ** (digits - 1) + number % (9 * 10 ** (digits - 1))}"
        if key not in table:
            return key
    raise WorldError(f"table is full: no free id with prefix {prefix}")


def outputs(table: str, *fields: str, ids: Sequence[str] = (), under: str = "") -> tuple[Output, ...]:
    """Declare a result's fields: `ids` keep their own type and are chained, `fields` are only told, as
    `table.field`. `under` is where they lie in the result (`orders.*.`)."""
    chained = tuple(Output(under + name, name, table, ask=False) for name in ids)
    return chained + tuple(Output(under + name, f"{table}.{name}", table) for name in fields)


_PYTHON: dict[str, tuple[type, ...]] = {
    "string": (str,),
    "integer": (int,),
    "number": (int, float),
    "boolean": (bool,),
    "array": (list,),
    "object": (dict,),
}


class BusinessWorld:
    """A world of our own. `make_state` draws the seeded state, `fresh` new values by type; columns named
    in `volatile` are left out of snapshots, those in `free_text` count only as given or not."""

    def __init__(
        self,
        name: str,
        types: Sequence[SemanticType],
        tools: Sequence[Tool],
        make_state: Callable[[Draw], State],
        fresh: Mapping[str, Callable[[Draw], Any]],
        volatile: frozenset[str] = frozenset(),
        free_text: frozenset[str] = frozenset(),
    ):
        self.name = name
        self.types: Mapping[str, SemanticType] = {t.name: t for t in types}
        self.volatile, self.free_text = volatile, free_text
        self._make_state, self._fresh = make_state, fresh
        self._tools = {t.run.__name__: t for t in tools}
        self.tools: Sequence[WorldTool] = tuple(self._world_tool(t) for t in tools)

    def _world_tool(self, tool: Tool) -> WorldTool:
        properties = {p.name: self._schema(p) for p in tool.parameters}
        schema = {
            "type": "object",
            "properties": properties,
            "required": [p.name for p in tool.parameters if p.required],
        }
        spec = ToolSpec(
            name=qualified(self.name, tool.run.__name__),
            description=tool.description,
            input_schema=schema,
            server=self.name,
            effect=tool.effect,
        )
        return WorldTool(spec, tool.parameters, tool.outputs, tool.effect, tool.preconditions)

    def _schema(self, parameter: Parameter) -> dict[str, Any]:
        kind = self.types[parameter.type]
        schema: dict[str, Any] = {"type": kind.json}
        return schema | {"enum": list(kind.choices)} if kind.choices else schema

    def state(self, seed: int) -> State:
        """Return a fresh copy of the seeded state."""
        state: State = msgspec.json.decode(self._seeded(seed))
        return state

    @functools.lru_cache(maxsize=512)  # noqa: B019 - worlds live as long as the process
    def _seeded(self, seed: int) -> bytes:
        return msgspec.json.encode(self._make_state(Draw(seed, "world", self.name)))

    def run(self, state: State, tool: str, arguments: Mapping[str, Any]) -> Outcome:
        """Carry out one call on `state`, in place. What the world refuses leaves it as it was."""
        try:
            found = self._check(tool, arguments)
            value = found.run(state, **arguments)
        except WorldError as error:
            return Outcome(str(error), error=True)
        return Outcome(json.dumps(value, ensure_ascii=False), value)

    def _check(self, tool: str, arguments: Mapping[str, Any]) -> Tool:
        found = self._tools.get(tool)
        if found is None:
            raise WorldError(f"unknown tool {tool!r}; the tools are {', '.join(self._tools)}")
        named = {p.name: p for p in found.parameters}
        for extra in arguments.keys() - named.keys():
            raise WorldError(f"{tool} has no argument {extra!r}; it takes {', '.join(named)}")
        for p in found.parameters:
            if p.name in arguments:
                self._check_value(tool, p, arguments[p.name])
            elif p.required:
                raise WorldError(f"{tool} needs the argument {p.name!r}")
        return found

    def _check_value(self, tool: str, p: Parameter, value: Any) -> None:
        kind = self.types[p.type]
        wrong_bool = isinstance(value, bool) and kind.json != "boolean"
        if wrong_bool or not isinstance(value, _PYTHON[kind.json]):
            raise WorldError(f"{tool}: {p.name} must be of type {kind.json}, not {json.dumps(value)}")
        if kind.choices and value not in kind.choices:
            raise WorldError(
                f"{tool}: {p.name} must be one of {', '.join(map(str, kind.choices))}, not {value!r}"
            )

    def open(self, seed: int) -> BusinessLive:
        return BusinessLive(self, seed)

    def parse(self, tool: str, text: str) -> Any:
        return json.loads(text)

    def fresh(self, type_name: str, seed: int, *key: object) -> Any:
        kind = self.types[type_name]
        draw = Draw(seed, "fresh", self.name, type_name, *key)
        return draw.choice(kind.choices) if kind.choices else self._fresh[type_name](draw)

    def canonical(self, state: State) -> Rows:
        return canonical(state, self.volatile, self.free_text)

    def diff(self, before: Rows, after: Rows) -> tuple[Change, ...]:
        return diff_rows(before, after)

    # The state in a workspace: every call loads and saves, so a server needs no restart on re-seeding.

    def path(self, workspace: Path) -> Path:
        return workspace / f"{self.name}.json"

    def seed(self, seed: int, workspace: Path) -> None:
        workspace.mkdir(parents=True, exist_ok=True)
        with self._locked(workspace):
            self._save(workspace, self._seeded(seed))

    def snapshot(self, workspace: Path) -> Rows:
        with self._locked(workspace):
            return self.canonical(self._load(workspace))

    def call(self, workspace: Path, tool: str, arguments: Mapping[str, Any]) -> Outcome:
        """Carry out one call on the state in `workspace`."""
        with self._locked(workspace):
            state = self._load(workspace)
            outcome = self.run(state, tool, arguments)
            if not outcome.error and self._tools[tool].effect == "write":
                self._save(workspace, msgspec.json.encode(state))
        return outcome

    def _load(self, workspace: Path) -> State:
        try:
            state: State = msgspec.json.decode(self.path(workspace).read_bytes())
        except FileNotFoundError:
            message = f"{self.path(workspace).name} is not there: seed the {self.name} world into {workspace}"
            raise WorldError(message) from None
        return state

    def _save(self, workspace: Path, data: bytes) -> None:
        temporary = self.path(workspace).with_suffix(f".{os.getpid()}.tmp")
        temporary.write_bytes(data)
        temporary.replace(self.path(workspace))

    @contextlib.contextmanager
    def _locked(self, workspace: Path) -> Iterator[None]:
        """Hold the workspace's lock: one call at a time, across processes."""
        with (workspace / f".{self.name}.lock").open("a") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield


class BusinessLive:
    """A business world in memory."""

    def __init__(self, world: BusinessWorld, seed: int):
        self._world, self._seed = world, seed
        self.state = world.state(seed)

    def call(self, tool: str, arguments: Mapping[str, Any]) -> Outcome:
        return self._world.run(self.state, tool, arguments)

    def rows(self) -> Rows:
        return self._world.canonical(self.state)

    def reset(self) -> None:
        self.state = self._world.state(self._seed)

    def close(self) -> None:
        """Nothing is held."""
