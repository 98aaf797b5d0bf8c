"""Sample blueprints while executing: every value comes from a live earlier result or from a slot.

A shape says which calls; a seed says which world and which values. A draw that the world refuses, or
whose descriptors do not select one row, is drawn again; what never succeeds is reported with the reason.
Other kinds than plain tasks are in `blueprint_kinds.py`.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Collection, Mapping, Sequence

from nex_assets.queries.blueprint_draw import Goal, GoalDraw, RefusedError
from nex_assets.queries.blueprint_run import Stage, stage
from nex_assets.queries.blueprint_shapes import Shape, shapes
from nex_resources import worlds
from nex_resources.records import Blueprint, BlueprintKind, content_id, generator

TRIES = 200


class SamplingError(ValueError):
    """No blueprint of the wanted shape could be drawn on this seed; the text says what stood in the way."""


def sample_blueprint(
    world: str,
    world_seed: int,
    shape: str | None = None,
    *,
    key: object = 0,
    distractors: int = 4,
    exclude: Collection[str] = (),
    max_steps: int = 3,
    effect: str | None = None,
) -> Blueprint:
    """Draw one task on `world` as seeded with `world_seed`.

    `shape` fixes the form (several goals joined with `+`); otherwise one is drawn whose steps number at
    most `max_steps`, whose name is not in `exclude`, and whose goal has `effect` (`read`, `write`) if
    given. `key` tells draws on one seed apart. `distractors` unneeded tools of the world are offered too.
    Raises SamplingError.
    """
    rng = generator(world_seed, "blueprint", world, shape, key)
    if shape is None:
        wanted = [choose_shape(world, rng, exclude, max_steps, effect)]
    else:
        wanted = [find_shape(f"{world}/{part}") for part in shape.partition("/")[2].split("+")]
    seeds = {world: world_seed}

    def attempt(draw: GoalDraw) -> None:
        for one in wanted:
            draw.draw(one)

    goals = draw_goals(seeds, rng, (key, join_names(wanted)), attempt)
    return assemble("task", join_names(wanted), seeds, goals, rng, distractors)


def find_shape(name: str) -> Shape:
    """Return the single-goal shape with this name. A SamplingError lists those there are."""
    world = name.partition("/")[0]
    known = shapes(world)
    if name not in known:
        raise SamplingError(f"no shape {name!r} in world {world!r}; shapes: {', '.join(known)}")
    return known[name]


def choose_shape(
    world: str,
    rng: random.Random,
    exclude: Collection[str] = (),
    max_steps: int = 3,
    effect: str | None = None,
) -> Shape:
    """Choose a shape: first its size, evenly, so that the many long ones do not crowd out the rest."""
    fitting = [
        s
        for s in shapes(world).values()
        if len(s.steps) <= max_steps and s.name not in exclude and effect in (None, s.effect)
    ]
    if not fitting:
        raise SamplingError(f"world {world!r} has no shape of at most {max_steps} steps, effect {effect}")
    size = rng.choice(sorted({len(s.steps) for s in fitting}))
    return rng.choice([s for s in fitting if len(s.steps) == size])


def join_names(wanted: Sequence[Shape], within: str = "+") -> str:
    """Name several goals: `retail/a+b` in one world, `retail/a&travel/b` over several."""
    name, world = wanted[0].name, wanted[0].world
    for shape in wanted[1:]:
        name += f"{within}{shape.name.partition('/')[2]}" if shape.world == world else f"&{shape.name}"
        world = shape.world
    return name


def draw_goals(
    seeds: Mapping[str, int],
    rng: random.Random,
    key: tuple[object, ...],
    attempt: Callable[[GoalDraw], None],
) -> list[Goal]:
    """Let `attempt` draw on fresh worlds until it works out. Raises SamplingError after TRIES draws; the
    last part of `key` is what it calls them."""
    reasons: dict[str, int] = {}
    with stage(seeds) as opened:
        for number in range(TRIES):
            draw = _fresh(opened, rng, (*key, number))
            try:
                attempt(draw)
            except RefusedError as refused:
                reasons[str(refused)[:80]] = reasons.get(str(refused)[:80], 0) + 1
            else:
                return draw.goals
    often = max(reasons, key=lambda reason: reasons[reason])
    raise SamplingError(f"{key[-1]}: no draw of {TRIES} worked out on {dict(seeds)}; most often: {often}")


def _fresh(opened: Stage, rng: random.Random, key: tuple[object, ...]) -> GoalDraw:
    opened.reset()
    return GoalDraw(opened, rng, key)


def assemble(
    kind: BlueprintKind,
    shape: str,
    seeds: Mapping[str, int],
    goals: Sequence[Goal],
    rng: random.Random,
    distractors: int,
    *,
    refusal: str = "",
    withhold: Collection[str] = (),
) -> Blueprint:
    """Put drawn goals together as a blueprint and offer `distractors` further tools of its worlds.

    Tools in `withhold` are not offered, needed or not.
    """
    steps = tuple(step for goal in goals for step in goal.steps)
    slots = {name: value for goal in goals for name, value in goal.slots.items()}
    facts = tuple(fact for goal in goals for fact in goal.facts)
    needed = list(dict.fromkeys(step.tool for step in steps))
    offered = tuple(t for t in _offered(seeds, needed, rng, distractors) if t not in withhold)
    ident = content_id("blueprint", [kind, shape, seeds, steps, slots, facts, offered])
    return Blueprint(ident, kind, shape, dict(seeds), steps, slots, facts, offered, refusal)


def _offered(
    seeds: Mapping[str, int], needed: Sequence[str], rng: random.Random, distractors: int
) -> tuple[str, ...]:
    names = [tool.spec.name for server in sorted(seeds) for tool in worlds.get(server).tools]
    others = [name for name in names if name not in needed]
    extra = rng.sample(others, min(distractors, len(others)))
    return tuple(sorted([*needed, *extra], key=names.index))
