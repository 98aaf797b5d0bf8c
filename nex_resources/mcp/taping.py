"""What a profile's `mcp.mode` does: rollouts on live servers, recorded, or replayed; and what a live
run does differently from a cassette."""

from __future__ import annotations

import contextlib
import tempfile
from collections.abc import AsyncIterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import msgspec

from nex_resources.mcp.cassette import (
    ANEW,
    CassetteError,
    Header,
    Live,
    Player,
    Recorder,
    Taped,
    header_of,
    load,
    paths_of,
    payloads,
    takes_of,
    version_of,
)
from nex_resources.mcp.catalogue import Catalogue
from nex_resources.mcp.pool import McpPool, Seed
from nex_resources.records import ToolCall, ToolResult


class Difference(msgspec.Struct, frozen=True):
    """Where a live run and a cassette disagree: `field` of the call's result, or of the servers."""

    call: ToolCall
    field: str
    recorded: Any
    live: Any


@contextlib.asynccontextmanager
async def taped(
    pool: McpPool,
    rollout: str,
    prepare: Mapping[str, Seed | None],
    tools: Sequence[str] | None,
    seeds: Mapping[str, int],
    files: Path | None = None,
) -> AsyncIterator[Taped]:
    """Yield the tools of `rollout` as `pool.cassettes` says: live, recorded, or replayed.

    In `replay` no server is started and `prepare` is not called; a call that the cassette lacks raises
    CassetteError here even where the caller went on. `seeds` are those that `prepare` seeds worlds with.
    """
    mode, path = pool.cassettes.mode, pool.cassettes.path(rollout)
    if mode == "replay":
        player = Player(path, tools, files)
        _check(path, player.header, pool.catalogue, seeds)
        yield player
        if player.failure:
            raise player.failure
        return
    async with pool.host(prepare, tools, files) as live:
        if mode == "live":
            yield Live(live)
        else:
            yield Recorder(live, path, header_of(pool.catalogue, live.tools(), seeds), files)


def _check(path: Path, header: Header, catalogue: Catalogue, seeds: Mapping[str, int]) -> None:
    """Refuse a cassette of other versions, or of another initial state, than are asked for."""
    if header.seeds != dict(seeds):
        raise CassetteError(f"{path}: recorded with seeds {header.seeds}, asked for {dict(seeds)}; {ANEW}")
    for name, recorded in header.servers.items():
        if (version := recorded.rpartition("#")[0]) != version_of(catalogue, name):
            now = version_of(catalogue, name)
            raise CassetteError(f"{path}: recorded with {version}, the catalogue has {now}; {ANEW}")


async def compare(path: Path, pool: McpPool, prepare: Mapping[str, Seed | None]) -> list[Difference]:
    """Make the calls of the cassette anew on live servers, in their order, and return what came out
    different. Times and ids are not compared, nor what a tool said whose answers vary: of that, only
    whether it failed. A changed version or schema comes first.
    """
    recorded, lines = load(path)
    names = [tool.name for tool in recorded.tools]
    with tempfile.TemporaryDirectory() as folder:
        files = Path(folder)
        async with pool.host(dict.fromkeys(recorded.servers) | dict(prepare), None, files) as live:
            offered = {tool.name: tool for tool in live.tools()}
            now = header_of(pool.catalogue, [offered[name] for name in names if name in offered])
            found = _servers(recorded, now)
            varying = {tool.name for tool in offered.values() if not tool.deterministic}
            for take in takes_of(lines):
                call, old, new = take.call, take.result, await live.call(take.call)
                if call.name in varying:
                    found += _results(call, old, new, ("error",))
                    continue
                found += _results(call, old, new, ("error", "text", "structured", "parts"))
                if paths_of(old) == paths_of(new):
                    found += _payloads(call, paths_of(old), payloads(path), files)
    return found


def _servers(recorded: Header, now: Header) -> list[Difference]:
    names = sorted(recorded.servers.keys() | now.servers.keys())
    pairs = [(name, recorded.servers.get(name), now.servers.get(name)) for name in names]
    return [Difference(ToolCall("", name), "server", old, new) for name, old, new in pairs if old != new]


def _results(call: ToolCall, old: ToolResult, new: ToolResult, fields: Sequence[str]) -> list[Difference]:
    pairs = [(field, getattr(old, field), getattr(new, field)) for field in fields]
    return [Difference(call, field, a, b) for field, a, b in pairs if a != b]


def _payloads(call: ToolCall, names: Sequence[str], old: Path, new: Path) -> list[Difference]:
    pairs = [((old / name).read_bytes(), (new / name).read_bytes()) for name in names]
    return [Difference(call, "payload", f"{len(a)} bytes", f"{len(b)} bytes") for a, b in pairs if a != b]
