"""Our own worlds: seeding, policies, snapshots, and the same answers over MCP as in this process."""

from __future__ import annotations

import asyncio
import multiprocessing
import sys
from pathlib import Path

import pytest
from mcp import Client, StdioServerParameters

from nex_resources import worlds
from nex_resources.worlds.base import WorldError
from nex_resources.worlds.business import BusinessWorld
from nex_resources.worlds.pools import Draw, pool_of_value

OURS = list(worlds.business_worlds().values())
each_world = pytest.mark.parametrize("world", OURS, ids=lambda w: w.name)


@each_world
def test_a_seed_gives_one_state_and_seeds_differ(world: BusinessWorld, tmp_path: Path) -> None:
    for name, seed in (("a", 6), ("b", 6), ("c", 8)):
        world.seed(seed, tmp_path / name)
    same, again, other = (world.snapshot(tmp_path / name) for name in "abc")
    assert same == again
    assert world.diff(same, again) == ()
    assert same != other


@each_world
def test_pools_share_no_values_that_arguments_hold(world: BusinessWorld) -> None:
    def values(pool: worlds.Pool) -> set[str]:
        found: set[str] = set()
        for number in range(30):
            rows = world.open(worlds.world_seed(pool, number)).rows()
            for kind in (k for k in world.types.values() if k.existing):
                table = rows[kind.table]
                found |= {str(r[kind.field]) for r in table.values()} if kind.field else set(table)
            seed = worlds.world_seed(pool, number)
            fresh = [k.name for k in world.types.values() if not k.existing and not k.closed]
            found |= {f"{name}={world.fresh(name, seed, 1)}" for name in fresh}
        return found

    train, held_out = values("train"), values("held_out")
    assert len(train) > 500
    assert not train & held_out


@each_world
def test_schemas_are_compact(world: BusinessWorld) -> None:
    for tool in world.tools:
        assert len(tool.spec.description) <= 60
        assert 1 <= len(tool.parameters) <= 3
        assert set(tool.spec.input_schema) == {"type", "properties", "required"}


@each_world
@pytest.mark.parametrize(
    ("arguments", "problem"),
    [({}, "needs the argument"), ({"x": 1}, "has no argument 'x'")],
    ids=["missing", "unknown"],
)
def test_wrong_arguments_are_errors_that_help(world: BusinessWorld, arguments: dict, problem: str) -> None:
    outcome = world.open(2).call(world.tools[0].name, arguments)
    assert outcome.error
    assert problem in outcome.text


@each_world
def test_a_refused_call_changes_nothing(world: BusinessWorld) -> None:
    live = world.open(4)
    before = live.rows()
    for tool in world.tools:
        arguments = {p.name: "nothing" for p in tool.parameters}
        outcome = live.call(tool.name, arguments)
        assert outcome.error, tool.name
    assert live.rows() == before


@each_world
async def test_the_server_answers_as_the_world_does_in_process(world: BusinessWorld, tmp_path: Path) -> None:
    world.seed(10, tmp_path)
    live = world.open(10)
    command = [sys.executable, "-m", "nex_resources.worlds.serve", world.name, "--workspace", str(tmp_path)]
    async with Client(StdioServerParameters(command=command[0], args=command[1:]), mode="legacy") as client:
        listed = {t.name: t for t in (await client.list_tools()).tools}
        assert set(listed) == {t.name for t in world.tools}
        for tool in world.tools:
            assert listed[tool.name].input_schema == tool.spec.input_schema
            rows = live.rows()
            for attempt in range(4):
                arguments = {p.name: _some(world, p.type, rows, attempt) for p in tool.parameters}
                expected = live.call(tool.name, arguments)
                result = await client.call_tool(tool.name, arguments)
                assert (result.content[0].text, result.is_error) == (expected.text, expected.error)
        assert world.snapshot(tmp_path) == live.rows()
        world.seed(12, tmp_path)  # no restart is needed
        assert world.snapshot(tmp_path) == world.open(12).rows()
        tool = world.tools[0]
        arguments = {p.name: _some(world, p.type, world.open(12).rows(), 0) for p in tool.parameters}
        assert not (await client.call_tool(tool.name, arguments)).is_error


def _some(world: BusinessWorld, type_name: str, rows: worlds.Rows, number: int) -> object:
    kind = world.types[type_name]
    if not kind.existing:
        return world.fresh(type_name, 10, number)
    key = sorted(rows[kind.table])[number]
    return rows[kind.table][key][kind.field] if kind.field else key


def _add_points(workspace: str, customer: str, times: int) -> None:
    world = worlds.business_worlds()["retail"]
    for _ in range(times):
        assert not world.call(Path(workspace), "add_points", {"customer_id": customer, "points": 1}).error


def test_processes_that_write_at_once_lose_nothing(tmp_path: Path) -> None:
    world = worlds.business_worlds()["retail"]
    world.seed(2, tmp_path)
    customer, before = sorted(world.snapshot(tmp_path)["customers"].items())[0]
    context = multiprocessing.get_context("spawn")
    processes = [context.Process(target=_add_points, args=(str(tmp_path), customer, 50)) for _ in range(2)]
    for process in processes:
        process.start()
    for process in processes:
        process.join()
    assert world.snapshot(tmp_path)["customers"][customer]["points"] == before["points"] + 100


def test_an_unseeded_workspace_says_what_to_do(tmp_path: Path) -> None:
    world = worlds.business_worlds()["retail"]
    with pytest.raises(WorldError, match="seed the retail world"):
        world.call(tmp_path, "get_order", {"order_id": "O1"})


def test_unknown_world_names_the_nearest() -> None:
    with pytest.raises(KeyError, match="did you mean 'retail'"):
        worlds.get("retial")


def test_a_drained_pool_says_so() -> None:
    value = next(v for v in "abcdefgh" if pool_of_value(v) == "train")
    draw = Draw(0, "x")
    draw.pick([value], unique=True)
    with pytest.raises(ValueError, match="no value left in pool 'train'"):
        draw.pick([value], unique=True)


def test_serving_an_unknown_world_lists_them() -> None:
    async def run() -> tuple[int | None, str]:
        process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "nex_resources.worlds.serve", "nothing", "--workspace", "/tmp"),
            stderr=asyncio.subprocess.PIPE,
        )
        _, errors = await process.communicate()
        return process.returncode, errors.decode()

    code, errors = asyncio.run(run())
    assert code == 2
    assert "retail" in errors
