"""Draw one goal of a shape on live worlds: slots from seeded rows or fresh values, all else from results."""

from __future__ import annotations

import random
from collections.abc import Collection, Mapping, Sequence
from typing import Any

import msgspec

from nex_assets.queries.blueprint_run import Stage, filled, observed, typed_values
from nex_assets.queries.blueprint_shapes import Shape, Source
from nex_resources import worlds
from nex_resources.records import Fact, Step
from nex_resources.worlds import Outcome, PathError, resolve, states_value


class RefusedError(Exception):
    """This draw does not work out; another may."""


class Goal(msgspec.Struct):
    """One goal as drawn: its steps, slots, the facts it asks for, and which slot holds which type's entity.

    `refused` is the goal call's error text where it had to be refused.
    """

    steps: list[Step] = []
    slots: dict[str, Any] = {}
    facts: list[Fact] = []
    entities: dict[str, str] = {}
    outcomes: dict[str, Outcome] = {}
    refused: str = ""


class GoalDraw:
    """Draws goals one after the other on one stage, which is not reset between them."""

    def __init__(self, opened: Stage, rng: random.Random, key: tuple[object, ...]):
        self.opened, self.rng, self.key = opened, rng, key
        self.goals: list[Goal] = []

    def draw(self, shape: Shape, *, turn: int = 0, share: bool = False, refuse: bool = False) -> Goal:
        """Draw a goal of `shape` and execute it.

        With `share`, a type whose entity an earlier goal named is given by that goal's slot. With
        `refuse`, the last call has to be refused. Raises RefusedError.
        """
        goal = Goal([], {}, [], {}, {})
        if share:
            for earlier in self.goals:
                goal.entities.update(earlier.entities)
        first = sum(len(g.steps) for g in self.goals)
        for index, shape_step in enumerate(shape.steps):
            last = index == len(shape.steps) - 1
            arguments = {s.parameter: self.argument(shape, s, goal) for s in shape_step.sources}
            placed = worlds.arguments_for(worlds.form(shape_step.form), arguments)
            step = Step(f"s{first + index + 1}", shape_step.tool, placed, turn=turn)
            self.execute(goal, step, refuse and last)
        if not share and self._used() & {str(v) for v in goal.slots.values()}:
            raise RefusedError("two goals share a value")
        goal.facts.extend(self._reasons(shape, goal) if refuse else self._facts(shape, goal))
        self.goals.append(goal)
        return goal

    def _used(self) -> set[str]:
        return {str(v) for g in self.goals for v in g.slots.values()}

    def execute(self, goal: Goal, step: Step, must_fail: bool) -> None:
        """Carry out `step` as part of `goal`. Raises RefusedError where it succeeds or fails against plan."""
        slots = {k: v for g in [*self.goals, goal] for k, v in g.slots.items()}
        try:
            arguments = filled(step, slots, goal.outcomes)
        except PathError as error:
            raise RefusedError(str(error)) from error
        outcome = self.opened.call(step.tool, arguments)
        if outcome.error != must_fail:
            raise RefusedError(outcome.text if outcome.error else "the call was not refused")
        if must_fail:
            step = msgspec.structs.replace(step, expect_error=True)
            goal.refused = outcome.text
        goal.outcomes[step.id] = outcome
        goal.steps.append(step)

    def argument(self, shape: Shape, source: Source, goal: Goal) -> dict[str, str]:
        """Return an argument as a reference: to a slot, drawn if need be, or into an earlier result."""
        if not source.is_slot:
            step = goal.steps[source.step]
            path = concrete(goal.outcomes[step.id].value, source.output, self.rng)
            return {"$from": step.id, "path": path}
        kind = worlds.get(shape.world).types[source.type]
        if kind.existing and source.type in goal.entities:
            return {"$slot": goal.entities[source.type]}
        name = self._slot_name(source.type, goal)
        goal.slots[name] = self._slot_value(shape.world, source.type, name)
        if kind.existing:
            goal.entities[source.type] = name
        return {"$slot": name}

    def _slot_name(self, type_name: str, goal: Goal) -> str:
        taken = goal.slots.keys() | {name for g in self.goals for name in g.slots}
        name, number = type_name, 2
        while name in taken:
            name, number = f"{type_name}_{number}", number + 1
        return name

    def _slot_value(self, server: str, type_name: str, name: str) -> Any:
        """Draw an existing row's key (or field), or a fresh value of the world's own pool."""
        kind = worlds.get(server).types[type_name]
        if not kind.existing:
            return worlds.get(server).fresh(type_name, self.opened.seeds[server], *self.key, name)
        rows = self.opened.before()[server].get(kind.table, {})
        if not rows:
            raise RefusedError(f"table {kind.table} is empty")
        chosen = self.rng.choice(sorted(rows))
        return rows[chosen][kind.field] if kind.field else chosen

    def _told(self, goal: Goal) -> str:
        """What the text will say: slots, and the values in descriptors."""
        slots = {name: v for g in self.goals for name, v in g.slots.items()} | goal.slots
        found = [s for step in goal.steps for r in worlds.references(step) for s in worlds.selectors(r.path)]
        return " ; ".join([*map(str, slots.values()), *map(_spoken, found)])

    def _facts(self, shape: Shape, goal: Goal) -> list[Fact]:
        """Choose what the goal asks to be told: always something for a read, sometimes for a write."""
        if shape.effect == "write" and self.rng.random() < 0.5:
            return []
        step, told = goal.steps[-1], self._told(goal)
        value = goal.outcomes[step.id].value
        earlier = {k: v for g in [*self.goals, goal] for k, v in g.outcomes.items() if k != step.id}
        options: list[Fact] = []
        for output in (o for o in worlds.form(shape.goal.form).outputs if o.ask):
            path = concrete(value, output.path, self.rng)
            name = f"{output.table}.{output.path.rpartition('.')[2]}"
            fact = Fact(name, step.id, path, resolve(value, path))
            spoken = " ; ".join([told, *map(_spoken, worlds.selectors(path))])
            known = fact.value in (None, "") or states_value(spoken, fact.value)
            if not known and not observed(fact, earlier):
                options.append(fact)
        if options:
            return [self.rng.choice(options)]
        if shape.effect == "write":
            return []
        raise RefusedError("nothing left to ask that the text does not tell")

    def _reasons(self, shape: Shape, goal: Goal) -> list[Fact]:
        """The state's own value that the refusal names (`delivered`), where the text does not tell it."""
        told, step = self._told(goal), goal.steps[-1]
        for table, row in self._rows_of(shape, goal):
            for field, value in row.items():
                text = isinstance(value, str) and value and not field.endswith("_id")
                if text and states_value(goal.refused, value) and not states_value(told, value):
                    return [Fact(f"{table.removesuffix('s')}.{field}", step.id, "", value)]
        return []

    def _rows_of(self, shape: Shape, goal: Goal) -> list[tuple[str, dict[str, Any]]]:
        """The rows that the goal call names."""
        slots = {name: v for g in self.goals for name, v in g.slots.items()} | goal.slots
        _, arguments = typed_values(goal.steps[-1], slots, goal.outcomes)
        rows, types = self.opened.before()[shape.world], worlds.get(shape.world).types
        named = [(types[s.type].table, arguments[s.parameter]) for s in shape.goal.sources]
        return [(table, rows[table][key]) for table, key in named if table and key in rows[table]]


