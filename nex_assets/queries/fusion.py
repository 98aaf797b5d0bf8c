"""Information fusion: questions that one source cannot answer.

Two amounts from different servers (a fee on a web page, a note's budget in a file, a book's price in a
database, an order's total in the shop) are asked for as a sum or a difference, so that the agent has to
find and read both and calculate. The plan is proved like any other. For each source the span that holds
the value is stored, and verified to be there: in the worlds' twins at once, and through the real MCP
servers with `verify_evidence`.
"""

from __future__ import annotations

import hashlib
import random
import re
from collections.abc import Mapping, Sequence
from typing import Any

import msgspec

from nex_assets.queries.blueprint import SamplingError, sample_blueprint
from nex_assets.queries.blueprint_run import Run, filled, stage
from nex_assets.queries.blueprint_shapes import shapes
from nex_assets.queries.units import tells, unit_of
from nex_resources import worlds
from nex_resources.records import (
    Blueprint,
    Evidence,
    Fact,
    Query,
    Step,
    ToolCall,
    content_id,
    generator,
    split_qualified,
)
from nex_resources.runtime.host import ToolHost
from nex_resources.worlds import Pool, world_seed

CALCULATOR = "calculator"
TRIES = 40
OPERATIONS = {"add": " + ", "subtract": " - "}


class FusionError(ValueError):
    """No question could be fused from these sources; the text says what stood in the way."""


class Fusion(msgspec.Struct, frozen=True):
    """A fused plan and the spans that its values come from."""

    blueprint: Blueprint
    evidence: tuple[Evidence, ...]


def fuse(
    sources: Sequence[str], pool: Pool, seed: int, *, max_calls: int = 2, distractors: int = 2
) -> Fusion:
    """Fuse one number from each of two of `sources` (world names). Raises FusionError."""
    rng = generator(seed, "fusion", *sources)
    if len(set(sources) - {CALCULATOR}) < 2:
        raise FusionError(f"fusion takes two sources, not {', '.join(sources) or 'none'}")
    problem = ""
    for attempt in range(TRIES):
        pair = rng.sample(sorted(set(sources) - {CALCULATOR}), 2)
        try:
            parts = [
                _numeric(world, pool, rng.randrange(10**6), (seed, attempt), max_calls) for world in pair
            ]
        except SamplingError as error:
            problem = str(error)
            continue
        values = [part.facts[0].value for part in parts]
        if min(values) <= 1 or abs(values[0] - values[1]) < 1:
            problem = f"{values[0]} and {values[1]} are not worth adding up"
            continue
        parts, operation = _operation(parts, rng)
        blueprint = _join(parts, operation, rng.randrange(10**6), pool)
        tools = _offered(blueprint, rng.random(), distractors)
        return Fusion(*_completed(msgspec.structs.replace(blueprint, tools=tools)))
    raise FusionError(f"no two numbers were found in {', '.join(sources)}: {problem}")


def _numeric(world: str, pool: Pool, number: int, key: object, max_calls: int) -> Blueprint:
    """Sample a read whose fact is an amount of money: miles and loans do not add up."""
    rng = generator(number, "numeric", world)
    reads = [
        s.name
        for s in shapes(world).values()
        if s.effect == "read" and len(s.steps) <= max_calls and tells(worlds.form(s.goal.form), "money")
    ]
    for again in range(6):
        if not reads:
            break
        plan = sample_blueprint(
            world, world_seed(pool, number), rng.choice(reads), key=(key, again), distractors=0
        )
        if len(plan.facts) == 1 and unit_of(plan.facts[0].name) == "money":
            return plan
    raise SamplingError(f"{world} has no read of at most {max_calls} calls that tells an amount")


def _operation(parts: list[Blueprint], rng: random.Random) -> tuple[list[Blueprint], str]:
    """Choose what to calculate; a difference is taken from the larger amount."""
    operation = rng.choice(sorted(OPERATIONS))
    if operation == "subtract":
        parts = sorted(parts, key=lambda part: -part.facts[0].value)
    return parts, operation


def _join(parts: Sequence[Blueprint], operation: str, number: int, pool: Pool) -> Blueprint:
    """Put the parts' steps in a row and calculate with their facts."""
    steps: list[Step] = []
    slots: dict[str, Any] = {}
    terms: list[str] = []
    for part in parts:
        renamed = {s.id: f"s{len(steps) + i}" for i, s in enumerate(part.steps, start=1)}
        fresh = {name: name if name not in slots else f"{name}_{len(slots)}" for name in part.slots}
        steps += [_moved(s, renamed, fresh) for s in part.steps]
        slots |= {fresh[name]: value for name, value in part.slots.items()}
        terms.append("{{" + f"{renamed[part.facts[0].step]}:{part.facts[0].path}" + "}}")
    steps.append(
        Step(
            f"s{len(steps) + 1}",
            f"{CALCULATOR}__calculate",
            {"expression": OPERATIONS[operation].join(terms)},
        )
    )
    seeds = {w: s for part in parts for w, s in part.worlds.items()} | {CALCULATOR: world_seed(pool, number)}
    shape = "&".join(part.shape for part in parts) + f"&calculator/{operation}"
    fact = Fact("calculation.result", steps[-1].id, "result", None)
    return Blueprint("", "fusion", shape, seeds, tuple(steps), slots, (fact,))


