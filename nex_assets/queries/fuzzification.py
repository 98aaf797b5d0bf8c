"""Fuzzification: take identifiers out of a task, and prove after each step that it still means one thing.

An identifier that the text gave (`order O4821`) is replaced by what leads to its row: a look-up by a
related value, with a descriptor where there are several rows (`the most expensive order of customer
C1123`). Each replacement adds a call to the plan, and the whole plan is certified anew; a step whose
certificate is incomplete is undone and the next one tried. Where nothing can be replaced the plain task
stays, and the outcome says so.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping
from typing import Any

import msgspec

from nex_assets.queries.blueprint_draw import RefusedError, concrete
from nex_assets.queries.blueprint_run import Stage, stage
from nex_assets.queries.certificate import certify
from nex_resources import worlds
from nex_resources.records import Blueprint, Certificate, Step, content_id
from nex_resources.worlds import Output, PathError, World, WorldTool, resolve

DESCRIPTIONS = 12
"""How many descriptors of a row are drawn before it is given up."""


class FuzzStep(msgspec.Struct, frozen=True):
    """One replacement: which slot went, what leads to its row now, and whether the proof held."""

    slot: str
    tool: str
    path: str
    proved: bool
    reasons: tuple[str, ...] = ()


class Fuzzed(msgspec.Struct, frozen=True):
    """A blueprint with identifiers taken out, and its certificate. `steps` log each attempt; where none
    was proved, `blueprint` is the one given, `certificate` is None, and `kept_because` says why."""

    blueprint: Blueprint
    certificate: Certificate | None
    steps: tuple[FuzzStep, ...] = ()
    kept_because: str = ""


def fuzzify(blueprint: Blueprint, rng: random.Random, times: int = 1, max_calls: int = 8) -> Fuzzed:
    """Replace up to `times` identifiers, each proved. `max_calls` bounds the plan's length."""
    log: list[FuzzStep] = []
    current, certificate = blueprint, None
    gone: set[str] = set()  # types of replaced identifiers: a chain must not come back to them
    for _ in range(times):
        if len(current.steps) >= max_calls:
            break
        found = _one(current, rng, log, gone)
        if found is None:
            break
        current, certificate = found
    why = "" if certificate else "no replacement was proved" if log else "no identifier can be replaced"
    return Fuzzed(current, certificate, tuple(log), why)


def _one(
    blueprint: Blueprint, rng: random.Random, log: list[FuzzStep], gone: set[str]
) -> tuple[Blueprint, Certificate] | None:
    for slot, type_name, world in _identifiers(blueprint, rng):
        for tool, output in _producers(world, type_name, blueprint, rng):
            if tool.parameters[0].type in gone:
                continue
            draft = _replace(blueprint, slot, world, tool, output, rng)
            if draft is None:
                continue
            fuzzier, path = draft
            certificate = certify(fuzzier)
            log.append(FuzzStep(slot, tool.spec.name, path, certificate.complete, certificate.reasons))
            if certificate.complete:
                gone.add(type_name)
                return fuzzier, certificate
    return None


def _identifiers(blueprint: Blueprint, rng: random.Random) -> Iterator[tuple[str, str, World]]:
    """Yield (slot, type, world) of the slots that hold a row's key, in random order."""
    found: dict[str, tuple[str, World]] = {}
    for step in blueprint.steps:
        world, tool = _tool(step.tool)
        for parameter in tool.parameters:
            value = step.arguments.get(parameter.name)
            kind = world.types[parameter.type]
            if isinstance(value, dict) and "$slot" in value and kind.existing and not kind.field:
                found[value["$slot"]] = (parameter.type, world)
    for slot in rng.sample(sorted(found), len(found)):
        yield slot, *found[slot]


def _tool(name: str) -> tuple[World, WorldTool]:
    server, _, bare = name.partition("__")
    world = worlds.get(server)
    return world, next(t for t in world.tools if t.name == bare)


def _producers(
    world: World, type_name: str, blueprint: Blueprint, rng: random.Random
) -> Iterator[tuple[WorldTool, Output]]:
    """Yield reads that give values of a type and take one argument that names a row of another."""
    found = [
        (tool, output)
        for tool in world.tools
        if tool.effect == "read" and len(tool.parameters) == 1
        for output in tool.outputs
        if output.type == type_name and tool.parameters[0].type != type_name
    ]
    used = {s.tool for s in blueprint.steps}
    yield from sorted(rng.sample(found, len(found)), key=lambda pair: pair[0].spec.name in used)


