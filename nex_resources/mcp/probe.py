"""Asks a live server what the catalogue claims of it: its tools, one good call, one bad one."""

from __future__ import annotations

import asyncio
import re
import statistics
import subprocess
from collections.abc import Callable, Iterable
from pathlib import Path

import msgspec

from nex_resources.mcp.catalogue import Call, Probe, Server
from nex_resources.mcp.host import McpHost
from nex_resources.mcp.install import InstallError, MissingError, install
from nex_resources.mcp.pool import McpPool, UnavailableError
from nex_resources.records import ToolCall, ToolResult, ToolSpec, qualified

REPEATS = 5  # of a good call that only reads, for its median


class ServerProbe(msgspec.Struct, frozen=True):
    """What one server did. `reason` says why it is not `available`; `doubts` what else is not as the
    catalogue says (tools added or gone, a bad call taken for something else). Milliseconds."""

    server: Server
    available: bool
    reason: str = ""
    tools: tuple[ToolSpec, ...] = ()
    start_ms: float = 0.0
    latency_ms: float = 0.0
    doubts: tuple[str, ...] = ()


async def probe_server(pool: McpPool, server: Server, fetch: bool = True) -> ServerProbe:
    """Probe `server` in a lease of its own; installs it first if `fetch`. Never raises for what it does."""
    try:
        if fetch:
            await asyncio.to_thread(install, server, pool.cache)
        async with pool.host({server.name: seed_of(server.probe)}) as host:
            return await _examine(server, host)
    except (MissingError, InstallError, UnavailableError, subprocess.CalledProcessError) as error:
        return ServerProbe(server, False, str(error))


async def probe_servers(
    pool: McpPool, servers: Iterable[Server], concurrency: int = 2, fetch: bool = True
) -> list[ServerProbe]:
    """Probe `servers`, at most `concurrency` at once; one that fails leaves the others alone."""
    gate = asyncio.Semaphore(concurrency)

    async def one(server: Server) -> ServerProbe:
        async with gate:
            return await probe_server(pool, server, fetch)

    return list(await asyncio.gather(*map(one, servers)))


def seed_of(probe: Probe | None) -> Callable[[Path], None]:
    """Return what fills a workspace with the files of `probe`."""

    def seed(workspace: Path) -> None:
        for name, text in (probe.files if probe else {}).items():
            (workspace / name).parent.mkdir(parents=True, exist_ok=True)
            (workspace / name).write_text(text)
        for command in probe.commands if probe else ():
            subprocess.run(command, cwd=workspace, check=True, capture_output=True)

    return seed


async def _examine(server: Server, host: McpHost) -> ServerProbe:
    tools = tuple(host.tools())
    start_ms = host.start_seconds[server.name] * 1000
    doubts = _differences(server, tools)
    latency, reason = 0.0, ""
    if server.probe:
        for call in server.probe.setup:
            await _make(host, server, call)
        good = await _make(host, server, server.probe.good)
        reason = _disappointment(server.probe.good, good)
        latency = await _median(host, server, server.probe.good, good)
        if server.probe.bad:
            doubts += _doubt(server.probe.bad, await _make(host, server, server.probe.bad))
    return ServerProbe(server, not reason, reason, tools, start_ms, latency * 1000, tuple(doubts))


async def _make(host: McpHost, server: Server, call: Call) -> ToolResult:
    return await host.call(ToolCall("probe", qualified(server.name, call.tool), call.arguments))


async def _median(host: McpHost, server: Server, call: Call, first: ToolResult) -> float:
    """Seconds of a good call: the median of several where calling again changes nothing."""
    seconds = [first.seconds]
    if first.error is None and server.tools.effect(call.tool) == "read":
        seconds += [(await _make(host, server, call)).seconds for _ in range(REPEATS - 1)]
    return statistics.median(seconds)


def _disappointment(call: Call, result: ToolResult) -> str:
    if result.error is not None:
        return f"good call {call.tool} failed ({result.error}): {result.text[:300]}"
    if not re.search(call.expect, result.text):
        return f"good call {call.tool} lacks {call.expect!r}: {result.text[:300]}"
    return ""


def _doubt(call: Call, result: ToolResult) -> list[str]:
    if result.error == call.expect:
        return []
    return [f"bad call {call.tool}: expected {call.expect}, got {result.error}: {result.text[:200]}"]


def _differences(server: Server, tools: Iterable[ToolSpec]) -> list[str]:
    listed = {tool.name.partition("__")[2] for tool in tools}
    expected = server.tools.names
    gone = f"tools gone: {', '.join(sorted(expected - listed))}" if expected - listed else ""
    new = f"tools not in the catalogue: {', '.join(sorted(listed - expected))}" if listed - expected else ""
    return [text for text in (gone, new) if text and expected]
