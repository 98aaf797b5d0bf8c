from __future__ import annotations

import sys
from collections.abc import AsyncIterator, Callable
from pathlib import Path

import msgspec
import pytest
from mcp_testing import call

from nex_resources.mcp import McpHost, McpPool, Server
from nex_resources.records import Part

SCRIPT = Path(__file__).parent / "servers" / "sdk_server.py"
KINDS = {"stdio": ("stdio", ""), "http": ("streamable-http", "/mcp"), "sse": ("sse", "/sse")}


def server(transport: str) -> Server:
    name, path = KINDS[transport]
    fields = {
        "kind": "program",
        "name": "sdk",
        "domain": "test",
        "licence": "Apache-2.0",
        "transport": transport,
        "command": [sys.executable, str(SCRIPT), name, "{port}"],
        "url": f"http://127.0.0.1:{{port}}{path}" if path else "",
        "state": "process",
        "reset": "restart",
    }
    return msgspec.convert(fields, Server)


@pytest.fixture(params=KINDS)
async def host(request: pytest.FixtureRequest, pools: Callable[..., McpPool]) -> AsyncIterator[McpHost]:
    async with pools(server(request.param), confine=False, spares=0) as pool:
        async with pool.host({"sdk": None}) as host:
            yield host
        assert not pool.quarantined
    assert pool.leaked() == []


async def test_each_transport_carries_all_kinds_of_results(host: McpHost) -> None:
    assert {tool.name for tool in host.tools()} >= {"sdk__add", "sdk__picture"}
    added = await host.call(call("sdk__add", a=40, b=2))
    assert (added.text, added.structured, added.error) == ("42", {"result": 42}, None)
    failed = await host.call(call("sdk__fail"))
    assert (failed.error, "fail" in failed.text) == ("tool_error", True)
    wrong = await host.call(call("sdk__add", a="x", b=2))
    assert wrong.error == "invalid_arguments"
    picture = await host.call(call("sdk__picture"))
    assert picture.parts == (Part("image", "image/png", data="aGVsbG8=", binary=True),)
    late = await host.call(call("sdk__slow", seconds=30), timeout=0.2)
    assert late.error == "timeout"
    assert (await host.call(call("sdk__add", a=1, b=1))).text == "2"
