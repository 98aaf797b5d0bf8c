from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import msgspec
import pytest
from mcp_testing import call, faulty

from nex_resources.mcp import CassetteError, Cassettes, McpPool, Player
from nex_resources.mcp.catalogue import Tools
from nex_resources.mcp.taping import compare, taped
from nex_resources.records import ToolCall, ToolResult

Pools = Callable[..., McpPool]
SERVER = faulty(tools={"read": ["echo", "read", "big", "silent", "die"], "write": ["write", "count"]})
SCRIPT = [
    call("faulty__write", path="a.txt", text="one"),
    call("faulty__read", path="/workspace/a.txt"),
    call("faulty__write", path="a.txt", text="two"),
    call("faulty__read", path="/workspace/a.txt"),
    call("faulty__silent"),
    call("faulty__image"),
]


async def play(tools: object, calls: list[ToolCall]) -> list[ToolResult]:
    return [await tools.call(c) for c in calls]  # type: ignore[attr-defined]


def texts(workspaces: Mapping[str, Path]) -> dict[str, str]:
    return {p.name: p.read_text() for folder in workspaces.values() for p in folder.iterdir()}


async def record(pool: McpPool, folder: Path, files: Path | None = None) -> tuple[list[ToolResult], object]:
    pool.cassettes = Cassettes("record", folder)
    async with taped(pool, "rollout", {"faulty": None}, None, {"faulty": 1}, files) as tools:
        return await play(tools, SCRIPT), tools.note("after", texts, dict[str, str])


async def test_a_replay_is_identical_and_starts_nothing(pools: Pools, tmp_path: Path) -> None:
    async with pools(SERVER) as pool:
        recorded, after = await record(pool, tmp_path)
    gone = msgspec.structs.replace(SERVER, command=("/no/such/server",))
    async with pools(gone) as pool:
        pool.cassettes = Cassettes("replay", tmp_path)
        async with taped(pool, "rollout", {"faulty": None}, None, {"faulty": 1}) as tools:
            assert len(tools.tools()) == 17
            replayed = await play(tools, SCRIPT)
            assert tools.note("after", texts, dict[str, str]) == after == {"a.txt": "two"}
        assert (pool.starts, pool.leaked()) == (0, [])
    assert msgspec.json.encode(replayed) == msgspec.json.encode(recorded)
    assert [result.text for result in replayed][1::2] == ["one", "two", replayed[5].text]
    assert replayed[4].error == "silent_error"
    assert replayed[5].parts


async def test_payloads_that_were_put_aside_come_back(pools: Pools, tmp_path: Path) -> None:
    big = call("faulty__big", bytes=100_000)
    async with pools(SERVER) as pool:
        pool.cassettes = Cassettes("record", tmp_path)
        async with taped(pool, "rollout", {"faulty": None}, None, {}, tmp_path / "live") as tools:
            (recorded,) = await play(tools, [big])
        pool.cassettes = Cassettes("replay", tmp_path)
        async with taped(pool, "rollout", {"faulty": None}, None, {}, tmp_path / "again") as tools:
            (replayed,) = await play(tools, [big])
    assert replayed == recorded
    assert (tmp_path / "again" / replayed.full_path).read_text() == "y" * 100_000


async def test_reads_may_come_in_another_order_but_writes_may_not(pools: Pools, tmp_path: Path) -> None:
    path = tmp_path / "rollout.jsonl"
    async with pools(SERVER) as pool:
        await record(pool, tmp_path)
    player = Player(path)
    assert [r.text for r in await play(player, [SCRIPT[i] for i in (0, 2, 4, 3)])][-1] == "two"
    with pytest.raises(CassetteError, match=r"faulty__read.*record it anew"):
        await play(Player(path), [SCRIPT[1]])
    with pytest.raises(CassetteError, match="faulty__echo"):
        await Player(path).call(call("faulty__echo", text="never recorded"))
    with pytest.raises(CassetteError, match="'after' in this state"):
        Player(path).note("after", texts, dict[str, str])  # before the writes there is no such snapshot


async def test_what_the_cassette_lacks_is_loud_even_where_the_caller_went_on(
    pools: Pools, tmp_path: Path
) -> None:
    async with pools(SERVER) as pool:
        await record(pool, tmp_path)
        pool.cassettes = Cassettes("replay", tmp_path)
        with pytest.raises(CassetteError, match="faulty__count"):
            async with taped(pool, "rollout", {"faulty": None}, None, {"faulty": 1}) as tools:
                await asyncio.gather(tools.call(call("faulty__count")), return_exceptions=True)


@pytest.mark.parametrize(
    ("change", "seeds", "tools", "says"),
    [
        ({"package": "faulty", "version": "2"}, {"faulty": 1}, None, "the catalogue has faulty==2"),
        ({}, {"faulty": 2}, None, "recorded with seeds"),
        ({}, {"faulty": 1}, ["faulty__new"], "recorded without the tools faulty__new"),
    ],
    ids=["version", "seeds", "tools"],
)
async def test_a_cassette_of_something_else_is_refused(
    pools: Pools, tmp_path: Path, change: dict[str, str], seeds: dict[str, int], tools: Any, says: str
) -> None:
    async with pools(SERVER) as pool:
        await record(pool, tmp_path)
    async with pools(msgspec.structs.replace(SERVER, **change)) as pool:
        pool.cassettes = Cassettes("replay", tmp_path)
        with pytest.raises(CassetteError, match=says):
            async with taped(pool, "rollout", {"faulty": None}, tools, seeds):
                pass


async def test_a_live_run_is_compared_with_the_cassette(pools: Pools, tmp_path: Path) -> None:
    path = tmp_path / "rollout.jsonl"
    async with pools(SERVER) as pool:
        await record(pool, tmp_path, tmp_path / "files")
        assert await compare(path, pool, {}) == []
    changed = msgspec.structs.replace(SERVER, silent=(), tools=Tools(read=("read",)))
    async with pools(changed) as pool:
        found = await compare(path, pool, {})
    assert (found[0].call.name, found[0].field) == ("faulty", "server")
    assert ("error", "silent_error", None) in {(d.field, d.recorded, d.live) for d in found}


@pytest.mark.parametrize(
    ("text", "says"),
    [(None, "record it first"), ("", ":1:"), ("{}", ":1:"), ('{"servers":{},"tools":[]}\nx', ":2:")],
    ids=["absent", "empty", "no header", "broken line"],
)
def test_a_broken_cassette_is_named(tmp_path: Path, text: str | None, says: str) -> None:
    path = tmp_path / "c.jsonl"
    if text is not None:
        path.write_text(text)
    with pytest.raises(CassetteError, match=says):
        Player(path)