def _replace(
    blueprint: Blueprint, slot: str, world: World, tool: WorldTool, output: Output, rng: random.Random
) -> tuple[Blueprint, str] | None:
    """Return the blueprint with `slot` looked up by `tool`, and the path that leads to its value."""
    parameter = tool.parameters[0]
    kind = world.types[parameter.type]
    wanted = blueprint.slots[slot]
    with stage(blueprint.worlds) as opened:
        rows = opened.before()[world.name].get(kind.table, {}) if kind.existing else {}
        keys = sorted({str(r[kind.field]) if kind.field else key for key, r in rows.items()})
        for given in rng.sample(keys, len(keys)):
            path = _path_to(opened, tool, output, {parameter.name: given}, wanted, rng)
            if path:
                return _with_lookup(blueprint, slot, tool, parameter.type, given, path), path
    return None


def _path_to(
    opened: Stage,
    tool: WorldTool,
    output: Output,
    arguments: Mapping[str, Any],
    wanted: Any,
    rng: random.Random,
) -> str:
    """Return a path in the tool's result that leads to `wanted`, through a descriptor of one row."""
    outcome = opened.call(tool.spec.name, arguments)
    if outcome.error:
        return ""
    for _ in range(DESCRIPTIONS):
        try:
            path = concrete(outcome.value, output.path, rng)
            if resolve(outcome.value, path) == wanted:
                return path
        except (PathError, RefusedError):
            return ""
        if path == output.path:
            return ""
    return ""


def _with_lookup(
    blueprint: Blueprint, slot: str, tool: WorldTool, type_name: str, given: Any, path: str
) -> Blueprint:
    """Put the look-up first, renumber the steps, and let the slot's users refer to its result."""
    names = {step.id: f"s{number}" for number, step in enumerate(blueprint.steps, start=2)}
    same = (n for n, v in blueprint.slots.items() if n != slot and v == given and n.startswith(type_name))
    fresh = next(same, "") or next(n for n in _numbered(type_name) if n == slot or n not in blueprint.slots)
    turn = min((s.turn for s in blueprint.steps), default=0)
    lookup = Step("s1", tool.spec.name, {tool.parameters[0].name: {"$slot": fresh}}, turn=turn)
    steps = tuple(_rewired(step, names, slot, path) for step in blueprint.steps)
    slots = {k: v for k, v in blueprint.slots.items() if k != slot} | {fresh: given}
    facts = tuple(msgspec.structs.replace(f, step=names[f.step]) for f in blueprint.facts)
    shape = _shape((lookup, *steps))
    offered = blueprint.tools if tool.spec.name in blueprint.tools else (*blueprint.tools, tool.spec.name)
    content = [shape, blueprint.worlds, lookup, steps, slots, facts, offered]
    return msgspec.structs.replace(
        blueprint,
        id=content_id("blueprint", content),
        shape=shape,
        steps=(lookup, *steps),
        slots=slots,
        facts=facts,
        tools=offered,
    )


def _numbered(name: str) -> Iterator[str]:
    yield name
    yield from (f"{name}_{n}" for n in range(2, 1000))


def _rewired(step: Step, names: Mapping[str, str], slot: str, path: str) -> Step:
    arguments = {k: _argument(v, names, slot, path) for k, v in step.arguments.items()}
    needs_lookup = any(v == {"$from": "s1", "path": path} for v in arguments.values())
    after = tuple(names[a] for a in step.after) + (("s1",) if needs_lookup and step.after else ())
    return msgspec.structs.replace(step, id=names[step.id], arguments=arguments, after=after)


def _argument(value: Any, names: Mapping[str, str], slot: str, path: str) -> Any:
    if isinstance(value, dict) and value.get("$slot") == slot:
        return {"$from": "s1", "path": path}
    if isinstance(value, dict) and "$from" in value:
        return {**value, "$from": names[value["$from"]]}
    return value


def _shape(steps: tuple[Step, ...]) -> str:
    servers = list(dict.fromkeys(s.tool.partition("__")[0] for s in steps))
    return "+".join(servers) + "/" + ">".join(s.tool.partition("__")[2] for s in steps)
