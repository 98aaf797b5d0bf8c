from __future__ import annotations

import sys
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path

import msgspec
import pytest

sys.path.insert(0, str(Path(__file__).parents[1] / "mcp"))
from mcp_testing import ROOT, faulty

from nex_assets.mcp_tools import probe_rows, rows_of, with_drift
from nex_resources.mcp import Catalogue, Limits, McpPool, Server
from nex_resources.mcp.probe import ServerProbe
from nex_resources.store import ToolRow

GOOD = {"tool": "echo", "arguments": {"text": "hello"}, "expect": "hello"}
PROBE = {"good": GOOD, "bad": {"tool": "silent", "expect": "silent_error"}}


async def rows(folder: Path, *servers: Server, last: list[ToolRow] | None = None) -> list[ToolRow]:
    catalogue = Catalogue({server.name: server for server in servers})

    @asynccontextmanager
    async def pool() -> AsyncIterator[McpPool]:
        async with McpPool(catalogue, folder, limits=Limits(start_attempts=1)) as live:
            yield live

    return await probe_rows(catalogue, list(catalogue.servers), pool, last or [])


async def test_one_bad_server_leaves_the_others_available(tmp_path: Path) -> None:
    dead = faulty("dead", "--start", "crash", probe=PROBE, tools={"read": ["echo"]})
    liar = faulty("liar", probe=PROBE | {"good": GOOD | {"expect": "goodbye"}})
    remote = msgspec.structs.replace(faulty("far"), kind="remote", command=(), credentials=("NO_SUCH_TOKEN",))
    found = await rows(tmp_path, faulty("good", probe=PROBE), dead, liar, remote)
    by_server = {
        name: [row for row in found if row.server == name] for name in ("good", "dead", "liar", "far")
    }
    assert all(row.available and row.schema_hash and row.start_ms > 0 for row in by_server["good"])
    assert len(by_server["good"]) == 17
    assert [(row.id, row.available) for row in by_server["dead"]] == [("dead__echo", False)]
    assert "no licence key found" in by_server["dead"][0].reason
    assert not any(row.available for row in by_server["liar"])
    assert "lacks 'goodbye'" in by_server["liar"][0].reason
    assert "NO_SUCH_TOKEN" in by_server["far"][0].reason


async def test_drift_is_seen_against_the_last_probe(tmp_path: Path) -> None:
    first = await rows(tmp_path, faulty("good", probe=PROBE))
    assert {row.drift for row in first} == {""}
    altered = [
        msgspec.structs.replace(row, schema_hash="schema_0") if row.tool == "echo" else row for row in first
    ]
    second = with_drift(first, [row for row in altered if row.tool != "count"])
    assert {row.tool: row.drift for row in second if row.drift} == {"echo": "changed", "count": "new"}


async def test_drift_outlasts_a_server_that_was_down(tmp_path: Path) -> None:
    first = await rows(tmp_path, faulty("good", probe=PROBE))
    down = with_drift(
        [msgspec.structs.replace(row, available=False, schema_hash="", reason="down") for row in first], first
    )
    assert {row.drift for row in down} == {""}
    back = [
        msgspec.structs.replace(r, schema_hash="schema_0" if r.tool == "echo" else r.schema_hash)
        for r in first
    ]
    assert {row.tool: row.drift for row in with_drift(back, down) if row.drift} == {"echo": "changed"}


async def test_a_tool_that_is_gone_is_told_once(tmp_path: Path) -> None:
    first = await rows(tmp_path, faulty("good", probe=PROBE))
    fewer = [row for row in first if row.tool != "count"]
    second = with_drift(fewer, first)
    gone = [(row.tool, row.available, row.reason) for row in second if row.drift]
    assert gone == [("count", False, "its server no longer lists it")]
    assert [row for row in with_drift(fewer, second) if row.drift] == []


def test_an_absent_server_gives_rows_for_the_tools_it_is_known_for() -> None:
    server = faulty("gone", tools={"read": ["a"], "write": ["b"], "varying": ["b"]})
    found = rows_of(ServerProbe(server, False, "no network"))
    assert [(row.id, row.effect, row.reason) for row in found] == [
        ("gone__a", "read", "no network"),
        ("gone__b", "write", "no network"),
    ]


@pytest.mark.slow
async def test_the_light_servers_answer_as_the_catalogue_says(tmp_path: Path) -> None:
    catalogue = Catalogue.load(ROOT / "configs" / "mcp_servers.yaml")
    light = [s.name for s in catalogue.tagged("core") if s.kind == "python"]
    pool: Callable[[], McpPool] = lambda: McpPool(catalogue, tmp_path, limits=Limits(processes=3))  # noqa: E731
    found = await probe_rows(catalogue, light, pool)
    assert {row.reason for row in found} == {""}
    assert sum(row.available for row in found) >= 25
    assert {row.server: row.effect for row in found if row.effect == "unknown"} == {}
