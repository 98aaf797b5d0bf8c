"""From a blueprint to the words that ask for it.

Three choices make the text: a phrasing family (sentence frames, and which words fill them), a persona
(who speaks), and a seed. What is said is fixed: every call that changes something or must fail, every
fact asked for, in an order that the plan allows; reads that only serve others appear as noun phrases.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping, Sequence

import msgspec

from nex_assets.queries.grammar import Grammar, TextError, form_of, written
from nex_resources.domains import PersonaRule, Phrasing, TextRules
from nex_resources.records import Blueprint, Fact, Language, Step

WHY = 0.1
"""Share of tasks that ask for the reason of a refusal although none is expected."""


class Saying(msgspec.Struct, frozen=True):
    """A query's words: the first user turn and the later ones."""

    text: str
    turns: tuple[str, ...] = ()


class _Clause(msgspec.Struct, frozen=True):
    """One thing asked for: a step to carry out, or facts to tell."""

    step: Step
    facts: tuple[Fact, ...] = ()
    do: bool = False


def say(
    blueprint: Blueprint,
    phrasing: Phrasing,
    persona: PersonaRule,
    rules: TextRules,
    rng: random.Random,
    describe: Mapping[str, str] | None = None,
) -> Saying:
    """Put `blueprint` into words. Raises TextError where words are missing or a value would be lost."""
    grammar = Grammar(blueprint, rules, phrasing.language, phrasing.wording, rng, describe)
    clauses = _clauses(blueprint)
    fixes = blueprint.kind == "fix"
    if not clauses:
        raise TextError("nothing_asked", f"blueprint {blueprint.id} changes nothing and asks for no fact")
    turns = sorted({c.step.turn for c in clauses})
    if blueprint.kind == "fusion":
        ask = _frame(
            rng.choice(phrasing.ask), phrasing, facts=lambda: (grammar.fused(blueprint.steps[-1]), 1)
        )
    texts = [
        ask
        if blueprint.kind == "fusion"
        else _fix(clauses, phrasing, grammar, rng)
        if fixes
        else _turn(
            [c for c in clauses if c.step.turn == turn], phrasing, grammar, rng, later=turn != turns[0]
        )
        for turn in turns
    ]
    if _asks_why(blueprint, clauses, rng) and phrasing.unless:
        texts[-1] = _join(phrasing, texts[-1], rng.choice(phrasing.unless))
    texts[0] = _join(phrasing, _line(persona.openers, phrasing, rng), texts[0])
    texts[-1] = _join(phrasing, texts[-1], _line(persona.closers, phrasing, rng))
    _check_values(blueprint, texts, describe or {})
    return Saying(texts[0], tuple(texts[1:]))


def _clauses(blueprint: Blueprint) -> list[_Clause]:
    """Return what must be said, in plan order; a write with facts makes two clauses."""
    found: list[_Clause] = []
    for step in blueprint.steps:
        facts = tuple(f for f in blueprint.facts if f.step == step.id)
        if step.expect_error or form_of(step)[0].effect == "write":
            found.append(_Clause(step, do=True))
        if facts and not step.expect_error:  # what a refusal has to state is asked for as its reason
            found.append(_Clause(step, facts))
    if not found and blueprint.steps:  # no fact, no change: the last call itself is what is wanted
        found.append(_Clause(blueprint.steps[-1], do=True))
    return found


def _asks_why(blueprint: Blueprint, clauses: Sequence[_Clause], rng: random.Random) -> bool:
    """Whether to ask for the reason of a refusal: always where one must be given, and now and then where
    nothing is refused, so that the sentence gives nothing away."""
    refused = {s.id for s in blueprint.steps if s.expect_error}
    if blueprint.kind == "fix":
        return False
    must = any(f.step in refused for f in blueprint.facts)
    return must or (any(c.do for c in clauses) and rng.random() < WHY)


