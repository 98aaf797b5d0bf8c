from __future__ import annotations

import asyncio
import json
import os
import shutil
import signal
import subprocess
import sys
import uuid
from collections.abc import Callable
from pathlib import Path

import msgspec
import pytest
from mcp_testing import FAULTY, call, eventually, faulty

from nex_resources.mcp import Catalogue, Limits, McpPool, UnavailableError
from nex_resources.mcp.sandbox import available
from nex_resources.mcp.watchdog import marked, sweep

CONFINED = pytest.mark.parametrize(
    "confine",
    [
        pytest.param(True, id="confined", marks=pytest.mark.skipif(not available(), reason="no namespaces")),
        pytest.param(False, id="unconfined"),
    ],
)
Pools = Callable[..., McpPool]


def seed(text: str) -> Callable[[Path], None]:
    return lambda workspace: (workspace / "seed.txt").write_text(text) and None


async def test_leases_reuse_the_process_and_reset_the_workspace(pools: Pools) -> None:
    async with pools(faulty()) as pool:
        for text in ("first", "second"):
            async with pool.host({"faulty": seed(text)}) as host:
                assert sorted(p.name for p in host.workspaces["faulty"].iterdir()) == ["seed.txt"]
                result = await host.call(call("faulty__read", path="/workspace/seed.txt"))
                assert (result.text, result.error) == (text, None)
                await host.call(call("faulty__write", path="/workspace/left.txt", text="x"))
        assert pool.starts == 1


@pytest.mark.skipif(not available(), reason="no namespaces")
async def test_what_is_installed_in_tmp_outlasts_a_lease(pools: Pools, tmp_path: Path) -> None:
    """A sandbox has a /tmp of its own, in which the installation is shown, and which each lease empties."""
    script = tmp_path / "installed" / "faulty.py"
    script.parent.mkdir()
    shutil.copy(FAULTY, script)
    server = faulty(guard=False)
    server = msgspec.structs.replace(server, command=(server.command[0], str(script)))
    async with pools(server, confine=True) as pool:
        for _ in range(2):
            async with pool.host({"faulty": None}) as host:
                assert not (left := host.workspaces["faulty"].parent / "tmp" / "left").exists()
                await host.call(call("faulty__write", path="/tmp/left", text="x"))
                assert left.read_text() == "x"
                found = await host.call(call("faulty__read", path=str(script)))
                assert found.text == script.read_text()
        assert pool.starts == 1


async def test_restart_mode_gives_each_lease_a_fresh_process(pools: Pools) -> None:
    server = faulty(state="process", reset="restart")
    async with pools(server, spares=1) as pool:
        for _ in range(3):
            async with pool.host({"faulty": seed("s")}) as host:
                assert (await host.call(call("faulty__count"))).text == "1"
                assert (await host.call(call("faulty__read", path="seed.txt"))).text == "s"


async def test_shared_servers_have_one_process(pools: Pools) -> None:
    async with pools(faulty(state="none", reset="share")) as pool:

        async def rollout() -> None:
            async with pool.host({}, tools=["faulty__echo"]) as host:
                assert [tool.name for tool in host.tools()] == ["faulty__echo"]
                assert (await host.call(call("faulty__echo", text="hi"))).text == "hi"

        await asyncio.gather(*(rollout() for _ in range(50)))
        assert pool.starts == 1


async def test_two_rollouts_at_once_never_share_a_stateful_server(pools: Pools) -> None:
    async with pools(faulty("a"), faulty("b"), processes=2, per_server=2) as pool:
        busy: set[Path] = set()

        async def rollout(names: list[str]) -> None:
            async with pool.host(dict.fromkeys(names)) as host:
                folders = set(host.workspaces.values())
                assert not busy & folders
                busy.update(folders)
                await host.call(call(f"{names[0]}__sleep", seconds=0.01))
                busy.difference_update(folders)

        await asyncio.gather(*(rollout([["a"], ["b"], ["a", "b"], ["b", "a"]][i % 4]) for i in range(24)))
        # Evicted ones may still be ending; then each server is left, and the namespace it is in.
        await eventually(lambda: len(pool.leaked()) <= 4, True)


async def test_more_servers_than_processes_is_an_error_not_a_deadlock(pools: Pools) -> None:
    async with pools(faulty("a"), faulty("b"), processes=1) as pool:
        with pytest.raises(ValueError, match=r"raise Limits\.processes"):
            async with pool.host({"a": None, "b": None}):
                pass


async def test_idle_slots_make_room_for_other_servers(pools: Pools) -> None:
    async with pools(*(faulty(name) for name in "abc"), processes=1) as pool:
        for name in "abca":
            async with pool.host({name: None}) as host:
                assert (await host.call(call(f"{name}__echo", text=name))).text == name
        assert pool.starts == 4


async def test_a_cancelled_waiter_keeps_nothing(pools: Pools) -> None:
    async with pools(faulty(), processes=1) as pool:
        async with pool.host({"faulty": None}):
            waiter = asyncio.create_task(pool.host({"faulty": None}).__aenter__())
            await asyncio.sleep(0)
            waiter.cancel()
            await asyncio.gather(waiter, return_exceptions=True)
        async with asyncio.timeout(10), pool.host({"faulty": None}) as host:
            assert (await host.call(call("faulty__echo", text="x"))).text == "x"


