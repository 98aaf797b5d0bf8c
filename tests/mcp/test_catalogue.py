from __future__ import annotations

from pathlib import Path

import pytest

from nex_resources.mcp import Catalogue, CatalogueError

GOOD = """
servers:
  one:
    kind: python
    package: thing
    version: 1.0.0
    domain: d
    licence: MIT
    command: [thing]
"""


def write(folder: Path, text: str) -> Path:
    path = folder / "servers.yaml"
    path.write_text(text)
    return path


def test_load_fills_in_the_name(tmp_path: Path) -> None:
    server = Catalogue.load(write(tmp_path, GOOD))["one"]
    assert (server.name, server.requirement, server.reset) == ("one", "thing==1.0.0", "share")


@pytest.mark.parametrize(
    ("more", "says"),
    [
        pytest.param("    pakage: x\n", "did you mean `package`", id="unknown key"),
        pytest.param("    reset: reboot\n", "servers.one.reset", id="wrong value names the key"),
        pytest.param("    tools: {read: 3}\n", "servers.one.tools.read", id="nested key path"),
        pytest.param("    tools: {varying: [a]}\n", "neither `read` nor `write`", id="varying of no tool"),
        pytest.param("    silent: ['(']\n", "servers.one.silent.0", id="bad pattern"),
        pytest.param("    state: process\n", "cannot be shared", id="shared state"),
        pytest.param(
            "    probe: {good: {tool: a}, bad: {tool: a, expect: oops}}\n", "silent_error", id="bad kind"
        ),
    ],
)
def test_load_explains_what_is_wrong(tmp_path: Path, more: str, says: str) -> None:
    path = write(tmp_path, GOOD + more)
    with pytest.raises(CatalogueError) as caught:
        Catalogue.load(path)
    assert says in str(caught.value)
    assert str(path) in str(caught.value)


@pytest.mark.parametrize("text", ["[]", "servers: 1", "a: {", "servers: {}\nmore: 1"])
def test_load_rejects_other_documents(tmp_path: Path, text: str) -> None:
    with pytest.raises(CatalogueError, match=r"servers\.yaml"):
        Catalogue.load(write(tmp_path, text))


def test_unknown_server_names_the_nearest(catalogue: Catalogue) -> None:
    with pytest.raises(CatalogueError, match="did you mean sqlite"):
        catalogue["sqlight"]


def test_the_shipped_catalogue_is_pinned_and_covers_what_runs(catalogue: Catalogue) -> None:
    for server in catalogue:
        assert server.licence, server.name
        assert server.package == "" or server.version, server.name
        assert server.kind == "remote" or (server.probe and server.probe.bad), server.name
        if server.silent:  # the classifier of a server is tested by its own probe
            assert server.probe
            assert server.probe.bad
            assert server.probe.bad.expect == "silent_error", server.name
    light = [s for s in catalogue.tagged("core") if s.kind == "python"]
    assert sum(len(server.tools.names) for server in light) >= 25
