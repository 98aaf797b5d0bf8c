"""Sample blueprints while executing: every value comes from a live earlier result or from a slot.

A shape says which calls; a seed says which world and which values. A draw that the world refuses, or
whose descriptors do not select one row, is drawn again; what never succeeds is reported with the reason.
"""

from __future__ import annotations

import random
from collections.abc import Collection, Mapping, Sequence
from typing import Any

import msgspec

from nex_assets.queries.blueprint_run import Stage, filled, observed, stage
from nex_assets.queries.blueprint_shapes import Shape, Source, shapes
from nex_resources import worlds
from nex_resources.records import Blueprint, Fact, Step, content_id, generator
from nex_resources.worlds import Outcome, PathError, resolve, states_value

TRIES = 200


class SamplingError(ValueError):
    """No blueprint of the wanted shape could be drawn on this seed; the text says what stood in the way."""


class _RefusedError(Exception):
    """This draw does not work out; another may."""


class Goal(msgspec.Struct):
    """One goal as drawn: its steps, slots and the facts it asks for."""

    steps: list[Step] = []
    slots: dict[str, Any] = {}
    facts: list[Fact] = []


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
    """Draw one blueprint on `world` as seeded with `world_seed`.

    `shape` fixes the form (several goals joined with `+`); otherwise one is drawn whose steps number at
    most `max_steps`, whose name is not in `exclude`, and whose goal has `effect` (`read`, `write`) if
    given. `key` tells draws on one seed apart. `distractors` unneeded tools of the world are offered too.
    Raises SamplingError.
    """
    rng = generator(world_seed, "blueprint", world, shape, key)
    wanted = _wanted(world, shape, rng, exclude, max_steps, effect)
    with stage({world: world_seed}) as opened:
        goals = _draw_goals(opened, wanted, rng, world_seed, key)
    name = f"{world}/" + "+".join(s.name.partition("/")[2] for s in wanted)
    return assemble(name, {world: world_seed}, goals, rng, distractors)


def _wanted(
    world: str,
    shape: str | None,
    rng: random.Random,
    exclude: Collection[str],
    max_steps: int,
    effect: str | None,
) -> list[Shape]:
    known = shapes(world)
    if shape is not None:
        parts = [f"{world}/{part}" for part in shape.partition("/")[2].split("+")]
        missing = [part for part in parts if part not in known]
        if missing:
            raise SamplingError(f"no shape {missing[0]!r} in world {world!r}; shapes: {', '.join(known)}")
        return [known[part] for part in parts]
    fitting = [
        s
        for s in known.values()
        if len(s.steps) <= max_steps and s.name not in exclude and effect in (None, s.effect)
    ]
    if not fitting:
        raise SamplingError(f"world {world!r} has no shape of at most {max_steps} steps, effect {effect}")
    by_size = sorted({len(s.steps) for s in fitting})
    size = rng.choice(by_size)
    return [rng.choice([s for s in fitting if len(s.steps) == size])]


def _draw_goals(
    opened: Stage, wanted: Sequence[Shape], rng: random.Random, seed: int, key: object
) -> list[Goal]:
    reasons: dict[str, int] = {}
    for attempt in range(TRIES):
        opened.reset()
        try:
            drawn: list[Goal] = []
            for number, shape in enumerate(wanted):
                drawn.append(_draw_goal(opened, shape, rng, seed, (key, attempt, number), drawn))
        except _RefusedError as refused:
            reasons[str(refused)[:80]] = reasons.get(str(refused)[:80], 0) + 1
        else:
            return drawn
    often = max(reasons, key=lambda reason: reasons[reason])
    names = "+".join(s.name for s in wanted)
    raise SamplingError(f"{names}: no draw of {TRIES} worked out on seed {seed}; most often: {often}")


def _draw_goal(
    opened: Stage, shape: Shape, rng: random.Random, seed: int, key: tuple[object, ...], before: list[Goal]
) -> Goal:
    goal = Goal([], {}, [])
    offset = sum(len(g.steps) for g in before)
    taken = {name for g in before for name in g.slots}
    used = {str(v) for g in before for v in g.slots.values()}
    outcomes: dict[str, Outcome] = {}
    names: dict[str, str] = {}
    for index, shape_step in enumerate(shape.steps):
        arguments = {
            source.parameter: _argument(opened, source, shape, goal, outcomes, names, rng, seed, key, taken)
            for source in shape_step.sources
        }
        step = Step(f"s{offset + index + 1}", shape_step.tool, arguments)
        outcomes[step.id] = opened.call(step.tool, _values(step, goal.slots, outcomes))
        if outcomes[step.id].error:
            raise _RefusedError(outcomes[step.id].text)
        goal.steps.append(step)
    if used & {str(v) for v in goal.slots.values()}:
        raise _RefusedError("two goals share a value")
    goal.facts.extend(_facts(shape, goal, outcomes, rng))
    return goal


def _values(step: Step, slots: Mapping[str, Any], outcomes: Mapping[str, Outcome]) -> dict[str, Any]:
    try:
        return filled(step, slots, outcomes)
    except PathError as error:
        raise _RefusedError(str(error)) from error