async def test_tools_outside_the_selection_do_not_exist(pools: Pools) -> None:
    async with pools(faulty()) as pool:
        async with pool.host({"faulty": None}, tools=["faulty__echo"]) as host:
            result = await host.call(call("faulty__ecko"))
            assert (result.error, "did you mean faulty__echo" in result.text) == ("unknown_tool", True)
            assert (await host.call(call("faulty__die"))).error == "unknown_tool"
        with pytest.raises(LookupError, match="faulty__nothing"):
            async with pool.host({"faulty": None}, tools=["faulty__nothing"]):
                pass


async def test_servers_see_nothing_of_the_host(pools: Pools, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SECRET_KEY", "hunter2")
    monkeypatch.setenv("SERVICE_TOKEN", "given")
    async with pools(faulty(credentials=["SERVICE_TOKEN"])) as pool, pool.host({"faulty": None}) as host:
        env = json.loads((await host.call(call("faulty__env"))).text)
    assert env["SERVICE_TOKEN"] == "given"
    assert "SECRET_KEY" not in env
    assert env["HOME"].endswith("/home")
    assert not Path(env["HOME"]).is_relative_to(Path.home() / ".config")


async def test_no_path_of_this_machine_reaches_a_model(pools: Pools) -> None:
    async with pools(faulty()) as pool, pool.host({"faulty": None}) as host:
        workspace = host.workspaces["faulty"]
        said = f"{workspace}/a.py, {workspace.parent}/tmp/x, {sys.base_prefix}/lib/ast.py"
        shown = (await host.call(call("faulty__echo", text=said))).text
    python = sys.base_prefix if sys.base_prefix.startswith("/usr") else "/usr"
    assert shown == f"/workspace/a.py, /private/tmp/x, {python}/lib/ast.py"


async def test_missing_package_names_the_command_that_installs_it(tmp_path: Path) -> None:
    server = faulty("ghost", kind="python", package="ghost-server", version="1.0")
    async with McpPool(Catalogue({"ghost": server}), tmp_path, cache=tmp_path / "cache") as pool:
        with pytest.raises(UnavailableError, match=r"ghost-server==1\.0 .*mcp install ghost"):
            async with pool.host({"ghost": None}):
                pass


async def test_children_of_a_server_are_gone_with_it(pools: Pools) -> None:
    """In a session of their own, too, where no namespace ends them."""
    async with pools(faulty(state="process", reset="restart"), confine=False, spares=0) as pool:
        for _ in range(2):
            async with pool.host({"faulty": None}) as host:
                await host.call(call("faulty__child"))
        await eventually(pool.leaked, [])


@CONFINED
async def test_children_of_servers_are_gone_with_the_pool(pools: Pools, confine: bool) -> None:
    async with pools(faulty(), confine=confine) as pool:
        async with pool.host({"faulty": None}) as host:
            before = len(pool.leaked())
            await host.call(call("faulty__child"))
        await eventually(lambda: len(pool.leaked()), before + 1)
    assert pool.leaked() == []


async def test_a_process_is_found_from_the_moment_it_is_started() -> None:
    """While it is inside `exec` its environment reads as empty, and Popen has returned already."""
    for number in range(30):
        mark = f"{uuid.uuid4().hex}-{number}"
        child = subprocess.Popen(["sleep", "3600"], env={**os.environ, "NEX_POOL": mark})  # noqa: ASYNC220
        try:
            assert marked(mark) == [child.pid]
            assert sweep(mark) == 1
        finally:
            child.kill()
            child.wait()


KILLED = """
import asyncio, sys
from pathlib import Path
sys.path.insert(0, {tests!r})
from mcp_testing import faulty
from nex_resources.mcp import Catalogue, McpPool
from nex_resources.records import ToolCall

async def main():
    async with McpPool(Catalogue({{"faulty": faulty()}}), Path({home!r}), confine={confine}) as pool:
        async with pool.host({{"faulty": None}}) as host:
            await host.call(ToolCall("1", "faulty__child", {{}}))
            task = asyncio.create_task(host.call(ToolCall("2", "faulty__hang", {{}}), 3600))
            await asyncio.sleep(0.1)
            print(pool.mark, flush=True)
            await task

asyncio.run(main())
"""


@CONFINED
async def test_nothing_survives_kill_9_of_the_parent(tmp_path: Path, confine: bool) -> None:
    script = KILLED.format(tests=str(Path(__file__).parent), home=str(tmp_path), confine=confine)
    process = subprocess.Popen(  # noqa: ASYNC220
        [sys.executable, "-c", script], stdout=subprocess.PIPE, text=True
    )
    assert process.stdout
    mark = process.stdout.readline().strip()
    # The server, blocked in a call, and its child in a session of its own (and the namespace they are in).
    await eventually(lambda: len(marked(mark)), 3 if confine else 2)
    os.kill(process.pid, signal.SIGKILL)
    process.wait()
    process.stdout.close()
    await eventually(lambda: marked(mark), [])


async def test_the_light_third_party_servers_work_together(
    real: Callable[..., Catalogue], tmp_path: Path
) -> None:
    names = ["git", "sqlite", "time", "calculator"]
    limits = Limits(starts=4)
    async with (
        McpPool(real(*names), tmp_path, limits=limits) as pool,
        pool.host(dict.fromkeys(names)) as host,
    ):
        assert len(host.tools()) == 21
        for name in names:
            probe = pool.catalogue[name].probe
            assert probe
            for command in probe.commands:
                subprocess.run(command, cwd=host.workspaces[name], check=True)  # noqa: ASYNC221
            good = await host.call(call(f"{name}__{probe.good.tool}", **probe.good.arguments))
            assert good.error is None, good.text
            assert probe.bad
            bad = await host.call(call(f"{name}__{probe.bad.tool}", **probe.bad.arguments))
            assert bad.error == probe.bad.expect
    assert pool.leaked() == []