def _spoken(selector: str) -> str:
    return selector.strip("[]").rpartition("=")[2]


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
        raise RefusedError(f"{head} is empty")
    if len(rows) == 1:
        return f"{head}[only].{rest}"
    options = sorted({s for row in rows for s in descriptors(rows, row, (rest,))})
    if not options:
        raise RefusedError(f"no descriptor selects one row of {head}")
    return f"{head}{rng.choice(options)}.{rest}"


def descriptors(
    rows: Sequence[Mapping[str, Any]], row: Mapping[str, Any], avoid: Collection[str]
) -> list[str]:
    """Return the selectors that pick `row`, and only it, by a field that is no id and not in `avoid`."""
    found: list[str] = []
    for field, value in row.items():
        others = [r.get(field) for r in rows]
        names_itself = field == "id" or field.endswith("_id")
        if field in avoid or names_itself or isinstance(value, bool) or others.count(value) != 1:
            continue
        if isinstance(value, str) and not set("[]=.{}") & set(value):
            found.append(f"[{field}={value}]")
        elif isinstance(value, int | float):
            numbers = [n for n in others if isinstance(n, int | float)]
            found += [f"[max:{field}]"] if value == max(numbers) else []
            found += [f"[min:{field}]"] if value == min(numbers) else []
    return found
