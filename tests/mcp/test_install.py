from __future__ import annotations

from pathlib import Path

import pytest
from mcp_testing import ROOT, faulty

from nex_resources.mcp import Catalogue, InstallError, install
from nex_resources.mcp.__main__ import main
from nex_resources.mcp.install import bin_dir, cache_dir, missing, prefix


def test_each_set_of_pins_has_an_environment_of_its_own(tmp_path: Path) -> None:
    one, two = (faulty("x", kind="python", package="p", version="1", pins=pins) for pins in ([], ["q<2"]))
    assert prefix(one, tmp_path) != prefix(two, tmp_path)
    assert prefix(one, tmp_path) == prefix(one, tmp_path)


def test_a_real_server_is_installed_once(tmp_path: Path, catalogue: Catalogue) -> None:
    server = catalogue["calculator"]
    assert "mcp install calculator" in (missing(server, tmp_path) or "")
    folder = install(server, tmp_path)
    assert missing(server, tmp_path) is None
    assert (bin_dir(server, tmp_path) / "mcp-server-calculator").exists()
    stamp = (folder / ".installed.json").stat().st_mtime_ns
    assert install(server, tmp_path) == folder
    assert (folder / ".installed.json").stat().st_mtime_ns == stamp


def test_a_failed_installation_is_not_taken_for_one(tmp_path: Path) -> None:
    server = faulty("x", kind="python", package="mcp-server-calculator", version="99.99.99")
    with pytest.raises(InstallError, match=r"mcp-server-calculator==99\.99\.99"):
        install(server, tmp_path)
    assert missing(server, tmp_path)


@pytest.mark.parametrize(
    ("fields", "says"),
    [
        ({"credentials": ["NO_SUCH_TOKEN"]}, "set NO_SUCH_TOKEN"),
        ({"programs": {"no-such-program": "some-package"}}, "apt-get install some-package"),
    ],
    ids=["credential", "program"],
)
def test_what_is_missing_is_said_with_its_remedy(
    tmp_path: Path, fields: dict[str, object], says: str
) -> None:
    assert says in (missing(faulty("x", **fields), tmp_path) or "")


def test_the_cache_is_where_the_variable_says(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("NEX_CACHE", str(tmp_path))
    assert cache_dir() == tmp_path / "servers"


def test_the_command_line_lists_and_names_unknown_servers(capsys: pytest.CaptureFixture[str]) -> None:
    path = str(ROOT / "configs" / "mcp_servers.yaml")
    assert main(["list", "--catalogue", path, "github", "sqlite"]) == 0
    assert "mcp-server-sqlite==" in capsys.readouterr().out
    assert main(["list", "--catalogue", path, "sqlight"]) == 2
    assert "did you mean sqlite" in capsys.readouterr().err
