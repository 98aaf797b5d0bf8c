"""Asset `agent_frameworks`: agent hierarchies, composed from descriptions and written by hand."""

import dagster as dg

from nex_resources.dagster import OWNERS, ProfileResource, table_metadata
from nex_resources.profile import CONFIGS
from nex_resources.store import FrameworkRow, ToolRow


@dg.asset(
    group_name="foundations",
    kinds={"yaml", "duckdb"},
    owners=OWNERS,
    code_version="1",
    metadata=table_metadata("agent_frameworks"),
)
def agent_frameworks(
    context: dg.AssetExecutionContext, profile: ProfileResource, mcp_tools: list[ToolRow]
) -> list[FrameworkRow]:
    """Agent hierarchies as declarative YAML that the runtime loads: one per description in
    `configs/frameworks`, the hand-written ones, and as many generated ones as the profile asks for."""
    from nex_assets.agent_frameworks import all_frameworks

    settings = profile.get()
    tools = [f"{tool.server}__{tool.tool}" for tool in mcp_tools if tool.available]
    frameworks = all_frameworks(CONFIGS / "frameworks", tools, settings.frameworks.generated, settings.seed)
    context.add_output_metadata(
        {
            "patterns": {framework.pattern: framework.name for framework in frameworks},
            "largest": max(framework.nodes for framework in frameworks),
        }
    )
    return frameworks
