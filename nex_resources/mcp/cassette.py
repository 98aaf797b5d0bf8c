"""Cassettes: a rollout's calls with their results, recorded once and replayed with no server.

A cassette is a JSON-lines file. Its first line names the servers with version and schema hash, the
seeds of their initial state, and the tools as they were offered. Each further line is one call, or one
note, under its key: server, tool, arguments, and the server's state, which is the hash of every call
made on that server before that may have written. So equal calls in unequal states stay apart, and
calls of different servers may come in any order. Payloads that were put aside lie in the folder of the
same name.
"""

from __future__ import annotations

import asyncio
import shutil
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, Literal, Protocol, TypeVar

import msgspec

from nex_resources.mcp.catalogue import Catalogue
from nex_resources.mcp.host import McpHost
from nex_resources.records import ToolCall, ToolResult, ToolSpec, canonical_json, content_id, split_qualified
from nex_resources.runtime.host import ToolHost, error_result

Mode = Literal["live", "record", "replay"]
VERSION = 2
T = TypeVar("T")


class CassetteError(Exception):
    """A replay asked for what the cassette lacks, or the cassette is not of these servers."""


class Cassettes(msgspec.Struct, frozen=True):
    """What is done with cassettes, which lie in `folder`, one a rollout."""

    mode: Mode = "live"
    folder: Path = Path("cassettes")

    def path(self, rollout: str) -> Path:
        return self.folder / f"{rollout}.jsonl"


class Header(msgspec.Struct, frozen=True):
    """What the calls were made on."""

    servers: dict[str, str]  # name → version and schema hash
    tools: tuple[ToolSpec, ...]
    seeds: dict[str, int] = {}  # name → seed of its world; others began empty
    version: int = VERSION


class Take(msgspec.Struct, frozen=True, tag="call"):
    """One recorded call."""

    key: str
    call: ToolCall
    result: ToolResult


class Note(msgspec.Struct, frozen=True, tag="note"):
    """Something read off the servers' files beside the calls, such as a snapshot of their state."""

    key: str
    name: str
    value: Any


class Taped(ToolHost, Protocol):
    """The tools of one rollout, live, recorded or replayed."""

    def note(self, name: str, make: Callable[[Mapping[str, Path]], T], kind: Any) -> T:
        """Return what `make` reads off the servers' workspaces, of type `kind`; a replay returns what
        was noted under `name` in this state of the servers."""
        ...


class Live:
    """The tools as they are."""

    def __init__(self, inner: McpHost):
        self._inner = inner

    def tools(self) -> Sequence[ToolSpec]:
        return self._inner.tools()

    async def call(self, call: ToolCall, timeout: float | None = None) -> ToolResult:
        return await self._inner.call(call, timeout)

    def note(self, name: str, make: Callable[[Mapping[str, Path]], T], kind: Any) -> T:
        return make(self._inner.workspaces)


class _States:
    """The state of each server, as the chain of calls made on it."""

    def __init__(self, header: Header):
        self._states = {
            name: content_id("state", [name, of, header.seeds.get(name)])
            for name, of in header.servers.items()
        }
        self._effects = {tool.name: tool.effect for tool in header.tools}

    def key(self, call: ToolCall) -> str:
        """Return the key of `call` now. A call that may write moves its server's state on; one that only
        reads does not, so that reads may come in any order."""
        server, tool = split_qualified(call.name)
        key = content_id("take", [self._states.get(server, ""), tool, call.arguments])
        if self._effects.get(call.name, "read") != "read":
            self._states[server] = key
        return key

    def note(self, name: str) -> str:
        return content_id("note", [name, self._states])


class Recorder:
    """Passes calls on to `inner` and writes them down, each as it returns. `files` is the folder where
    `inner` puts payloads aside."""

    def __init__(self, inner: McpHost, path: Path, header: Header, files: Path | None = None):
        self._inner, self._path, self._files = inner, path, files
        self._states = _States(header)
        path.parent.mkdir(parents=True, exist_ok=True)
        shutil.rmtree(payloads(path), ignore_errors=True)
        path.write_bytes(msgspec.json.encode(header) + b"\n")

    def tools(self) -> Sequence[ToolSpec]:
        return self._inner.tools()

    async def call(self, call: ToolCall, timeout: float | None = None) -> ToolResult:
        key = self._states.key(call)
        try:
            result = await self._inner.call(call, timeout)
        except asyncio.CancelledError:
            # Whoever called gave up, and tells its model so in these words: a replay must too.
            self._write(
                Take(key, call, error_result(call, "timeout", f"no answer within {timeout or 0:g} s"))
            )
            raise
        if self._files:
            await asyncio.to_thread(_copy, paths_of(result), self._files, payloads(self._path))
        self._write(Take(key, call, result))
        return result

    def note(self, name: str, make: Callable[[Mapping[str, Path]], T], kind: Any) -> T:
        value = make(self._inner.workspaces)
        self._write(Note(self._states.note(name), name, value))
        return value

    def _write(self, line: Take | Note) -> None:
        with self._path.open("ab") as file:
            file.write(msgspec.json.encode(line) + b"\n")


