"""Serve one of our worlds over MCP: `python -m nex_resources.worlds.serve NAME --workspace W`."""

from __future__ import annotations

import argparse
import asyncio
from pathlib import Path
from typing import Any

import mcp_types as types
from mcp.server.lowlevel import Server
from mcp.server.stdio import stdio_server

from nex_resources.worlds.base import WorldError
from nex_resources.worlds.business import BusinessWorld
from nex_resources.worlds.registry import business_worlds


def make_server(world: BusinessWorld, workspace: Path) -> Server[Any]:
    """Make the MCP server of `world` on the state in `workspace`.

    The low-level server is used because it hands out our schemas as they are: the decorated one adds
    titles and output schemas, which double a prompt that small models have to read.
    """

    async def list_tools(ctx: Any, params: Any) -> types.ListToolsResult:
        return types.ListToolsResult(tools=[_mcp_tool(world, i) for i in range(len(world.tools))])

    async def call_tool(ctx: Any, params: types.CallToolRequestParams) -> types.CallToolResult:
        try:
            outcome = world.call(workspace, params.name, params.arguments or {})
        except WorldError as error:
            return _result(str(error), True)
        return _result(outcome.text, outcome.error)

    return Server(world.name, version="1", on_list_tools=list_tools, on_call_tool=call_tool)


def _result(text: str, error: bool) -> types.CallToolResult:
    return types.CallToolResult(content=[types.TextContent(type="text", text=text)], is_error=error)


def _mcp_tool(world: BusinessWorld, index: int) -> types.Tool:
    tool = world.tools[index]
    return types.Tool(
        name=tool.name,
        description=tool.spec.description,
        input_schema=tool.spec.input_schema,
        annotations=types.ToolAnnotations(read_only_hint=tool.effect == "read"),
    )


async def _serve(world: BusinessWorld, workspace: Path) -> None:
    server = make_server(world, workspace)
    async with stdio_server() as (read, write):
        await server.run(read, write, server.create_initialization_options())


def main() -> None:
    """Parse the command line and serve until the client goes away."""
    worlds = business_worlds()
    parser = argparse.ArgumentParser(prog="nex_resources.worlds.serve", description=__doc__)
    parser.add_argument("name", choices=sorted(worlds), help="which world")
    parser.add_argument("--workspace", type=Path, required=True, help="the folder that holds its state")
    options = parser.parse_args()
    asyncio.run(_serve(worlds[options.name], options.workspace))


if __name__ == "__main__":
    main()
