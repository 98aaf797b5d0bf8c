"""Pools over real servers, for the tests of the MCP client side."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from mcp_testing import ROOT

from nex_resources.mcp import Catalogue, Limits, McpPool, Server, install
from nex_resources.mcp.install import cache_dir, missing


@pytest.fixture(scope="session")
def catalogue() -> Catalogue:
    return Catalogue.load(ROOT / "configs" / "mcp_servers.yaml")


@pytest.fixture(scope="session")
def real(catalogue: Catalogue) -> Callable[..., Catalogue]:
    """Install servers of the catalogue by name, and return a catalogue; skip what this machine cannot."""

    def get(*names: str) -> Catalogue:
        for name in names:
            if (reason := missing(catalogue[name], cache_dir())) and "is not installed" not in reason:
                pytest.skip(reason)
            install(catalogue[name], cache_dir())
        return catalogue

    return get


@pytest.fixture
def pools(tmp_path: Path) -> Callable[..., McpPool]:
    """Make a pool over given servers (enter it yourself)."""

    def make(*servers: Server, confine: bool | None = None, **limits: Any) -> McpPool:
        limits = {"backoff": 0.01, "health": 3600.0} | limits
        return McpPool(
            Catalogue({s.name: s for s in servers}), tmp_path, limits=Limits(**limits), confine=confine
        )

    return make
