"""Prove a blueprint by running it: nothing here asks a model, and nothing is taken on trust.

`certify` answers, on freshly seeded worlds: do two runs agree, does every call matter, in which order
must they go, does the gold run pass the verifier, do an idle, an echoing and random agents fail, does
every descriptor select one row, and which rows must differ in the end.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from typing import Any

import msgspec

from nex_assets.queries.blueprint_run import Run, Stage, observed, stage, typed_values
from nex_resources import worlds
from nex_resources.records import (
    Blueprint,
    Certificate,
    Fact,
    Query,
    Step,
    canonical_json,
    generator,
)
from nex_resources.worlds import references, verify_outcome

RANDOM_AGENTS = 3
EXHAUSTIVE = 5
"""Steps of a plan of which every subset is tried; there are 31 subsets of five."""


def certify(blueprint: Blueprint) -> Certificate:
    """Execute `blueprint` on fresh worlds and return what that proved; `reasons` say what it did not."""
    with stage(blueprint.worlds) as opened:
        return _certify(opened, blueprint)


def _certify(opened: Stage, blueprint: Blueprint) -> Certificate:
    if blueprint.kind == "irrelevance":
        return _certify_irrelevance(opened, blueprint)
    gold = opened.run(blueprint.steps, blueprint.slots)
    if gold.problem:
        return Certificate(runs=opened.runs, reasons=(f"gold_fails: {gold.problem}",))
    again = opened.run(blueprint.steps, blueprint.slots)
    draft = Certificate(diff=gold.diff, forbidden=_tables(opened))
    query = Query("", "", "", "", blueprint, draft)
    checks = {
        "deterministic": _signature(gold) == _signature(again),
        "minimal": not removable(opened, blueprint, gold),
        "gold_passes": _passes(query, gold, gold_answer(blueprint)) and _facts_hold(blueprint, gold),
        "noop_fails": not _idle_passes(query, opened),
        "random_fails": not _random_passes(query, opened),
        "unique": _unique(opened, blueprint),
    }
    order = partial_order(opened, blueprint, gold)
    reasons = tuple(f"not_{name}" for name, holds in checks.items() if not holds)
    return Certificate(
        **checks,
        order=order,
        diff=gold.diff,
        forbidden=draft.forbidden,
        runs=opened.runs,
        reasons=reasons,
    )


def _certify_irrelevance(opened: Stage, blueprint: Blueprint) -> Certificate:
    """Prove that what is asked could be done with the missing tool, and is not done without it.

    The steps are what it would take; an agent is expected to take none of them.
    """
    would, again = (opened.run(blueprint.steps, blueprint.slots) for _ in range(2))
    query = Query("", "", "", "", blueprint, Certificate())
    gold = opened.run((), {})
    checks = {
        "deterministic": _signature(would) == _signature(again),
        "minimal": bool(would.diff) and not would.problem and blueprint.steps[-1].tool not in blueprint.tools,
        "gold_passes": _passes(query, gold, gold_answer(blueprint)),
        "noop_fails": not _idle_passes(query, opened),
        "random_fails": not _random_passes(query, opened),
        "unique": _unique(opened, blueprint),
    }
    reasons = tuple(f"not_{name}" for name, holds in checks.items() if not holds)
    proved = Certificate(forbidden=_tables(opened), runs=opened.runs, reasons=reasons)
    return msgspec.structs.replace(proved, **checks)


def reverify(query: Query) -> tuple[str, ...]:
    """Certify a stored query's blueprint anew and return how the result differs from what is stored."""
    fresh, stored = certify(query.blueprint), query.certificate
    names = Certificate.__struct_fields__
    return tuple(n for n in names if canonical_json(getattr(fresh, n)) != canonical_json(getattr(stored, n)))


def _signature(run: Run) -> str:
    return canonical_json([{k: [o.value, o.error] for k, o in run.outcomes.items()}, run.diff])


def _tables(opened: Stage) -> tuple[str, ...]:
    return tuple(f"{name}.{table}" for name, rows in opened.before().items() for table in rows)


def _passes(query: Query, run: Run, answer: str) -> bool:
    return verify_outcome(query, answer, run.before, run.after).success


def gold_answer(blueprint: Blueprint) -> str:
    """Return the plainest answer that states every required fact (and refuses, where that is asked)."""
    facts = "; ".join(f"{fact.name}: {_plain(fact.value)}" for fact in blueprint.facts)
    return f"This cannot be done: {blueprint.refusal}. {facts}" if blueprint.refusal else f"Done. {facts}"


def _plain(value: Any) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return ", ".join(map(_plain, value)) if isinstance(value, list) else str(value)


def _facts_hold(blueprint: Blueprint, run: Run) -> bool:
    return all(canonical_json(_fact_in(fact, run)) == canonical_json(fact.value) for fact in blueprint.facts)


def _fact_in(fact: Fact, run: Run) -> Any:
    if not fact.path:
        return fact.value if observed(fact, run.outcomes) else None
    try:
        return worlds.resolve(run.outcomes[fact.step].value, fact.path)
    except (worlds.PathError, KeyError):
        return None


def _same_outcome(blueprint: Blueprint, gold: Run, other: Run) -> bool:
    """Whether `other` ends where the gold run did: same changes, same refusals, and every fact was seen."""
    same = canonical_json(other.diff) == canonical_json(gold.diff)
    same = same and _refusals(blueprint, other) == _refusals(blueprint, gold)
    return same and all(observed(fact, other.outcomes) for fact in blueprint.facts)


def _refusals(blueprint: Blueprint, run: Run) -> list[str]:
    return [run.outcomes[s.id].text for s in blueprint.steps if s.expect_error and s.id in run.outcomes]


