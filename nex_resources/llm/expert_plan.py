"""What the expert knows of a blueprint: who can do which step, what is ready, and what was seen.

Knowledge is kept per run of an agent (its span): an agent knows what its own calls returned and what
its sub-agents told it in words, nothing else.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from nex_resources import worlds
from nex_resources.records import AgentSpec, Blueprint, Step, ToolSpec, split_qualified


class Knowledge:
    """What one run of one agent has seen. `values` maps (step, path) to a value that a sub-agent told."""

    def __init__(self, steps: Sequence[str]):
        self.steps = tuple(steps)
        self.results: dict[str, Any] = {}  # step → the value its call returned
        self.told: dict[tuple[str, str], Any] = {}
        self.errors: dict[str, str] = {}  # step → the text of an error that was expected
        self.done: set[str] = set()
        self.trouble = ""  # what went otherwise than planned, in the words of the result
        self.read = 0  # how many messages were taken in
        self.calls: dict[str, tuple[str, ...]] = {}  # call id → steps it carries out
        self.slips: set[str] = set()  # call ids of deliberate mistakes

    def knows(self, step: str, path: str) -> bool:
        try:
            self.look_up(step, path)
        except worlds.PathError:
            return False
        return True

    def look_up(self, step: str, path: str) -> Any:
        if (step, path) in self.told:
            return self.told[step, path]
        if step not in self.results:
            raise worlds.PathError(f"the result of {step} was not seen")
        return worlds.resolve(self.results[step], path)


def ready(
    blueprint: Blueprint,
    order: Sequence[tuple[str, str]],
    mine: Iterable[str],
    known: Knowledge,
    turn: int,
) -> list[Step]:
    """Return the steps of `mine` that are not done and wait for nothing."""
    wanted = set(mine) - known.done
    return [s for s in blueprint.steps if s.id in wanted and s.turn <= turn and _free(s, order, known)]


def _free(step: Step, order: Sequence[tuple[str, str]], known: Knowledge) -> bool:
    before = {first for first, second in order if second == step.id} | set(step.after)
    if any(first in known.steps and first not in known.done for first in before):
        return False
    return all(known.knows(r.step, r.path) for r in worlds.references(step))


def needed_outside(blueprint: Blueprint, group: Sequence[str]) -> list[tuple[str, str]]:
    """Return (step, path) pairs of `group`'s results that facts or other steps need."""
    wanted = [(f.step, f.path) for f in blueprint.facts if f.step in group]
    for step in blueprint.steps:
        if step.id not in group:
            wanted += [(r.step, r.path) for r in worlds.references(step) if r.step in group]
    return list(dict.fromkeys(wanted))


def able_child(step: Step, children: Iterable[AgentSpec], offered: Sequence[ToolSpec]) -> AgentSpec | None:
    """Return the sub-agent, among those offered, that has `step`'s tool itself or below it."""
    names = {tool.name for tool in offered if tool.kind == "agent"}
    for child in children:
        if child.name in names and any(covers(agent, step.tool) for agent in child.walk()):
            return child
    return None


def covers(agent: AgentSpec, tool: str) -> bool:
    """Whether an agent's own selectors cover `tool`."""
    server = split_qualified(tool)[0]
    return any(selector in ("*", tool, f"{server}__*") for selector in agent.tools)


def find_agent(spec: AgentSpec, path: str) -> AgentSpec:
    """Return the agent at `path` (names joined with `/`, the root's first)."""
    agent = spec
    for name in path.split("/")[1:]:
        agent = next((child for child in agent.sub_agents if child.name == name), agent)
    return agent


def closed_group(
    blueprint: Blueprint,
    first: Step,
    able: Iterable[Step],
    known: Knowledge,
    order: Sequence[tuple[str, str]],
) -> list[Step]:
    """Return `first` and those of `able` that can follow it with no other agent's help.

    A step joins when all that it refers to, or must come after, is known or in the group.
    """
    group: list[Step] = [first]
    for step in able:
        if step in group or step.id in known.done:
            continue
        ids = {s.id for s in group}
        sources = {r.step for r in worlds.references(step) if not known.knows(r.step, r.path)}
        sources |= {a for a, b in order if b == step.id and a not in known.done}
        if sources and sources <= ids:
            group.append(step)
    return sorted(group, key=blueprint.steps.index)


def literal_arguments(step: Step, slots: Mapping[str, Any], known: Knowledge) -> dict[str, Any]:
    """Return a step's arguments as values, from slots and from what was seen."""
    arguments: dict[str, Any] = worlds.fill(step.arguments, slots, known.look_up)
    return arguments
