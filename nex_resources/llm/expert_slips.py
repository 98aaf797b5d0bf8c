"""Mistakes that the expert makes on purpose: each harmless, labelled, and followed by its recovery."""

from __future__ import annotations

import random
from typing import Any, Literal

import msgspec

from nex_resources.records import Blueprint, generator

Kind = Literal["wrong_value", "wrong_name", "missing_argument"]

KINDS: tuple[Kind, ...] = ("wrong_value", "wrong_name", "missing_argument")


class Mistakes(msgspec.Struct, frozen=True):
    """How often the expert errs: `rate` is the share of rollouts with one mistake, of one of `kinds`."""

    rate: float = 0.0
    kinds: tuple[Kind, ...] = KINDS

    def choose(self, blueprint: Blueprint, seed: int, query_id: str) -> dict[str, Kind]:
        """Return the step to err at and how, or nothing. Calls that have to fail are left alone."""
        rng = generator(seed, "mistakes", query_id)
        steps = [s for s in blueprint.steps if s.arguments and not s.expect_error]
        if rng.random() >= self.rate or not steps:
            return {}
        step = rng.choice(steps)
        # Only an identifier can be wrong without harm: an invented one names no row, where a wrong
        # amount would be carried out.
        return {step.id: rng.choice(self.kinds)}


def slip(kind: Kind, arguments: dict[str, Any], rng: random.Random) -> tuple[dict[str, Any], str]:
    """Return mistaken arguments and the name of the one that is wrong. No such call can change anything."""
    identifiers = [n for n, v in arguments.items() if n.endswith("_id") and isinstance(v, str)]
    if kind == "wrong_value" and identifiers:
        name = rng.choice(identifiers)
        return {**arguments, name: f"{arguments[name]}{rng.randint(0, 9)}"}, name
    name = rng.choice(sorted(arguments))
    left = {n: v for n, v in arguments.items() if n != name}
    if kind == "missing_argument":
        return left, name
    return {**left, f"{name}_value": arguments[name]}, name
