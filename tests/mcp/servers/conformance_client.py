"""The client that the official conformance suite drives: our pool, on the URL it is given."""

import asyncio
import os
import sys
import tempfile
from pathlib import Path

import msgspec

from nex_resources.mcp import Catalogue, McpPool, Server
from nex_resources.records import ToolCall

CALLS = {"tools_call": ("add_numbers", {"a": 5, "b": 3}), "sse-retry": ("test_reconnection", {})}


async def main(url: str) -> int:
    fields = {"kind": "remote", "name": "suite", "domain": "test", "licence": "MIT", "transport": "http"}
    fields |= {"url": url, "state": "service", "reset": "restart", "start_timeout": 20}
    catalogue = Catalogue({"suite": msgspec.convert(fields, Server)})
    scenario = os.environ.get("MCP_CONFORMANCE_SCENARIO", "")
    with tempfile.TemporaryDirectory() as home:
        async with McpPool(catalogue, Path(home)) as pool, pool.host({"suite": None}) as host:
            print([tool.name for tool in host.tools()])
            for tool in host.tools():
                name, arguments = CALLS.get(scenario, (tool.name.partition("__")[2], {}))
                result = await host.call(ToolCall("1", f"suite__{name}", arguments), 20)
                print(result)
                if result.error:
                    return 1
    return 0


sys.exit(asyncio.run(main(sys.argv[-1])))
