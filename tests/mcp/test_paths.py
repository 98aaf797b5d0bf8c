from __future__ import annotations

from pathlib import Path

import pytest

from nex_resources.mcp.launch import Folders
from nex_resources.mcp.paths import EscapeError, check, to_real, to_virtual


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("path", "/etc/passwd"),
        ("path", "../../secret"),
        ("file", "~/.ssh/id_rsa"),
        ("uri", "file:///etc/passwd"),
        ("uri", "file:///%65tc/passwd"),
        ("text", "/etc/passwd"),
        ("path", "a/../../../b"),
        ("query", "vacuum into '/tmp/stolen.db'"),
        ("sql", "attach '../../other.db' as o; select 1"),
        ("query", 'attach "~/.ssh/known" as o'),
    ],
)
def test_escapes_are_refused(tmp_path: Path, key: str, value: str) -> None:
    for arguments in ({key: value}, {"list": [{key: value}]}):
        with pytest.raises(EscapeError):
            check(arguments, tmp_path)


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("path", "a/b.txt"),
        ("path", "a/../b.txt"),
        ("pattern", "/order-[0-9]+/"),
        ("query", "select 1/2"),
        ("query", "select a / b, '/order/7', 3 from t where path like 'x/../y'"),
        ("query", "http://example.com/tmp/x"),
        ("source_code", "area = side /two\n"),
        ("text", "~ about 5"),
        ("command", "..."),
        ("content", "see\n/etc/passwd"),
    ],
)
def test_harmless_strings_pass(tmp_path: Path, key: str, value: str) -> None:
    check({key: value}, tmp_path)


def test_a_link_out_of_the_workspace_is_refused(tmp_path: Path) -> None:
    (tmp_path / "out").symlink_to("/etc")
    with pytest.raises(EscapeError):
        check({"path": "out/passwd"}, tmp_path)


def test_translation_goes_both_ways(tmp_path: Path) -> None:
    work = tmp_path / "work"
    arguments = {"path": "/workspace/a", "many": ["see /workspace", "/workspaces/b", "x/workspace/c"]}
    real = to_real(arguments, work)
    assert real["path"] == f"{work}/a"
    assert real["many"] == [f"see {work}", "/workspaces/b", "x/workspace/c"]
    names = Folders(tmp_path).names
    assert to_virtual(real, names) == arguments
    assert to_virtual(f"{tmp_path}/home/x", names) == "/private/home/x"
