"""What the pool costs and saves: `python -m nex_resources.mcp.bench`.

Measured on one light server of the catalogue: a call in a bare session of the SDK, the same call
through a pool, 200 rollouts at once, and a process per call. Prints a table; exits with 1 where a
target is missed.
"""

from __future__ import annotations

import argparse
import asyncio
import statistics
import sys
import tempfile
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from pathlib import Path

from mcp.client.session import ClientSession
from mcp.client.stdio import StdioServerParameters, stdio_client

from nex_resources.mcp.catalogue import Catalogue
from nex_resources.mcp.host import McpHost
from nex_resources.mcp.install import cache_dir, install
from nex_resources.mcp.launch import Folders, prepare
from nex_resources.mcp.pool import McpPool
from nex_resources.mcp.slots import Limits
from nex_resources.records import ToolCall, qualified

OVERHEAD_MS = 5.0  # target: p99 of the pool's call over the bare session's
SPEEDUP = 20.0  # target: calls/s of the pool over a process per call


@dataclass(frozen=True)
class Figures:
    """Milliseconds of one call after another; calls a second; processes left at the end."""

    bare: list[float]
    pooled: list[float]
    rollouts: int
    rollouts_per_s: float
    calls_per_s: float
    starts: int
    process_per_call_per_s: float
    leaked: int


async def measure(catalogue: Catalogue, name: str, home: Path, rollouts: int, calls: int) -> Figures:
    """Measure server `name` by its probe's good call. The same number of `calls` bare and pooled."""
    server = catalogue[name]
    assert server.probe, f"{name} has no probe to call"
    await asyncio.to_thread(install, server, cache_dir())
    tool, arguments = server.probe.good.tool, server.probe.good.arguments
    call = ToolCall("bench", qualified(name, tool), arguments)
    folders = Folders(home / "bare")
    folders.reset()
    launch = prepare(server, folders, cache_dir(), "bench")
    parameters = StdioServerParameters(command=launch.argv[0], args=list(launch.argv[1:]), env=launch.env)

    async def process_per_call() -> None:
        async with stdio_client(parameters) as streams, ClientSession(*streams) as client:
            await client.initialize()
            await client.call_tool(tool, arguments)

    alone = [await _timed(process_per_call) for _ in range(3)]
    async with McpPool(catalogue, home / "pool", limits=Limits(processes=4, per_server=4)) as pool:
        async with (
            stdio_client(parameters) as streams,
            ClientSession(*streams) as client,
            pool.host({name: None}) as host,
        ):
            await client.initialize()
            bare, pooled = await _interleaved(
                lambda: client.call_tool(tool, arguments, read_timeout_seconds=30),
                lambda: host.call(call),
                calls,
            )
        per_rollout = 5
        began = time.perf_counter()
        await asyncio.gather(*(_rollout(pool, name, call, per_rollout) for _ in range(rollouts)))
        seconds = time.perf_counter() - began
        starts = pool.starts
    return Figures(
        bare,
        pooled,
        rollouts,
        rollouts / seconds,
        rollouts * per_rollout / seconds,
        starts,
        1000 / statistics.mean(alone),
        len(pool.leaked()),
    )


async def _interleaved(
    one: Callable[[], Awaitable[object]], other: Callable[[], Awaitable[object]], count: int
) -> tuple[list[float], list[float]]:
    """Time both by turns, so that what else the machine does falls on both alike."""
    first, second = [], []
    for index in range(count + 10):
        times = await _timed(one), await _timed(other)
        if index >= 10:
            first.append(times[0])
            second.append(times[1])
    return first, second


async def _timed(work: Callable[[], Awaitable[object]]) -> float:
    began = time.perf_counter()
    await work()
    return (time.perf_counter() - began) * 1000


async def _rollout(pool: McpPool, name: str, call: ToolCall, calls: int) -> None:
    async with pool.host({name: None}) as host:
        for _ in range(calls):
            await _checked(host, call)


async def _checked(host: McpHost, call: ToolCall) -> None:
    result = await host.call(call)
    if result.error:
        raise RuntimeError(f"{call.name}: {result.error}: {result.text}")


def report(name: str, figures: Figures) -> bool:
    """Print the figures; return whether all targets are met."""
    bare, pooled = _percentiles(figures.bare), _percentiles(figures.pooled)
    overhead = pooled[1] - bare[1]
    speedup = figures.calls_per_s / figures.process_per_call_per_s
    print(f"server {name}; {len(figures.bare)} calls each, by turns")
    print(f"bare SDK session   p50 {bare[0]:7.2f} ms   p99 {bare[1]:7.2f} ms")
    print(f"through the pool   p50 {pooled[0]:7.2f} ms   p99 {pooled[1]:7.2f} ms")
    print(f"overhead at p99    {overhead:.2f} ms (target: at most {OVERHEAD_MS:g})")
    print(
        f"{figures.rollouts} rollouts at once: {figures.rollouts_per_s:.0f} rollouts/s, "
        f"{figures.calls_per_s:.0f} calls/s, {figures.starts} processes started"
    )
    print(f"a process per call: {figures.process_per_call_per_s:.2f} calls/s")
    print(f"speed-up           {speedup:.0f} times (target: at least {SPEEDUP:g})")
    print(f"processes left     {figures.leaked} (target: 0)")
    return overhead <= OVERHEAD_MS and speedup >= SPEEDUP and figures.leaked == 0


def _percentiles(values: list[float]) -> tuple[float, float]:
    ordered = sorted(values)
    return ordered[len(ordered) // 2], ordered[min(int(len(ordered) * 0.99), len(ordered) - 1)]


def main() -> int:
    """Run from the command line."""
    parser = argparse.ArgumentParser(prog="python -m nex_resources.mcp.bench", description=__doc__)
    parser.add_argument("--server", default="sqlite", help="a server of the catalogue with a probe")
    parser.add_argument("--rollouts", type=int, default=200)
    parser.add_argument("--calls", type=int, default=500)
    parser.add_argument("--catalogue", type=Path, default=Path("configs/mcp_servers.yaml"))
    options = parser.parse_args()
    catalogue = Catalogue.load(options.catalogue)
    with tempfile.TemporaryDirectory() as home:
        work = measure(catalogue, options.server, Path(home), options.rollouts, options.calls)
        met = report(options.server, asyncio.run(work))
    return 0 if met else 1


if __name__ == "__main__":
    sys.exit(main())
