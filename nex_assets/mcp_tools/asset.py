"""Asset `mcp_tools`: what the catalogue's servers really offer, probed live."""

import asyncio
from functools import partial

import dagster as dg

from nex_resources.dagster import (
    OWNERS,
    McpResource,
    ProfileResource,
    StoreResource,
    current_profile,
    table_metadata,
)
from nex_resources.store import ToolRow


@dg.asset(
    group_name="foundations",
    kinds={"mcp", "duckdb"},
    owners=OWNERS,
    code_version="1",
    metadata=table_metadata("mcp_tools"),
)
def mcp_tools(
    context: dg.AssetExecutionContext, profile: ProfileResource, store: StoreResource, mcp: McpResource
) -> list[ToolRow]:
    """Every tool of the profile's servers: each server is started, listed, and called once well and once
    badly. A server that fails is kept with its reason; the others go on."""
    from nex_assets.mcp_tools import probe_rows

    last = store.get().read("mcp_tools", ToolRow, allow_empty=True)
    settings = profile.get()
    pool = partial(mcp.pool, settings)
    rows = asyncio.run(probe_rows(mcp.catalogue(), mcp.servers(settings), pool, last))
    context.add_output_metadata(
        {
            "available": sum(row.available for row in rows),
            "servers": len({row.server for row in rows if row.available}),
            "domains": len({row.domain for row in rows if row.available}),
        }
    )
    return rows


@dg.asset_check(asset=mcp_tools, description="As many tools are available as the profile needs.")
def enough_tools(mcp_tools: list[ToolRow], profile: ProfileResource) -> dg.AssetCheckResult:
    available = sum(row.available for row in mcp_tools)
    wanted = profile.get().mcp.min_tools
    return dg.AssetCheckResult(
        passed=available >= wanted, metadata={"available": available, "wanted": wanted}
    )


@dg.asset_check(
    asset=mcp_tools,
    blocking=current_profile().mcp.drift_blocks,
    description="No tool's schema changed, and none is gone, since the last probe.",
)
def no_schema_drift(mcp_tools: list[ToolRow], profile: ProfileResource) -> dg.AssetCheckResult:
    changed = [row.id for row in mcp_tools if row.drift in ("changed", "gone")]
    blocks = profile.get().mcp.drift_blocks
    severity = dg.AssetCheckSeverity.ERROR if blocks else dg.AssetCheckSeverity.WARN
    return dg.AssetCheckResult(passed=not changed, severity=severity, metadata={"changed": changed[:20]})


MCP_TOOLS_CHECKS = [enough_tools, no_schema_drift]
