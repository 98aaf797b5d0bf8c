from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import msgspec
import pytest
from mcp_testing import call, faulty

from nex_resources.mcp import CassetteError, McpPool, Player
from nex_resources.mcp.cassette import compare, header_of, host
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


async def play(tools: Player | object, calls: list[ToolCall]) -> list[ToolResult]:
    return [await tools.call(c) for c in calls]  # type: ignore[attr-defined]


async def record(pool: McpPool, path: Path) -> list[ToolResult]:
    async with host("record", pool, {"faulty": None}, None, path, "seed 1") as tools:
        return await play(tools, SCRIPT)


async def test_a_replay_is_identical_and_starts_nothing(pools: Pools, tmp_path: Path) -> None:
    path = tmp_path / "rollout.jsonl"
    async with pools(SERVER) as pool:
        recorded = await record(pool, path)
    async with pools(SERVER) as pool:
        async with host("replay", pool, {"faulty": None}, None, path) as tools:
            assert len(tools.tools()) == 16
            replayed = await play(tools, SCRIPT)
        assert (pool.starts, pool.leaked()) == (0, [])
    assert msgspec.json.encode(replayed) == msgspec.json.encode(recorded)
    assert [result.text for result in replayed][1::2] == ["one", "two", replayed[5].text]
    assert replayed[4].error == "silent_error"
    assert replayed[5].parts


async def test_reads_may_come_in_another_order_but_writes_may_not(pools: Pools, tmp_path: Path) -> None:
    path = tmp_path / "rollout.jsonl"
    async with pools(SERVER) as pool:
        await record(pool, path)
    player = Player(path)
    assert [r.text for r in await play(player, [SCRIPT[i] for i in (0, 2, 4, 3)])][-1] == "two"
    with pytest.raises(CassetteError, match=r"faulty__read.*record it anew"):
        await play(Player(path), [SCRIPT[1]])
    with pytest.raises(CassetteError, match="faulty__echo"):
        await Player(path).call(call("faulty__echo", text="never recorded"))


async def test_a_live_run_is_compared_with_the_cassette(pools: Pools, tmp_path: Path) -> None:
    path = tmp_path / "rollout.jsonl"
    async with pools(SERVER) as pool:
        await record(pool, path)
        async with pool.host({"faulty": None}) as live:
            header = header_of(pool.catalogue, live.tools(), "seed 1")
            assert await compare(path, live, header) == []
    changed = msgspec.structs.replace(SERVER, silent=())
    async with pools(changed) as pool, pool.host({"faulty": None}, tools=["faulty__silent"]) as live:
        found = await compare(path, live, header_of(pool.catalogue, live.tools(), "seed 1"))
    assert ("server", "") in {(d.field, d.call.id) for d in found}
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