def _fix(clauses: Sequence[_Clause], phrasing: Phrasing, grammar: Grammar, rng: random.Random) -> str:
    """Ask for the goal (the call that is refused at first), then for what clears its way."""
    dos = [c for c in clauses if c.do]
    goal = next((c for c in dos if c.step.expect_error), None)
    if not phrasing.fix or goal is None:
        raise TextError("no_frame", f"phrasing {phrasing.name} has no `fix` frame, or nothing is refused")
    again = (goal.step.tool, goal.step.arguments)
    remedies = [c for c in dos if (c.step.tool, c.step.arguments) != again]
    frame = _frame(
        rng.choice(phrasing.fix),
        phrasing,
        goal=_verbs([goal], phrasing, grammar, rng),
        remedy=_verbs(remedies, phrasing, grammar, rng),
    )
    asks = [c for c in clauses if not c.do]
    if not asks:
        return frame
    return _join(
        phrasing, frame, _frame(rng.choice(phrasing.ask), phrasing, facts=lambda: _facts(asks, grammar))
    )


def _turn(
    clauses: Sequence[_Clause], phrasing: Phrasing, grammar: Grammar, rng: random.Random, *, later: bool
) -> str:
    dos = [c for c in clauses if c.do]
    asks = [c for c in clauses if not c.do]
    facts_last = clauses.index(dos[-1]) < clauses.index(asks[0]) if dos and asks else True
    if not asks:
        frames = phrasing.follow if later and phrasing.follow else phrasing.do
        return _frame(rng.choice(frames), phrasing, steps=_verbs(dos, phrasing, grammar, rng))
    if not dos:
        return _frame(rng.choice(phrasing.ask), phrasing, facts=lambda: _facts(asks, grammar))
    if facts_last:
        frame = rng.choice(phrasing.both)
        return _frame(
            frame,
            phrasing,
            steps=_verbs(dos, phrasing, grammar, rng),
            facts=lambda: _facts(asks, grammar),
        )
    return _frame(rng.choice(phrasing.do), phrasing, steps=_verbs(clauses, phrasing, grammar, rng))


def _verbs(
    clauses: Sequence[_Clause], phrasing: Phrasing, grammar: Grammar, rng: random.Random
) -> Callable[[], tuple[str, int]]:
    def make() -> tuple[str, int]:
        parts = [
            grammar.verb_phrase(c.step)
            if c.do
            else rng.choice(phrasing.tell).replace("{facts}", grammar.fact_phrase(c.step, c.facts))
            for c in clauses
        ]
        comma = ", " if phrasing.language == "en" else "，"
        last = rng.choice(phrasing.join)
        return (comma.join(parts[:-1]) + last + parts[-1] if len(parts) > 1 else parts[0]), len(parts)

    return make


def _facts(clauses: Sequence[_Clause], grammar: Grammar) -> tuple[str, int]:
    phrases = [grammar.fact_phrase(c.step, c.facts) for c in clauses]
    return grammar.conjoin(phrases), sum(len({f.name for f in c.facts}) for c in clauses)


def _frame(frame: str, phrasing: Phrasing, **parts: Callable[[], tuple[str, int]]) -> str:
    """Fill `frame` in the order in which its parts are read, and start it with a capital."""
    for name in ("goal", "remedy", "steps", "facts"):
        if name in parts:
            text, count = parts[name]()
            begins = frame.startswith("{" + name + "}") or ". {" + name + "}" in frame
            frame = frame.replace("{" + name + "}", capital(text) if begins else text)
            frame = frame.replace("{is}", "are" if count > 1 else "is")
    return frame


def capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _line(lines: Mapping[Language, Sequence[str]], phrasing: Phrasing, rng: random.Random) -> str:
    given = lines.get(phrasing.language, ())
    return rng.choice(list(given)) if given else ""


def _join(phrasing: Phrasing, first: str, second: str) -> str:
    space = " " if phrasing.language == "en" else ""
    return first + space + second if first and second else first or second


def _check_values(blueprint: Blueprint, texts: Sequence[str], describe: Mapping[str, str]) -> None:
    """Refuse a text that lost a value: each slot stands in it verbatim, or its descriptor does."""
    whole = "\n".join(texts)
    for name, value in blueprint.slots.items():
        shown = describe.get(name) or written(value)
        if shown not in whole:
            raise TextError("slot_lost", f"slot {name}={shown!r} is not in the text")