class Player:
    """Gives recorded results back, byte for byte, and fails loudly on any other call. Payloads that were
    put aside come back into `files`."""

    def __init__(self, path: Path, tools: Sequence[str] | None = None, files: Path | None = None):
        self._path, self._files = path, files
        self.header, lines = load(path)
        self.failure: CassetteError | None = None  # the first: whoever calls may take it for a server's fault
        self._tools = {tool.name: tool for tool in self.header.tools if tools is None or tool.name in tools}
        if absent := sorted(set(tools or ()) - self._tools.keys()):
            raise CassetteError(f"{path}: recorded without the tools {', '.join(absent)}; {ANEW}")
        self._states = _States(self.header)
        self._takes: dict[str, list[Take]] = {}
        self._notes = {line.key: line.value for line in lines if isinstance(line, Note)}
        for take in takes_of(lines):
            self._takes.setdefault(take.key, []).append(take)

    def tools(self) -> Sequence[ToolSpec]:
        return list(self._tools.values())

    async def call(self, call: ToolCall, timeout: float | None = None) -> ToolResult:
        """Return what was recorded. Raises CassetteError where nothing was."""
        takes = self._takes.get(self._states.key(call))
        if not takes:
            raise self._fail(f"no recording of {call.name}({canonical_json(call.arguments)}) in this state")
        # Equal reads in one state may differ (a clock): they come back in the order of recording.
        take = takes.pop(0) if len(takes) > 1 else takes[0]
        if self._files:
            await asyncio.to_thread(_copy, paths_of(take.result), payloads(self._path), self._files)
        return msgspec.structs.replace(take.result, call_id=call.id)

    def note(self, name: str, make: Callable[[Mapping[str, Path]], T], kind: Any) -> T:
        key = self._states.note(name)
        if key not in self._notes:
            raise self._fail(f"nothing was noted as {name!r} in this state")
        value: T = msgspec.convert(self._notes[key], kind)
        return value

    def _fail(self, what: str) -> CassetteError:
        failure = CassetteError(f"{self._path}: {what}; the rollout has left what was recorded: {ANEW}")
        self.failure = self.failure or failure
        return failure


ANEW = "record it anew (mcp.mode: record) or run it live"


def payloads(path: Path) -> Path:
    """Return the folder of the payloads that belong to the cassette `path`."""
    return path.with_suffix("")


def paths_of(result: ToolResult) -> list[str]:
    """Return where `result`'s payloads lie that were put aside, relative to the rollout's folder."""
    return [path for path in (result.full_path, *(part.path for part in result.parts)) if path]


def _copy(names: Iterable[str], source: Path, target: Path) -> None:
    for name in names:
        (target / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(source / name, target / name)


def takes_of(lines: Iterable[Take | Note]) -> list[Take]:
    return [line for line in lines if isinstance(line, Take)]


def load(path: Path) -> tuple[Header, list[Take | Note]]:
    """Read a cassette. Raises CassetteError with the line that is wrong."""
    if not path.exists():
        raise CassetteError(f"{path}: there is no such cassette; record it first (mcp.mode: record)")
    first, *rest = path.read_bytes().splitlines() or [b""]
    header = _line(path, 1, first, Header)
    if header.version != VERSION:
        raise CassetteError(f"{path}: cassette version {header.version}, this code reads {VERSION}; {ANEW}")
    lines: list[Take | Note] = [_line(path, n, line, Take | Note) for n, line in enumerate(rest, start=2)]
    return header, lines


def _line(path: Path, number: int, line: bytes, kind: Any) -> Any:
    try:
        return msgspec.json.decode(line, type=kind)
    except msgspec.DecodeError as error:
        raise CassetteError(f"{path}:{number}: not a cassette line: {error}") from error


def header_of(catalogue: Catalogue, tools: Sequence[ToolSpec], seeds: Mapping[str, int] = {}) -> Header:
    """Describe the servers that `tools` belong to as they are now."""
    by_server: dict[str, list[ToolSpec]] = {}
    for tool in tools:
        by_server.setdefault(tool.server, []).append(tool)
    servers = {}
    for name, mine in sorted(by_server.items()):
        schema = content_id("schema", sorted(mine, key=lambda tool: tool.name))
        servers[name] = f"{version_of(catalogue, name)}#{schema}"
    return Header(servers, tuple(tools), dict(seeds))


def version_of(catalogue: Catalogue, name: str) -> str:
    """Return the pinned package of server `name`, or its name where it has none."""
    return catalogue[name].requirement or name
