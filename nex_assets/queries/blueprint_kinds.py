"""Blueprints beyond the plain task: negatives, irrelevance, break-and-fix, multi-turn, several servers.

- negative: a policy or precondition is broken; expected are a refusal and an unchanged state.
- irrelevance: the tool that it takes is not offered; expected is a refusal without any change.
- fix: a call is refused, another call removes the cause, and then the first succeeds.
- multi_turn: later user turns ask for further goals on the same entity.

Their shapes carry a mark, in this order: `retail/cancel_order!`, `retail/cancel_order?`,
`helpdesk/unlock_account~reset_password`, `retail/get_order;set_city`. Tasks over several servers are in
`blueprint_across.py`.
"""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence

import msgspec

from nex_assets.queries.blueprint import (
    SamplingError,
    assemble,
    choose_shape,
    draw_goals,
    find_shape,
    join_names,
    sample_blueprint,
)
from nex_assets.queries.blueprint_draw import Goal, GoalDraw, RefusedError
from nex_assets.queries.blueprint_shapes import Shape, ShapeStep, Source, shapes
from nex_resources import worlds
from nex_resources.records import Blueprint, BlueprintKind, Step, generator, split_qualified


def sample_kind(
    kind: BlueprintKind,
    world: str,
    world_seed: int,
    shape: str | None = None,
    *,
    key: object = 0,
    distractors: int = 4,
    max_steps: int = 3,
) -> Blueprint:
    """Draw a blueprint of any kind but `fusion`. `shape` is a single-goal shape of `world` to build on (for
    `multi_turn` two, joined with `;`), without the kind's mark. Raises SamplingError."""
    if kind == "task":
        return sample_blueprint(
            world, world_seed, shape, key=key, distractors=distractors, max_steps=max_steps
        )
    if kind not in _SAMPLERS:
        raise SamplingError(f"kind {kind!r} is not sampled from worlds; kinds: task, {', '.join(_SAMPLERS)}")
    rng = generator(world_seed, "blueprint", kind, world, shape, key)
    seeds = {world: world_seed}
    names = shape.partition("/")[2].split(";") if shape else []
    given = [find_shape(f"{world}/{name}") for name in names]
    return _SAMPLERS[kind](
        world, seeds, rng, given, (key, f"{kind} {shape or world}"), distractors, max_steps
    )


def _negative(
    world: str,
    seeds: Mapping[str, int],
    rng: random.Random,
    given: Sequence[Shape],
    key: tuple[object, ...],
    distractors: int,
    max_steps: int,
) -> Blueprint:
    shape = given[0] if given else _guarded(world, rng, max_steps)

    def attempt(draw: GoalDraw) -> None:
        draw.draw(shape, refuse=True)

    goals = draw_goals(seeds, rng, key, attempt)
    return assemble("negative", f"{shape.name}!", seeds, goals, rng, distractors, refusal=goals[0].refused)


def _guarded(world: str, rng: random.Random, max_steps: int) -> Shape:
    """Choose a shape whose goal has a precondition to break."""
    fitting = [
        s
        for s in shapes(world).values()
        if len(s.steps) <= max_steps and worlds.form(s.goal.form).preconditions
    ]
    if not fitting:
        raise SamplingError(f"no tool of world {world!r} has a precondition to break")
    return rng.choice(fitting)


def _irrelevance(
    world: str,
    seeds: Mapping[str, int],
    rng: random.Random,
    given: Sequence[Shape],
    key: tuple[object, ...],
    distractors: int,
    max_steps: int,
) -> Blueprint:
    shape = given[0] if given else choose_shape(world, rng, max_steps=max_steps, effect="write")
    if shape.effect != "write":
        raise SamplingError(f"{shape.name}: only a write is missed for certain when its tool is not there")

    def attempt(draw: GoalDraw) -> None:
        draw.draw(shape)

    goals = draw_goals(seeds, rng, key, attempt)
    goals[0].facts.clear()
    name = split_qualified(shape.goal.tool)[1].replace("_", " ")
    return assemble(
        "irrelevance",
        f"{shape.name}?",
        seeds,
        goals,
        rng,
        distractors,
        refusal=f"there is no tool to {name}",
        withhold=(shape.goal.tool,),
    )


