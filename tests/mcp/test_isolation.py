from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from mcp_testing import ROOT

from nex_resources.mcp import Catalogue
from nex_resources.mcp.install import cache_dir
from nex_resources.mcp.isolation import attempts
from nex_resources.mcp.sandbox import available

TOUCHY = [s.name for s in Catalogue.load(ROOT / "configs" / "mcp_servers.yaml") if s.escapes]
LIGHT = {"filesystem", "kglite", "sqlite"}


@pytest.mark.parametrize("confined", [True, False], ids=["in the sandbox, no guard", "with the guard"])
@pytest.mark.parametrize(
    "name", [pytest.param(name, marks=() if name in LIGHT else pytest.mark.slow) for name in TOUCHY]
)
async def test_no_path_leads_out_of_the_workspace(
    real: Callable[..., Catalogue], tmp_path: Path, name: str, confined: bool
) -> None:
    catalogue = real(name)
    if confined and not available():
        pytest.skip("this machine lets us make no namespaces")
    if catalogue[name].confined and not confined:
        pytest.skip("runs in the sandbox only")
    made = [attempt async for attempt in attempts(catalogue, name, tmp_path, cache_dir(), confined)]
    assert len(made) == len(catalogue[name].escapes)
    assert [attempt for attempt in made if attempt.stopped_by == "nothing"] == []
    if not confined:
        assert {attempt.stopped_by for attempt in made} == {"guard"}


def test_every_server_that_touches_files_is_tried(catalogue: Catalogue) -> None:
    """A new catalogue entry with a workspace must say how one would leave it, or why none can."""
    no_paths = {"memory", "fetch", "redis", "tasks", "shrimp", "csv", "statistics", "thinking"}
    no_paths |= {"everything"}
    stateful = {s.name for s in catalogue if s.state != "none" and s.kind not in ("world", "remote")}
    assert stateful - set(TOUCHY) <= no_paths
