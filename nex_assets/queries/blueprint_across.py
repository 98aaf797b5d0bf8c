"""Tasks over several servers: goals side by side, and a value that one server gives to another.

Shapes: `retail/get_order&travel/check_in` side by side, `retail/get_order>>calculator/multiply` piped.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import msgspec

from nex_assets.queries.blueprint import assemble, choose_shape, draw_goals, find_shape, join_names
from nex_assets.queries.blueprint_draw import Goal, GoalDraw, RefusedError
from nex_assets.queries.blueprint_shapes import Shape, ShapeStep, Source
from nex_assets.queries.units import unit_of
from nex_resources import worlds
from nex_resources.records import Blueprint, Fact, Step, generator


class Bridge(msgspec.Struct, frozen=True):
    """A call that takes a value of another server: in `parameter`, within `text` if it is words. With a
    `unit` (see `units.py`) it takes values of that kind only."""

    form: str
    parameter: str
    text: str = ""
    unit: str = ""


BRIDGES = (
    Bridge("calculator__multiply", "amount", unit="money"),
    Bridge("calculator__add", "amount", unit="money"),
    Bridge("calculator__subtract", "amount", unit="money"),
    Bridge("sqlite__set_price", "price", unit="money"),
    Bridge("sqlite__extend_loan", "due_date", unit="date"),
    Bridge("sqlite__set_member_email", "email", unit="email"),
    Bridge("retail__set_email", "email", unit="email"),
    Bridge("retail__set_city", "city", unit="city"),
    Bridge("travel__set_contact", "email", unit="email"),
    Bridge("filesystem__write_note", "line", "{what}: {value}"),
    Bridge("memory__note_project", "observation", "{what} {value}"),
    Bridge("memory__note_person", "observation", "{what} {value}"),
)


def sample_across(
    seeds: Mapping[str, int],
    wanted: Sequence[str] | None = None,
    *,
    key: object = 0,
    distractors: int = 2,
    max_steps: int = 2,
) -> Blueprint:
    """Draw one goal on each of several worlds, side by side. `wanted` names a shape for each, in the order
    of `seeds`. Raises SamplingError."""
    rng = generator(0, "blueprint across", sorted(seeds.items()), wanted, key)
    names = sorted(seeds)
    chosen = (
        [find_shape(name) for name in wanted]
        if wanted
        else [choose_shape(name, rng, max_steps=max_steps) for name in names]
    )

    def attempt(draw: GoalDraw) -> None:
        for shape in chosen:
            draw.draw(shape)

    goals = draw_goals(seeds, rng, (key, join_names(chosen)), attempt)
    return assemble("task", join_names(chosen), seeds, goals, rng, distractors)


def sample_piped(
    source: str,
    target: str,
    seeds: Mapping[str, int],
    *,
    key: object = 0,
    distractors: int = 2,
) -> Blueprint:
    """Draw a task that reads a value with the shape `source` and hands it to the form `target` of another
    world (`calculator__multiply`; see `BRIDGES`). Raises SamplingError, or KeyError for an unknown bridge."""
    bridge = {b.form: b for b in BRIDGES}[target]
    shape = find_shape(source)
    rng = generator(0, "blueprint piped", source, target, sorted(seeds.items()), key)

    def attempt(draw: GoalDraw) -> None:
        first = draw.draw(shape)
        if not first.facts:
            raise RefusedError("the source tells nothing")
        _hand_over(draw, first, bridge)

    name = f"{source}>>{target.replace('__', '/')}"
    goals = draw_goals(seeds, rng, (key, name), attempt)
    return assemble("task", name, seeds, goals, rng, distractors)


def _hand_over(draw: GoalDraw, first: Goal, bridge: Bridge) -> None:
    """Call the bridge's form with the fact that `first` found; what it returns is asked for instead."""
    tool, fact = worlds.form(bridge.form), first.facts.pop()
    if bridge.unit and unit_of(fact.name) != bridge.unit:
        raise RefusedError(f"the value is not of the unit {bridge.unit}")
    server = tool.spec.server
    sources = tuple(Source(p.name, p.type) for p in tool.parameters if p.name != bridge.parameter)
    shape = Shape("bridge", server, (ShapeStep(tool.spec.name, sources, bridge.form),), tool.effect)
    goal = Goal([], {}, [], {}, dict(first.outcomes))
    values: dict[str, object] = {s.parameter: draw.argument(shape, s, goal) for s in sources}
    values[bridge.parameter] = _handed(fact, bridge)
    step = Step(f"s{len(first.steps) + 1}", tool.spec.name, worlds.arguments_for(tool, values))
    draw.execute(goal, step, must_fail=False)
    for output in tool.outputs:
        value = worlds.resolve(goal.outcomes[step.id].value, output.path)
        goal.facts.append(Fact(output.type, step.id, output.path, value))
    draw.goals.append(goal)


def _handed(fact: Fact, bridge: Bridge) -> object:
    if not bridge.text:
        return {"$from": fact.step, "path": fact.path}
    hole = f"{{{{{fact.step}:{fact.path}}}}}"
    return bridge.text.format(what=fact.name.replace(".", " "), value=hole)
