"""Worlds over third-party servers: their twins answer as the real servers do, and leave the same state."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import Any

import pytest

from nex_assets.queries.blueprint import SamplingError, sample_blueprint
from nex_assets.queries.blueprint_run import Stage, argument_values, filled
from nex_assets.queries.blueprint_shapes import shape_names
from nex_assets.queries.certificate import certify
from nex_resources import worlds
from nex_resources.mcp import Catalogue, McpPool, install
from nex_resources.mcp.install import cache_dir, missing
from nex_resources.records import Blueprint, Step, ToolCall
from nex_resources.worlds.server import ServerWorld

SERVERS = [name for name in worlds.names() if isinstance(worlds.get(name), ServerWorld)]
CATALOGUE = Path(__file__).parents[2] / "configs" / "mcp_servers.yaml"
each_server = pytest.mark.parametrize("name", SERVERS)
each_quick = pytest.mark.parametrize(  # git's twin runs git: tens of milliseconds a call
    "name", [pytest.param(n, marks=pytest.mark.slow) if n == "git" else n for n in SERVERS]
)


@each_server
def test_seeded_files_read_back_as_the_twin_sees_them(name: str, tmp_path: Path) -> None:
    world = worlds.get(name)
    world.seed(4, tmp_path)
    live = world.open(4)
    assert world.snapshot(tmp_path) == live.rows()
    live.close()


@each_quick
def test_reset_returns_to_the_seeded_state(name: str) -> None:
    world = worlds.get(name)
    live = world.open(4)
    before = live.rows()
    for shape in shape_names(name)[:6]:
        blueprint = _sample(name, 4, shape)
        if blueprint:
            live.call(
                blueprint.steps[0].tool.partition("__")[2], filled(blueprint.steps[0], blueprint.slots, {})
            )
    live.reset()
    assert live.rows() == before
    live.close()


def _sample(name: str, seed: int, shape: str) -> Blueprint | None:
    try:
        return sample_blueprint(name, seed, shape)
    except SamplingError:
        return None


@each_quick
def test_most_shapes_are_proved(name: str) -> None:
    names = shape_names(name)
    drawn = [b for shape in names for seed in (2, 4) if (b := _sample(name, seed, shape))]
    assert len(drawn) >= len(names)
    assert sum(certify(b).complete for b in drawn) >= len(drawn) / 2


@each_quick
def test_pools_share_no_argument_values(name: str) -> None:
    def values(pool: worlds.Pool) -> set[str]:
        seeds = [worlds.world_seed(pool, number) for number in range(3)]
        drawn = [b for shape in shape_names(name) for seed in seeds if (b := _sample(name, seed, shape))]
        return set().union(*(argument_values(b) for b in drawn))

    train, held_out = values("train"), values("held_out")
    assert len(train) > 5
    assert not train & held_out


@each_server
def test_forms_are_found_again_in_the_steps_made_from_them(name: str) -> None:
    for tool in worlds.get(name).tools:
        references = {p.name: {"$slot": f"{p.type}_2"} for p in tool.parameters}
        step = Step("s1", tool.spec.name, worlds.arguments_for(tool, references))
        assert worlds.bound(step) == (tool, references)


@pytest.mark.parametrize(
    "name", [name if name == "git" else pytest.param(name, marks=pytest.mark.slow) for name in SERVERS]
)
async def test_the_twin_answers_as_the_real_server(name: str, tmp_path: Path) -> None:
    catalogue = Catalogue.load(CATALOGUE)
    reason = missing(catalogue[name], cache_dir())
    if reason and "is not installed" not in reason:
        pytest.skip(reason)
    install(catalogue[name], cache_dir())
    blueprints = [b for shape in shape_names(name) if (b := _sample(name, 6, shape))]
    async with McpPool(Catalogue({name: catalogue[name]}), tmp_path) as pool:
        for blueprint in blueprints:
            world = worlds.get(name)
            async with pool.host({name: partial(world.seed, 6)}, tools=None) as host:
                assert set(blueprint.tools) <= {t.name for t in host.tools()}
                twin = Stage({name: 6})
                await _compare(blueprint, host, twin)
                assert world.snapshot(host.workspaces[name]) == twin.lives[name].rows(), blueprint.shape
                twin.close()


async def _compare(blueprint: Blueprint, host: Any, twin: Stage) -> None:
    outcomes: dict[str, worlds.Outcome] = {}
    for step in blueprint.steps:
        arguments = filled(step, blueprint.slots, outcomes)
        outcomes[step.id] = twin.call(step.tool, arguments)
        result = await host.call(ToolCall(step.id, step.tool, arguments))
        assert result.is_error == outcomes[step.id].error, (blueprint.shape, result.text)
        server, tool = step.tool.split("__", 1)
        value = worlds.get(server).parse(tool, result.text)
        for path in _needed(blueprint, step.id):
            expected = worlds.resolve(outcomes[step.id].value, path)
            assert worlds.resolve(value, path) == expected, (blueprint.shape, result.text)


def _needed(blueprint: Blueprint, step: str) -> list[str]:
    paths = [f.path for f in blueprint.facts if f.step == step]
    return paths + [r.path for s in blueprint.steps for r in worlds.references(s) if r.step == step]
