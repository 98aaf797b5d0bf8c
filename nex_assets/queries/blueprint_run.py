"""Run a blueprint's steps on live worlds: what sampling, certificates and re-verification share."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

import msgspec

from nex_resources import worlds
from nex_resources.records import Blueprint, Change, Fact, Step, canonical_json, split_qualified
from nex_resources.worlds import Live, Outcome, PathError, Snapshots, WorldTool


class Run(msgspec.Struct, frozen=True):
    """What one execution gave. `problem` says why it is not what the steps expected, if it is not."""

    outcomes: dict[str, Outcome]
    before: dict[str, worlds.Rows]
    after: dict[str, worlds.Rows]
    problem: str = ""

    @property
    def diff(self) -> tuple[Change, ...]:
        return worlds.diff_all(self.before, self.after)


class Stage:
    """The live worlds of one blueprint, reset before each run."""

    def __init__(self, seeds: Mapping[str, int]):
        self.seeds = dict(seeds)
        self.lives: dict[str, Live] = {name: worlds.get(name).open(seed) for name, seed in seeds.items()}
        self._before = self.snapshots()
        self.runs = 0

    def snapshots(self) -> dict[str, worlds.Rows]:
        return {name: live.rows() for name, live in self.lives.items()}

    def reset(self) -> None:
        for live in self.lives.values():
            live.reset()

    def call(self, tool: str, arguments: Mapping[str, Any]) -> Outcome:
        server, name = split_qualified(tool)
        if server not in self.lives:
            return Outcome(f"no world {server!r} on this stage", error=True)
        return self.lives[server].call(name, arguments)

    def run(self, steps: Sequence[Step], slots: Mapping[str, Any]) -> Run:
        """Carry out `steps` in their order on freshly seeded worlds."""
        self.runs += 1
        self.reset()
        outcomes: dict[str, Outcome] = {}
        problem = ""
        for step in steps:
            try:
                outcomes[step.id] = self.call(step.tool, filled(step, slots, outcomes))
            except (PathError, KeyError) as error:
                problem = problem or f"step {step.id}: {error}"
                continue
            if outcomes[step.id].error != step.expect_error and not problem:
                problem = f"step {step.id}: {outcomes[step.id].text[:200]}"
        return Run(outcomes, self._before, self.snapshots(), problem)

    def before(self) -> Snapshots:
        """The seeded state."""
        return self._before

    def close(self) -> None:
        for live in self.lives.values():
            live.close()


@contextmanager
def stage(seeds: Mapping[str, int]) -> Iterator[Stage]:
    """Open the worlds in `seeds` and close them after."""
    opened = Stage(seeds)
    try:
        yield opened
    finally:
        opened.close()


def filled(step: Step, slots: Mapping[str, Any], outcomes: Mapping[str, Outcome]) -> dict[str, Any]:
    """Return a step's arguments with real values. Raises PathError where an earlier result lacks them."""

    def look_up(source: str, path: str) -> Any:
        if source not in outcomes:
            raise PathError(f"step {source} has no result")
        return worlds.resolve(outcomes[source].value, path)

    arguments: dict[str, Any] = worlds.fill(step.arguments, slots, look_up)
    return arguments


def typed_values(
    step: Step, slots: Mapping[str, Any], outcomes: Mapping[str, Outcome]
) -> tuple[WorldTool, dict[str, Any]]:
    """Return the form that a step uses and the real value of each of its typed parameters."""
    tool, references = worlds.bound(step)
    return tool, filled(msgspec.structs.replace(step, arguments=references), slots, outcomes)


def observed(fact: Fact, outcomes: Mapping[str, Outcome]) -> bool:
    """Tell whether any of the results shows the fact: equal value under the same name.

    A fact without a path is told by its step's error text.
    """
    if not fact.path:
        return fact.step in outcomes and worlds.states_value(outcomes[fact.step].text, fact.value)
    name = fact.path.rpartition(".")[2]
    wanted = canonical_json(fact.value)
    return any(_holds(outcome.value, name, wanted) for outcome in outcomes.values() if not outcome.error)


def _holds(value: Any, name: str, wanted: str) -> bool:
    if isinstance(value, dict):
        own = name in value and canonical_json(value[name]) == wanted
        return own or any(_holds(v, name, wanted) for v in value.values())
    return isinstance(value, list) and any(_holds(v, name, wanted) for v in value)


def argument_values(blueprint: Blueprint) -> frozenset[str]:
    """Return the argument values of a blueprint, as text, that training and held-out tasks may not share.

    Values of closed sets (a priority, a class) are left out: they cannot be divided.
    """
    with stage(blueprint.worlds) as opened:
        outcomes = opened.run(blueprint.steps, blueprint.slots).outcomes
    values: set[str] = set()
    for step in blueprint.steps:
        try:
            tool, given = typed_values(step, blueprint.slots, outcomes)
        except PathError:
            continue
        values |= _open_values(tool, given)
    return frozenset(values)


def _open_values(tool: WorldTool, given: Mapping[str, Any]) -> set[str]:
    types = worlds.get(tool.spec.server).types
    return {
        value if isinstance(value, str) else canonical_json(value)
        for name, value in given.items()
        for p in tool.parameters
        if p.name == name and not types[p.type].closed
    }