def removable(opened: Stage, blueprint: Blueprint, gold: Run) -> tuple[str, ...]:
    """Delta-debug the steps: return ids that can go, together, without a change of the outcome.

    Up to EXHAUSTIVE steps every group is left out in turn, smallest first; longer plans are halved and
    halved again (Zeller and Hildebrandt's ddmin), down to single steps. What depends on a step that is left
    out is left to fail as it may.
    """
    steps = blueprint.steps
    for group in _groups(steps):
        kept = [step for step in steps if step not in group]
        run = opened.run(kept, blueprint.slots)
        if _same_outcome(blueprint, gold, run) and (kept or not _needs_telling(blueprint)):
            return tuple(step.id for step in group)
    return ()


def _groups(steps: Sequence[Step]) -> Iterator[Sequence[Step]]:
    """Yield the groups of steps to leave out."""
    if len(steps) <= EXHAUSTIVE:
        for size in range(1, len(steps) + 1):
            yield from itertools.combinations(steps, size)
        return
    parts = 2
    while True:
        bounds = [len(steps) * i // parts for i in range(parts + 1)]
        chunks = [steps[a:b] for a, b in itertools.pairwise(bounds)]
        yield from chunks
        yield from ([step for step in steps if step not in chunk] for chunk in chunks if parts > 2)
        if parts == len(steps):
            return
        parts = min(2 * parts, len(steps))


def _needs_telling(blueprint: Blueprint) -> bool:
    return bool(blueprint.facts or blueprint.refusal)


def partial_order(opened: Stage, blueprint: Blueprint, gold: Run) -> tuple[tuple[str, str], ...]:
    """Find which steps must precede which, by replaying permutations.

    Data dependencies are given; for every other pair the steps are replayed with the pair reversed (all
    else kept in order as far as dependencies allow), and a failure makes the order a requirement.
    """
    steps = blueprint.steps
    needs = {s.id: {r.step for r in references(s)} | set(s.after) for s in steps}
    pairs = {(before, s.id) for s in steps for before in needs[s.id]}
    for first, second in itertools.combinations([s.id for s in steps], 2):
        if _depends(second, first, needs):
            continue
        swapped = _linear(steps, {**needs, first: needs[first] | {second}})
        run = opened.run(swapped, blueprint.slots)
        if run.problem or not _same_outcome(blueprint, gold, run):
            pairs.add((first, second))
    return tuple(sorted(pairs))


def _depends(later: str, earlier: str, needs: dict[str, set[str]]) -> bool:
    return earlier in needs[later] or any(_depends(n, earlier, needs) for n in needs[later])


def _linear(steps: Sequence[Step], needs: dict[str, set[str]]) -> list[Step]:
    """Order steps so that each follows what it needs, otherwise as they stand."""
    left, ordered = list(steps), list[Step]()
    while left:
        done = {s.id for s in ordered}
        ready = next(s for s in left if needs[s.id] <= done)
        ordered.append(ready)
        left.remove(ready)
    return ordered


def _idle_passes(query: Query, opened: Stage) -> bool:
    """Whether an agent passes that does nothing and says nothing, or repeats what the text told it."""
    idle = opened.run((), {})
    echo = "Done. " + "; ".join(f"{name}: {_plain(v)}" for name, v in query.blueprint.slots.items())
    return any(_passes(query, idle, answer) for answer in ("", echo))


def _random_passes(query: Query, opened: Stage) -> bool:
    """Whether an agent passes that makes as many calls as the gold run, with random tools and values."""
    blueprint = query.blueprint
    calls = max(1, len(blueprint.steps))
    return any(
        _passes(query, *_random_run(opened, blueprint, calls, number)) for number in range(RANDOM_AGENTS)
    )


def _random_run(opened: Stage, blueprint: Blueprint, calls: int, number: int) -> tuple[Run, str]:
    rng = generator(number, "random agent", blueprint.id)
    opened.run((), {})
    known = {name: worlds.forms(name) for name in blueprint.tools if name.partition("__")[0] in opened.lives}
    said: list[str] = []  # errors are not repeated: their words could pass for a refusal
    for index in range(calls if known else 0):
        tool = rng.choice(known[rng.choice(sorted(known))])
        values = {
            p.name: _random_value(opened, tool.spec.server, p.type, rng.random(), blueprint, index)
            for p in tool.parameters
        }
        outcome = opened.call(tool.spec.name, worlds.arguments_for(tool, values))
        said += [] if outcome.error else [outcome.text]
    run = Run({}, dict(opened.before()), opened.snapshots())
    return run, "Done. " + rng.choice(said or [""])


def _random_value(opened: Stage, server: str, kind: str, at: float, blueprint: Blueprint, index: int) -> Any:
    known = worlds.get(server).types[kind]
    if known.seen:
        return "unknown"
    if not known.existing:
        return worlds.get(server).fresh(kind, blueprint.worlds[server], "random", blueprint.id, index, at)
    rows = opened.before()[server].get(known.table, {})
    keys = sorted(rows)
    if not keys:
        return "none"
    key = keys[int(at * len(keys))]
    return rows[key][known.field] if known.field else key


def _unique(opened: Stage, blueprint: Blueprint) -> bool:
    """Whether each slot that names a row by a field selects exactly one; selectors in paths were held to
    that by the gold run already, which fails where one selects none or several."""
    outcomes = opened.run(blueprint.steps, blueprint.slots).outcomes
    for step in blueprint.steps:
        tool, given = typed_values(step, blueprint.slots, outcomes)
        server, types = tool.spec.server, worlds.get(tool.spec.server).types
        for p in tool.parameters:
            kind = types[p.type]
            if kind.field and not kind.many and p.name in given:
                rows = opened.before()[server].get(kind.table, {}).values()
                if sum(row.get(kind.field) == given[p.name] for row in rows) > 1:
                    return False
    return True
