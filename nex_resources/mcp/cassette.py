"""Cassettes: a rollout's calls with their results, recorded once and replayed with no server.

A cassette is a JSON-lines file. Its first line names the servers with version and schema hash and the
tools as they were offered. Each further line is one call under its key: server, tool, arguments, and
the server's state, which is the hash of every call made on that server before. So equal calls in
unequal states stay apart, and calls of different servers may come in any order.
"""

from __future__ import annotations

import contextlib
from collections.abc import AsyncIterator, Mapping, Sequence
from pathlib import Path
from typing import Any, Literal, TypeVar

import msgspec

from nex_resources.mcp.catalogue import Catalogue
from nex_resources.mcp.pool import McpPool, Seed
from nex_resources.records import ToolCall, ToolResult, ToolSpec, content_id, split_qualified
from nex_resources.runtime.host import ToolHost

Mode = Literal["live", "record", "replay"]
VERSION = 1
T = TypeVar("T")


class CassetteError(Exception):
    """A replay asked for what the cassette lacks, or the cassette is not of these servers."""


class Header(msgspec.Struct, frozen=True):
    """What the calls were made on. `seeds` is what the caller says of the initial state."""

    servers: dict[str, str]  # name → version and schema hash
    tools: tuple[ToolSpec, ...]
    seeds: str = ""
    version: int = VERSION


class Take(msgspec.Struct, frozen=True):
    """One recorded call."""

    key: str
    call: ToolCall
    result: ToolResult


class Difference(msgspec.Struct, frozen=True):
    """Where a live run and a cassette disagree: `field` of the call's result, or its absence."""

    call: ToolCall
    field: str
    recorded: Any
    live: Any


class _States:
    """The state of each server, as the chain of calls made on it."""

    def __init__(self, header: Header):
        self._states = {
            name: content_id("state", [name, of, header.seeds]) for name, of in header.servers.items()
        }

    def key(self, call: ToolCall, effect: str) -> str:
        """Return the key of `call` now. A call that may write moves its server's state on; one that only
        reads does not, so that reads may come in any order."""
        server, tool = split_qualified(call.name)
        state = self._states.get(server, "")
        key = content_id("take", [state, tool, call.arguments])
        if effect != "read":
            self._states[server] = key
        return key


class Recorder:
    """A ToolHost that passes calls on to `inner` and writes them down, each as it returns."""

    def __init__(self, inner: ToolHost, path: Path, header: Header):
        self._inner, self._path = inner, path
        self._effects = {tool.name: tool.effect for tool in header.tools}
        self._states = _States(header)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(msgspec.json.encode(header) + b"\n")

    def tools(self) -> Sequence[ToolSpec]:
        return self._inner.tools()

    async def call(self, call: ToolCall, timeout: float | None = None) -> ToolResult:
        key = self._states.key(call, self._effects.get(call.name, "read"))
        result = await self._inner.call(call, timeout)
        with self._path.open("ab") as file:
            file.write(msgspec.json.encode(Take(key, call, result)) + b"\n")
        return result


class Player:
    """A ToolHost that gives recorded results back, byte for byte, and fails loudly on any other call."""

    def __init__(self, path: Path, tools: Sequence[str] | None = None):
        self._path = path
        self.header, takes = load(path)
        self._tools = {tool.name: tool for tool in self.header.tools if tools is None or tool.name in tools}
        self._effects = {tool.name: tool.effect for tool in self.header.tools}
        self._states = _States(self.header)
        self._takes: dict[str, list[Take]] = {}
        for take in takes:
            self._takes.setdefault(take.key, []).append(take)

    def tools(self) -> Sequence[ToolSpec]:
        return list(self._tools.values())

    async def call(self, call: ToolCall, timeout: float | None = None) -> ToolResult:
        """Return what was recorded. Raises CassetteError where nothing was."""
        key = self._states.key(call, self._effects.get(call.name, "read"))
        takes = self._takes.get(key)
        if not takes:
            arguments = msgspec.json.encode(call.arguments).decode()
            raise CassetteError(
                f"{self._path}: no recording of {call.name}({arguments}) in this state; the rollout has left "
                "what was recorded: record it anew (mcp.mode: record) or run it live"
            )
        # Equal reads in one state may differ (a clock): they come back in the order of recording.
        take = takes.pop(0) if len(takes) > 1 else takes[0]
        return msgspec.structs.replace(take.result, call_id=call.id)


def load(path: Path) -> tuple[Header, list[Take]]:
    """Read a cassette. Raises CassetteError with the line that is wrong."""
    if not path.exists():
        raise CassetteError(f"{path}: there is no such cassette; record it first (mcp.mode: record)")
    lines = path.read_bytes().splitlines() or [b""]
    header = _line(path, 1, lines[0], Header)
    takes = [_line(path, number, line, Take) for number, line in enumerate(lines[1:], start=2)]
    if header.version != VERSION:
        raise CassetteError(f"{path}: cassette version {header.version}, this code reads {VERSION}")
    return header, takes


def _line(path: Path, number: int, line: bytes, kind: type[T]) -> T:
    try:
        return msgspec.json.decode(line, type=kind)
    except msgspec.DecodeError as error:
        raise CassetteError(f"{path}:{number}: not a cassette line: {error}") from error


def header_of(catalogue: Catalogue, tools: Sequence[ToolSpec], seeds: str = "") -> Header:
    """Describe the servers that `tools` belong to as they are now."""
    by_server: dict[str, list[ToolSpec]] = {}
    for tool in tools:
        by_server.setdefault(tool.server, []).append(tool)
    servers = {}
    for name, mine in sorted(by_server.items()):
        schema = content_id("schema", sorted(mine, key=lambda tool: tool.name))
        servers[name] = f"{catalogue[name].requirement or name}#{schema}"
    return Header(servers, tuple(tools), seeds)


async def compare(path: Path, host: ToolHost, header: Header) -> list[Difference]:
    """Make the calls of the cassette anew on `host`, in their order, and return what came out different.

    Times and ids are not compared. A changed server, or tool schema, is the first difference.
    """
    recorded, takes = load(path)
    found = [
        Difference(ToolCall("", name), "server", recorded.servers.get(name), header.servers.get(name))
        for name in sorted(recorded.servers.keys() | header.servers.keys())
        if recorded.servers.get(name) != header.servers.get(name)
    ]
    for take in takes:
        live = await host.call(take.call)
        for field in ("text", "error", "structured", "parts"):
            old, new = getattr(take.result, field), getattr(live, field)
            if old != new:
                found.append(Difference(take.call, field, old, new))
    return found


@contextlib.asynccontextmanager
async def host(
    mode: Mode,
    pool: McpPool,
    prepare: Mapping[str, Seed | None],
    tools: Sequence[str] | None,
    cassette: Path,
    seeds: str = "",
    files: Path | None = None,
) -> AsyncIterator[ToolHost]:
    """Yield the tools of one rollout: live, live and recorded to `cassette`, or replayed from it.

    In `replay` no server is started and `prepare` is not called. `seeds` names the initial state.
    """
    if mode == "replay":
        yield Player(cassette, tools)
        return
    async with pool.host(prepare, tools, files) as live:
        if mode == "live":
            yield live
        else:
            yield Recorder(live, cassette, header_of(pool.catalogue, live.tools(), seeds))
