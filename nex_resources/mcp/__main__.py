"""`python -m nex_resources.mcp COMMAND`: the catalogue from the command line.

`list` what there is, `install` it, `probe` it live, try to leave the workspace (`isolation`), and make
the calls of cassettes anew (`compare`).
"""

from __future__ import annotations

import argparse
import asyncio
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path

from rich.console import Console
from rich.table import Table

from nex_resources.mcp import sandbox
from nex_resources.mcp.cassette import CassetteError, load, takes_of
from nex_resources.mcp.catalogue import Catalogue, CatalogueError, Server
from nex_resources.mcp.install import InstallError, MissingError, cache_dir, install, missing
from nex_resources.mcp.isolation import Attempt, attempts
from nex_resources.mcp.pool import McpPool
from nex_resources.mcp.probe import ServerProbe, probe_servers
from nex_resources.mcp.programs import absent, install_programs
from nex_resources.mcp.slots import Limits
from nex_resources.mcp.taping import compare

DEFAULT = Path("configs/mcp_servers.yaml")


def main(arguments: list[str] | None = None) -> int:
    """Parse the command line, carry it out and return the exit status."""
    options = _parser().parse_intermixed_args(arguments)
    cache = options.cache or cache_dir()
    try:
        catalogue = Catalogue.load(options.catalogue)
        if options.command == "compare":
            return asyncio.run(_compare(catalogue, [Path(name) for name in options.names], cache))
        servers = _chosen(catalogue, options)
    except (CatalogueError, CassetteError) as error:
        print(error, file=sys.stderr)
        return 2
    if options.command == "install":
        return _install(servers, cache, options.jobs, options.programs)
    if options.command == "probe":
        return asyncio.run(_probe(catalogue, servers, cache, options.jobs))
    if options.command == "isolation":
        return asyncio.run(_isolation(catalogue, servers, cache))
    return _list(servers, cache)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m nex_resources.mcp", description=__doc__)
    parser.add_argument("command", choices=["install", "list", "probe", "isolation", "compare"])
    parser.add_argument("names", nargs="*", help="servers (default: the core ones; list: all), or cassettes")
    parser.add_argument("--core", action="store_true", help="the light servers of a first run")
    parser.add_argument("--all", action="store_true", help="the whole catalogue")
    parser.add_argument("--programs", action="store_true", help="install: Debian packages they need, too")
    parser.add_argument("--catalogue", type=Path, default=DEFAULT)
    parser.add_argument("--cache", type=Path, help="where installed servers lie (default: $NEX_CACHE)")
    parser.add_argument("--jobs", type=int, default=2, help="how many servers side by side")
    return parser


def _chosen(catalogue: Catalogue, options: argparse.Namespace) -> list[Server]:
    if options.names:
        return [catalogue[name] for name in options.names]
    everything = options.all or (options.command == "list" and not options.core)
    return list(catalogue) if everything else catalogue.tagged("core")


def _install(servers: list[Server], cache: Path, jobs: int, programs: bool) -> int:
    if programs:
        _install_programs(servers)
    with ThreadPoolExecutor(jobs) as pool:
        outcomes = list(pool.map(lambda server: _install_one(server, cache), servers))
    ready = sum(outcome == "ready" for outcome in outcomes)
    print(f"{ready} of {len(servers)} servers are ready, in {cache}")
    return 1 if "failed" in outcomes else 0


def _install_programs(servers: list[Server]) -> None:
    """Get what servers need of the system; those that still lack something are skipped with that reason."""
    packages = absent(servers)
    if not packages:
        return
    print(f"programs that servers need: {' '.join(packages)}", flush=True)
    try:
        print(install_programs(packages) or "installed", flush=True)
    except InstallError as error:
        print(f"failed   {error}", flush=True)


def _install_one(server: Server, cache: Path) -> str:
    began = time.monotonic()
    try:
        install(server, cache)
    except MissingError as error:
        print(f"skipped  {error}", flush=True)
        return "skipped"
    except InstallError as error:
        print(f"failed   {error}", flush=True)
        return "failed"
    if reason := missing(server, cache):
        print(f"skipped  {reason}", flush=True)
        return "skipped"
    print(f"ready    {server.name:24} {time.monotonic() - began:6.1f} s", flush=True)
    return "ready"