def _moved(step: Step, ids: Mapping[str, str], slots: Mapping[str, str]) -> Step:
    arguments = _renamed(step.arguments, ids, slots)
    after = tuple(ids[a] for a in step.after)
    return msgspec.structs.replace(step, id=ids[step.id], arguments=arguments, after=after)


def _renamed(value: Any, ids: Mapping[str, str], slots: Mapping[str, str]) -> Any:
    if isinstance(value, dict):
        if "$slot" in value:
            return {"$slot": slots[value["$slot"]]}
        if "$from" in value:
            return {**value, "$from": ids[value["$from"]]}
        return {k: _renamed(v, ids, slots) for k, v in value.items()}
    if isinstance(value, list):
        return [_renamed(v, ids, slots) for v in value]
    if isinstance(value, str):
        text = re.sub(r"\{\{(\w+):", lambda m: "{{" + ids.get(m[1], m[1]) + ":", value)
        return re.sub(r"\{\{(\w+)\}\}", lambda m: "{{" + slots.get(m[1], m[1]) + "}}", text)
    return value


def _offered(blueprint: Blueprint, draw: float, distractors: int) -> tuple[str, ...]:
    needed = list(dict.fromkeys(s.tool for s in blueprint.steps))
    names = dict.fromkeys(t.spec.name for w in blueprint.worlds for t in worlds.get(w).tools)
    others = [n for n in names if n not in needed]
    extra = generator(int(draw * 2**32), "distractors").sample(others, min(distractors, len(others)))
    return tuple(n for n in names if n in needed or n in extra)


def fuses(blueprint: Blueprint) -> bool:
    """Tell whether a plan takes values from several sources, calculated with or handed on."""
    return blueprint.kind == "fusion" or ">>" in blueprint.shape


def evidence_of(blueprint: Blueprint) -> tuple[Evidence, ...]:
    """Return the spans that a plan's last call takes its values from. Raises FusionError."""
    return _spans(blueprint, _executed(blueprint))


def _executed(blueprint: Blueprint) -> Run:
    with stage(blueprint.worlds) as opened:
        run = opened.run(blueprint.steps, blueprint.slots)
    if run.problem:
        raise FusionError(run.problem)
    return run


def _completed(blueprint: Blueprint) -> tuple[Blueprint, tuple[Evidence, ...]]:
    """Run the plan: fill in the result's value, and find each value in its source's text."""
    run = _executed(blueprint)
    value = worlds.resolve(run.outcomes[blueprint.steps[-1].id].value, "result")
    facts = (msgspec.structs.replace(blueprint.facts[0], value=value),)
    content = [blueprint.shape, blueprint.worlds, blueprint.steps, blueprint.slots, facts, blueprint.tools]
    complete = msgspec.structs.replace(blueprint, id=content_id("blueprint", content), facts=facts)
    return complete, _spans(blueprint, run)


def _spans(blueprint: Blueprint, run: Run) -> tuple[Evidence, ...]:
    last, found = blueprint.steps[-1], []
    for reference in worlds.references(last):
        step = next(s for s in blueprint.steps if s.id == reference.step)
        outcome = run.outcomes[step.id]
        number = worlds.resolve(outcome.value, reference.path)
        arguments = filled(step, blueprint.slots, run.outcomes)
        found.append(span_of(step, arguments, outcome.text, number))
    return tuple(found)


def span_of(step: Step, arguments: dict[str, Any], text: str, value: Any) -> Evidence:
    """Return where `value` stands in a source's text. Raises FusionError where it stands nowhere."""
    renderings = [str(value), f"{value:.2f}"] if isinstance(value, int | float) else [str(value)]
    for rendering in dict.fromkeys(renderings):
        match = re.search(rf"(?<![\w.]){re.escape(rendering)}(?!\w|\.\d)", text)
        if match:
            start, end = match.span()
            return Evidence(step.id, step.tool, arguments, hash_of(text), start, end, text[start:end])
    raise FusionError(f"{value!r} does not stand in what {step.tool} gave: {text[:80]!r}")


def hash_of(text: str) -> str:
    """Hash a source's text: 16 hex digits of BLAKE2b."""
    return hashlib.blake2b(text.encode(), digest_size=8).hexdigest()


def check_evidence(evidence: Evidence, text: str) -> str:
    """Return what is wrong with a span in its source's text, or an empty string.

    A real server may render the same result with other white space or digits: then the quote's value is
    looked for as one of its own."""
    if hash_of(text) == evidence.source and text[evidence.start : evidence.end] == evidence.quote:
        return ""
    if worlds.states_value(text, _number(evidence.quote)):
        return ""
    return f"{evidence.tool}: {evidence.quote!r} is not in the source"


def _number(quote: str) -> float | str:
    try:
        return float(quote)
    except ValueError:
        return quote


async def verify_evidence(query: Query, host: ToolHost) -> list[str]:
    """Call every source anew through `host` (real MCP servers) and return what does not hold."""
    problems: list[str] = []
    for number, evidence in enumerate(query.evidence):
        result = await host.call(ToolCall(f"evidence_{number}", evidence.tool, evidence.arguments))
        if result.is_error:
            problems.append(f"{evidence.tool}: {result.text[:200]}")
            continue
        problem = check_evidence(evidence, result.text)
        if problem:
            problems.append(problem)
    return problems


def sources_of(query: Query) -> list[str]:
    """Return the servers that a fused query's evidence comes from."""
    return list(dict.fromkeys(split_qualified(e.tool)[0] for e in query.evidence))