def _fix(
    world: str,
    seeds: Mapping[str, int],
    rng: random.Random,
    given: Sequence[Shape],
    key: tuple[object, ...],
    distractors: int,
    max_steps: int,
) -> Blueprint:
    remedies = [t.spec.name for t in worlds.get(world).tools if t.effect == "write" and not t.template]
    chosen: list[Shape] = []

    def attempt(draw: GoalDraw) -> None:
        chosen[:] = given or [_guarded(world, rng, max_steps - 1)]
        broken = draw.draw(chosen[0], refuse=True)
        _remedy(draw, broken, world, rng.choice([n for n in remedies if n != chosen[0].goal.tool]))
        _again(draw, broken)

    goals = draw_goals(seeds, rng, key, attempt)
    goals[0].facts.clear()
    remedy = split_qualified(goals[1].steps[-1].tool)[1]
    joint = ">" if ">" in chosen[0].name else "/"
    head, _, goal = chosen[0].name.rpartition(joint)
    return assemble("fix", f"{head}{joint}{remedy}~{goal}", seeds, goals, rng, distractors)


def _remedy(draw: GoalDraw, broken: Goal, world: str, remedy: str) -> None:
    """Call `remedy` on the entities that the refused call named, whatever else it needs being drawn."""
    tool, refused = worlds.tool(remedy), broken.steps[-1]
    typed = {p.name: p.type for p in worlds.tool(refused.tool).parameters}
    known = {typed[name]: value for name, value in refused.arguments.items()}
    if not any(p.type in known and worlds.get(world).types[p.type].existing for p in tool.parameters):
        raise RefusedError("the remedy has nothing to do with what is broken")
    sources = tuple(Source(p.name, p.type) for p in tool.parameters)
    shape = Shape("remedy", world, (ShapeStep(remedy, sources, remedy),), "write")
    goal = Goal([], {}, [], dict(broken.entities), dict(broken.outcomes))
    arguments = {
        s.parameter: known[s.type] if s.type in known else draw.argument(shape, s, goal) for s in sources
    }
    step = Step(f"s{len(draw.goals[0].steps) + 1}", remedy, arguments, after=(refused.id,))
    draw.execute(goal, step, must_fail=False)
    draw.goals.append(goal)


def _again(draw: GoalDraw, broken: Goal) -> None:
    """Repeat the refused call, which has to succeed now."""
    refused, remedy = broken.steps[-1], draw.goals[-1].steps[-1]
    goal = Goal([], {}, [], {}, dict(broken.outcomes))
    step = msgspec.structs.replace(
        refused, id=f"s{len(broken.steps) + 2}", after=(remedy.id,), expect_error=False
    )
    draw.execute(goal, step, must_fail=False)
    draw.goals.append(goal)


def _multi_turn(
    world: str,
    seeds: Mapping[str, int],
    rng: random.Random,
    given: Sequence[Shape],
    key: tuple[object, ...],
    distractors: int,
    max_steps: int,
) -> Blueprint:
    wanted = list(given) if len(given) > 1 else _sharing(world, rng, max_steps)

    def attempt(draw: GoalDraw) -> None:
        for turn, shape in enumerate(wanted):
            draw.draw(shape, turn=turn, share=turn > 0)

    goals = draw_goals(seeds, rng, key, attempt)
    return assemble("multi_turn", join_names(wanted, ";"), seeds, goals, rng, distractors)


def _sharing(world: str, rng: random.Random, max_steps: int) -> list[Shape]:
    """Choose two different goals that start from the same type of entity; the second one writes."""
    types = worlds.get(world).types

    def entities(shape: Shape) -> set[str]:
        return {s.type for st in shape.steps for s in st.sources if s.is_slot and types[s.type].existing}

    writes = [s for s in shapes(world).values() if len(s.steps) <= max_steps and s.effect == "write"]
    for _ in range(FIRST_GOALS):
        first = choose_shape(world, rng, max_steps=max_steps)
        others = [s for s in writes if s.goal.tool != first.goal.tool and entities(s) & entities(first)]
        if others:
            return [first, rng.choice(others)]
    raise SamplingError(f"no two goals of world {world!r} share an entity")


FIRST_GOALS = 20
"""First goals of a conversation that are tried for one that shares an entity with another."""

_SAMPLERS = {
    "negative": _negative,
    "irrelevance": _irrelevance,
    "fix": _fix,
    "multi_turn": _multi_turn,
}