def _list(servers: list[Server], cache: Path) -> int:
    table = Table("server", "domain", "package", "licence", "tools", "reset", "here", box=None)
    for server in servers:
        reason = missing(server, cache)
        source = server.requirement or server.url or server.kind
        here = "ready" if reason is None else reason.partition(": ")[2]
        tools = str(len(server.tools.names) or "")
        table.add_row(server.name, server.domain, source, server.licence, tools, server.reset, here)
    Console(width=200 if not sys.stdout.isatty() else None).print(table)
    return 0


async def _probe(catalogue: Catalogue, servers: list[Server], cache: Path, jobs: int) -> int:
    with tempfile.TemporaryDirectory() as home:
        limits = Limits(processes=jobs, spares=0)
        async with McpPool(catalogue, Path(home), cache, limits) as pool:
            probes = await probe_servers(pool, servers, jobs, fetch=False)
    _show(probes)
    remote = {p.server.name for p in probes if p.server.credentials and not p.available}
    return 0 if all(p.available or p.server.name in remote for p in probes) else 1


async def _isolation(catalogue: Catalogue, servers: list[Server], cache: Path) -> int:
    """Try every escape, unconfined with our guard and confined without it; print who stopped each."""
    table = Table("server", "tool", "with the guard", "in the sandbox, no guard", box=None)
    holes = 0
    for server in [s for s in servers if s.escapes and missing(s, cache) is None]:
        ways = [] if server.confined else [False]
        found: dict[bool, list[Attempt]] = {}
        with tempfile.TemporaryDirectory() as home:
            for confined in [*ways, *([True] if sandbox.available() else [])]:
                found[confined] = [
                    a async for a in attempts(catalogue, server.name, Path(home), cache, confined)
                ]
        for index, call in enumerate(server.escapes):
            row = [found[way][index].stopped_by if way in found else "not run" for way in (False, True)]
            holes += "nothing" in row
            table.add_row(server.name, call.tool, *row)
    Console(width=120).print(table)
    print(f"{table.row_count} attempts to leave the workspace, {holes} holes")
    return 1 if holes else 0


async def _compare(catalogue: Catalogue, paths: list[Path], cache: Path) -> int:
    """Make the calls of each cassette anew, live, and print what came out different."""
    from nex_resources import worlds

    table, calls = Table("cassette", "call", "field", "recorded", "live", box=None), 0
    with tempfile.TemporaryDirectory() as home:
        async with McpPool(catalogue, Path(home), cache) as pool:
            for path in paths:
                header, lines = load(path)
                calls += len(takes_of(lines))
                seeds = {name: partial(worlds.get(name).seed, seed) for name, seed in header.seeds.items()}
                for d in await compare(path, pool, seeds):
                    table.add_row(path.stem, d.call.name, d.field, str(d.recorded)[:80], str(d.live)[:80])
    if table.row_count:
        Console(width=240 if not sys.stdout.isatty() else None).print(table)
    print(f"{calls} calls of {len(paths)} cassettes made anew, {table.row_count} differences")
    return 1 if table.row_count else 0


def _show(probes: list[ServerProbe]) -> None:
    table = Table("server", "domain", "tools", "start ms", "call ms", "status", box=None)
    for p in probes:
        status = "; ".join(["ok" if p.available else p.reason, *p.doubts])
        times = (f"{p.start_ms:.0f}", f"{p.latency_ms:.1f}") if p.tools else ("", "")
        table.add_row(p.server.name, p.server.domain, str(len(p.tools) or ""), *times, status)
    Console(width=240 if not sys.stdout.isatty() else None).print(table)
    up = [p for p in probes if p.available]
    pypi = [p for p in up if p.server.kind == "python"]
    alone = [p for p in pypi if not p.server.programs.keys() - {"git"}]
    domains = {p.server.domain for p in up}
    tools = sum(len(p.tools) for p in up)
    print(f"{len(up)} servers, {tools} tools, {len(domains)} domains available", end="")
    print(f"; of these from PyPI: {len(pypi)} servers, {sum(len(p.tools) for p in pypi)} tools", end="")
    print(f" ({len(alone)} servers, {sum(len(p.tools) for p in alone)} tools without a further program)")


if __name__ == "__main__":
    sys.exit(main())
