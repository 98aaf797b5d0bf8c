"""Rows of the table `mcp_tools` from live probes."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from contextlib import AbstractAsyncContextManager
from typing import TYPE_CHECKING

from nex_assets.mcp_tools.drift import schema_hash, with_drift
from nex_resources.records import ToolSpec, qualified
from nex_resources.store import ToolRow

if TYPE_CHECKING:
    from nex_resources.mcp import Catalogue, McpPool
    from nex_resources.mcp.probe import ServerProbe

PoolFactory = Callable[[], AbstractAsyncContextManager["McpPool"]]


async def probe_rows(
    catalogue: Catalogue,
    servers: Iterable[str],
    pool: PoolFactory,
    last: Sequence[ToolRow] = (),
    concurrency: int = 2,
) -> list[ToolRow]:
    """Install and probe `servers` in a pool of their own, and return a row for each of their tools.

    `last` are the rows of the last probe, for drift. A server that fails gives rows with its reason.
    """
    from nex_resources.mcp.probe import probe_servers

    async with pool() as live:
        probes = await probe_servers(live, [catalogue[name] for name in servers], concurrency)
    return with_drift((row for probe in probes for row in rows_of(probe)), last)


def rows_of(probe: ServerProbe) -> list[ToolRow]:
    """Return a row per tool; of a server that did not even list them, one per tool it is known for."""
    server = probe.server
    tools = probe.tools or tuple(
        ToolSpec(qualified(server.name, name), server=server.name, effect=server.tools.effect(name))
        for name in sorted(server.tools.names) or [""]
    )
    return [_row(probe, tool) for tool in tools]


def _row(probe: ServerProbe, tool: ToolSpec) -> ToolRow:
    server = probe.server
    return ToolRow(
        id=tool.name,
        server=server.name,
        tool=tool.name.partition("__")[2],
        domain=server.domain,
        available=probe.available,
        transport=server.transport,
        version=server.version,
        effect=tool.effect,
        deterministic=tool.deterministic,
        schema_hash=schema_hash(tool) if probe.tools else "",
        drift="",
        start_ms=round(probe.start_ms, 1),
        latency_ms=round(probe.latency_ms, 3),
        reason=probe.reason,
        description=tool.description,
        input_schema=tool.input_schema,
    )
