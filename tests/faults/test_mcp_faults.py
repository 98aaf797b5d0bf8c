"""Each way a server can fail has an error of its own, in time, and leaves the pool healthy."""

from __future__ import annotations

import asyncio
import sys
import time
from pathlib import Path
from typing import Any

import pytest

sys.path.insert(0, str(Path(__file__).parents[1] / "mcp"))
from mcp_fault_table import FAULTS, Fault, observe
from mcp_testing import call, faulty

from nex_resources.mcp import Catalogue, Limits, McpPool, ResultLimits, Server, UnavailableError


def pool_of(folder: Path, *servers: Server, results: ResultLimits | None = None, **limits: Any) -> McpPool:
    limits = {"backoff": 0.01} | limits
    catalogue = Catalogue({server.name: server for server in servers})
    return McpPool(catalogue, folder, limits=Limits(**limits), results=results)


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault.title)
async def test_a_fault_has_its_own_error_and_the_next_rollout_works(tmp_path: Path, fault: Fault) -> None:
    async with asyncio.timeout(120):
        seen = await observe(fault, tmp_path)
    assert (seen.error, seen.healthy, seen.left) == (fault.error, True, 0), seen


async def test_a_dead_server_comes_back_within_the_rollout_with_its_files(tmp_path: Path) -> None:
    async with pool_of(tmp_path, faulty()) as pool, pool.host({"faulty": None}) as host:
        await host.call(call("faulty__write", path="a.txt", text="kept"))
        assert (await host.call(call("faulty__die"))).error == "connection_closed"
        assert (await host.call(call("faulty__read", path="a.txt"))).text == "kept"


async def test_a_server_whose_state_died_with_it_stays_dead_for_the_rollout(tmp_path: Path) -> None:
    async with pool_of(tmp_path, faulty(state="process", reset="restart")) as pool:
        async with pool.host({"faulty": None}) as host:
            await host.call(call("faulty__die"))
            again = await host.call(call("faulty__count"))
            assert (again.error, "cannot be restarted" in again.text) == ("connection_closed", True)
        async with pool.host({"faulty": None}) as host:
            assert (await host.call(call("faulty__count"))).text == "1"


async def test_a_shared_server_killed_by_one_call_serves_the_others(tmp_path: Path) -> None:
    server = faulty(state="none", reset="share", tools={"read": ["echo", "sleep"]})
    async with pool_of(tmp_path, server) as pool:

        async def reader() -> str:
            async with pool.host({"faulty": None}) as host:
                return (await host.call(call("faulty__echo", text="hi"))).text

        async def killer() -> str | None:
            async with pool.host({"faulty": None}) as host:
                return (await host.call(call("faulty__die"))).error

        results = await asyncio.gather(*(killer() if i == 5 else reader() for i in range(20)))
    assert results.pop(5) == "connection_closed"
    assert set(results) == {"hi"}


async def test_tools_that_change_between_list_and_call(tmp_path: Path) -> None:
    async with pool_of(tmp_path, faulty()) as pool:
        async with pool.host({"faulty": None}) as host:
            assert (await host.call(call("faulty__withdraw"))).error is None
            gone = await host.call(call("faulty__echo", text="x"))
            assert (gone.error, "Unknown tool" in gone.text) == ("tool_error", True)
        async with pool.host({"faulty": None}) as host:
            assert "faulty__echo" not in {tool.name for tool in host.tools()}


@pytest.mark.parametrize(
    ("mode", "patience", "says"),
    [
        pytest.param("crash", 60, "no licence key found", id="crash at start tells its stderr"),
        pytest.param("hang", 0.5, "did not answer within 0.5 s", id="no handshake"),
    ],
)
async def test_a_server_that_does_not_start_is_quarantined(
    tmp_path: Path, mode: str, patience: float, says: str
) -> None:
    bad = faulty("bad", "--start", mode, start_timeout=patience)
    async with pool_of(tmp_path, bad, faulty("good"), start_attempts=2) as pool:
        with pytest.raises(UnavailableError, match=says):
            async with pool.host({"bad": None}):
                pass
        starts = pool.starts
        with pytest.raises(UnavailableError, match="quarantined"):
            async with pool.host({"bad": None}):
                pass
        assert (starts, pool.starts) == (2, 2)
        async with pool.host({"good": None}) as host:
            assert (await host.call(call("good__echo", text="fine"))).text == "fine"
    assert pool.leaked() == []


async def test_a_large_result_is_kept_aside_and_does_not_stall_others(tmp_path: Path) -> None:
    pool = pool_of(tmp_path / "pool", faulty("big"), faulty("small"))
    async with pool, pool.host({"big": None}, files=tmp_path) as big, pool.host({"small": None}) as small:
        task = asyncio.create_task(big.call(call("big__big", bytes=20_000_000)))
        calls, longest = 0, 0.0
        while not task.done():
            began = time.monotonic()
            assert (await small.call(call("small__echo", text="x"))).text == "x"
            longest, calls = max(longest, time.monotonic() - began), calls + 1
        result = await task
    assert (result.error, result.size, len(result.text) < 50_000) == (None, 20_000_000, True)
    assert (tmp_path / result.full_path).read_text() == "y" * 20_000_000
    assert calls > 3, f"the other rollout made {calls} calls, the longest took {longest:.2f} s"


async def test_a_message_over_the_limit_is_an_error_not_a_timeout(tmp_path: Path) -> None:
    async with pool_of(tmp_path, faulty(), message_mb=1) as pool, pool.host({"faulty": None}) as host:
        result = await host.call(call("faulty__big", bytes=3_000_000))
        assert (result.error, "at most 1048576 are accepted" in result.text) == ("protocol_error", True)
        assert (await host.call(call("faulty__echo", text="x"))).text == "x"


async def test_a_server_that_hoards_memory_is_killed_in_mid_call(tmp_path: Path) -> None:
    greedy = pool_of(tmp_path, faulty(), memory_mb=200, memory_every=0.05)
    async with greedy as pool, pool.host({"faulty": None}) as host:
        result = await host.call(call("faulty__hoard", mb=400), timeout=60)
        assert (result.error, "more than the 200 allowed" in result.text) == ("connection_closed", True)
        assert (await host.call(call("faulty__echo", text="x"))).text == "x"
    assert pool.leaked() == []


async def test_stderr_is_kept_in_the_rollouts_directory_up_to_a_cap(tmp_path: Path) -> None:
    async with pool_of(tmp_path / "pool", faulty(), log_kb=64) as pool:
        async with pool.host({"faulty": None}, files=tmp_path) as host:
            await host.call(call("faulty__flood", mb=3))
        log = (tmp_path / "stderr" / "faulty.log").read_bytes()
    assert 0 < len(log) <= 65 * 1024


async def test_cancelling_a_rollout_frees_its_server(tmp_path: Path) -> None:
    async with pool_of(tmp_path, faulty(), processes=1) as pool:

        async def rollout() -> None:
            async with pool.host({"faulty": None}) as host:
                await host.call(call("faulty__sleep", seconds=0.5))

        task = asyncio.create_task(rollout())
        await asyncio.sleep(0.3)
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)
        async with asyncio.timeout(10), pool.host({"faulty": None}) as host:
            assert (await host.call(call("faulty__echo", text="free"))).text == "free"
