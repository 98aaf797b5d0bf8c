"""`reset: workspace` claims that emptying the workspace gives a clean server. Here each claim is proved."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from mcp_testing import ROOT, call

from nex_resources.mcp import Catalogue, McpHost, McpPool, Server
from nex_resources.mcp.probe import seed_of
from nex_resources.records import ToolResult

CLAIMED = [
    server.name
    for server in Catalogue.load(ROOT / "configs" / "mcp_servers.yaml")
    if server.reset == "workspace" and server.probe
]
LIGHT = {"filesystem", "memory"}


async def script(server: Server, host: McpHost, setup: bool) -> list[ToolResult]:
    assert server.probe
    calls = [*(server.probe.setup if setup else ()), server.probe.good]
    return [await host.call(call(f"{server.name}__{c.tool}", **c.arguments)) for c in calls]


@pytest.mark.parametrize(
    "name", [pytest.param(name, marks=() if name in LIGHT else pytest.mark.slow) for name in CLAIMED]
)
async def test_the_next_rollout_sees_nothing_of_the_last(
    real: Callable[..., Catalogue], tmp_path: Path, name: str
) -> None:
    catalogue = real(name)
    server = catalogue[name]
    async with McpPool(catalogue, tmp_path) as pool:
        runs = []
        for _ in range(2):
            async with pool.host({name: seed_of(server.probe)}) as host:
                runs.append(await script(server, host, setup=True))
        async with pool.host({name: None}) as host:
            bare = await script(server, host, setup=False)
        assert pool.starts == 1
    first, second = ([(r.error, r.text) for r in run] for run in runs)
    varies = server.probe is not None and server.probe.good.tool in server.tools.varying
    assert [error for error, _ in first] == [error for error, _ in second] == [None] * len(first)
    if not varies:
        assert first == second
    assert server.probe
    if server.probe.files or server.probe.setup or server.probe.commands:
        assert (bare[-1].error, bare[-1].text) != first[-1]