def _argument(
    opened: Stage,
    source: Source,
    shape: Shape,
    goal: Goal,
    outcomes: dict[str, Outcome],
    names: dict[str, str],
    rng: random.Random,
    seed: int,
    key: tuple[object, ...],
    taken: set[str],
) -> dict[str, str]:
    if source.is_slot:
        kind = worlds.get(shape.world).types[source.type]
        shared = names.get(source.type) if kind.existing else None
        name = shared or _slot_name(source.type, taken | goal.slots.keys())
        if shared is None:
            names[source.type] = name
            goal.slots[name] = _slot_value(opened, shape.world, source.type, rng, seed, (*key, name))
        return {"$slot": name}
    step = goal.steps[source.step]
    return {"$from": step.id, "path": concrete(outcomes[step.id].value, source.output, rng)}


def _slot_name(type_name: str, taken: Collection[str]) -> str:
    name, number = type_name, 2
    while name in taken:
        name, number = f"{type_name}_{number}", number + 1
    return name


def _slot_value(
    opened: Stage, world: str, type_name: str, rng: random.Random, seed: int, key: tuple[object, ...]
) -> Any:
    """Draw an existing row's key (or unique field), or a fresh value."""
    kind = worlds.get(world).types[type_name]
    if not kind.existing:
        return worlds.get(world).fresh(type_name, seed, *key)
    rows = opened.before()[world].get(kind.table, {})
    if not rows:
        raise _RefusedError(f"table {kind.table} is empty")
    chosen = rng.choice(sorted(rows))
    return rows[chosen][kind.field] if kind.field else chosen


def concrete(value: Any, path: str, rng: random.Random) -> str:
    """Turn an output's path into one that leads to a single value: `*` becomes a descriptor of one row.

    `orders.*.order_id` becomes `orders[status=pending].order_id` or `orders[max:total].order_id`, with
    a row and a descriptor drawn among those that select exactly one row.
    """
    head, star, rest = path.partition(".*.")
    if not star:
        return path
    rows = resolve(value, head)
    if not rows:
        raise _RefusedError(f"{head} is empty")
    if len(rows) == 1:
        return f"{head}[only].{rest}"
    options = sorted({s for row in rows for s in _descriptors(rows, row, rest)})
    if not options:
        raise _RefusedError(f"no descriptor selects one row of {head}")
    return f"{head}{rng.choice(options)}.{rest}"


def _descriptors(rows: Sequence[dict[str, Any]], row: dict[str, Any], wanted: str) -> list[str]:
    """Return the selectors that pick `row`, and only it, by a field other than the wanted one or an id."""
    found: list[str] = []
    for field, value in row.items():
        others = [r.get(field) for r in rows]
        if field == wanted or field.endswith("_id") or isinstance(value, bool) or others.count(value) != 1:
            continue
        if isinstance(value, str) and not set("[]=.{}") & set(value):
            found.append(f"[{field}={value}]")
        elif isinstance(value, int | float):
            numbers = [n for n in others if isinstance(n, int | float)]
            found += [f"[max:{field}]"] if value == max(numbers) else []
            found += [f"[min:{field}]"] if value == min(numbers) else []
    return found


def _facts(shape: Shape, goal: Goal, outcomes: Mapping[str, Outcome], rng: random.Random) -> list[Fact]:
    """Choose what the goal asks to be told: always something for a read, sometimes for a write."""
    if shape.effect == "write" and rng.random() < 0.5:
        return []
    tool = worlds.tool(shape.goal.tool)
    step = goal.steps[-1]
    told = " ; ".join(str(v) for v in goal.slots.values())
    told += " ; ".join(s for g in goal.steps for s in _words_of(g))
    earlier = {k: v for k, v in outcomes.items() if k != step.id}
    options: list[Fact] = []
    for output in (o for o in tool.outputs if o.ask):
        path = concrete(outcomes[step.id].value, output.path, rng)
        value = resolve(outcomes[step.id].value, path)
        fact = Fact(f"{output.table}.{output.path.rpartition('.')[2]}", step.id, path, value)
        spoken = told + " ; ".join(worlds.selectors(path)).replace("=", " ; ")
        if value not in (None, "") and not states_value(spoken, value) and not observed(fact, earlier):
            options.append(fact)
    if options:
        return [rng.choice(options)]
    if shape.effect == "write":
        return []
    raise _RefusedError("nothing left to ask that the text does not tell")


def _words_of(step: Step) -> list[str]:
    return [
        s.strip("[]").rpartition("=")[2] for r in worlds.references(step) for s in worlds.selectors(r.path)
    ]


def assemble(
    shape: str,
    seeds: dict[str, int],
    goals: Sequence[Goal],
    rng: random.Random,
    distractors: int,
) -> Blueprint:
    """Put drawn goals together as a blueprint, with `distractors` further tools of its worlds."""
    steps = tuple(step for goal in goals for step in goal.steps)
    slots = {name: value for goal in goals for name, value in goal.slots.items()}
    facts = tuple(fact for goal in goals for fact in goal.facts)
    needed = list(dict.fromkeys(step.tool for step in steps))
    offered = _offered(seeds, needed, rng, distractors)
    ident = content_id("blueprint", [shape, seeds, steps, slots, facts, offered])
    return Blueprint(ident, "task", shape, seeds, steps, slots, facts, offered)


def _offered(
    seeds: Mapping[str, int], needed: Sequence[str], rng: random.Random, distractors: int
) -> tuple[str, ...]:
    names = [tool.spec.name for server in sorted(seeds) for tool in worlds.get(server).tools]
    others = [name for name in names if name not in needed]
    extra = rng.sample(others, min(distractors, len(others)))
    return tuple(sorted([*needed, *extra], key=names.index))
