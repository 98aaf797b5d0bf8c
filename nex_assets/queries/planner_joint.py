"""Plans of several goals: side by side in one world or over several, or a value handed on."""

from __future__ import annotations

import random
from collections.abc import Callable
from fnmatch import fnmatchcase

from nex_assets.queries.blueprint import join_names, sample_blueprint
from nex_assets.queries.blueprint_across import BRIDGES, Bridge, sample_across, sample_piped
from nex_assets.queries.blueprint_shapes import Shape, shapes
from nex_assets.queries.contracts import PlanError
from nex_assets.queries.units import tells
from nex_resources import worlds
from nex_resources.records import Blueprint, LeafConstraint

TRIES = 40
"""Combinations of goals that are tried for one range of calls."""

Seed = Callable[[], int]


def goals_for(world: str, constraint: LeafConstraint) -> list[Shape]:
    """Return the single goals of `world` that a joint plan may hold: its shapes fit, its calls leave room."""
    most = max(1, constraint.calls[1] - 1)
    return [
        shape
        for shape in shapes(world).values()
        if len(shape.steps) <= most
        and (not constraint.shapes or any(fnmatchcase(shape.name, glob) for glob in constraint.shapes))
    ]


def beside(
    constraint: LeafConstraint, seed_of: Seed, key: int, rng: random.Random, distractors: int
) -> Blueprint:
    """Plan two or three goals that do not depend on each other. Raises PlanError, SamplingError."""
    chosen = _goals(constraint, rng)
    seeds = {world: seed_of() for world in sorted({shape.world for shape in chosen})}
    if len(seeds) == 1:
        world, number = next(iter(seeds.items()))
        return sample_blueprint(world, number, join_names(chosen), key=key, distractors=distractors)
    ordered = sorted(chosen, key=lambda shape: shape.world)
    return sample_across(seeds, [shape.name for shape in ordered], key=key, distractors=distractors)


def _goals(constraint: LeafConstraint, rng: random.Random) -> list[Shape]:
    """Choose goals with different tools, one a world where there are several, whose calls fit the range."""
    low, high = constraint.calls
    for _ in range(TRIES):
        count = 3 if high >= 5 and rng.random() < 0.3 else 2
        names = constraint.worlds
        places = [names[0]] * count if len(names) == 1 else rng.sample(names, min(count, len(names)))
        chosen = [_one(world, constraint, rng) for world in places]
        tools = {shape.goal.tool for shape in chosen}
        wanted = not constraint.targets or tools & set(constraint.targets)
        if wanted and len(tools) == count and low <= sum(len(s.steps) for s in chosen) <= high:
            return chosen
    raise PlanError(
        "no_shape", f"no goals side by side in {', '.join(constraint.worlds)}, calls {low}-{high}"
    )


def _one(world: str, constraint: LeafConstraint, rng: random.Random) -> Shape:
    fitting = goals_for(world, constraint)
    if not fitting:
        raise PlanError("no_shape", f"{world} has no goal that fits")
    size = rng.choice(sorted({len(shape.steps) for shape in fitting}))
    return rng.choice([shape for shape in fitting if len(shape.steps) == size])


def handed(
    constraint: LeafConstraint, seed_of: Seed, key: int, rng: random.Random, distractors: int
) -> Blueprint:
    """Plan to read a value on one server and use it on another. Raises PlanError, SamplingError."""
    low, high = constraint.calls
    pairs = [
        (source, bridge)
        for bridge in BRIDGES
        if bridge.unit and _server(bridge) in constraint.worlds
        if not constraint.targets
        or {bridge.form, worlds.form(bridge.form).spec.name} & set(constraint.targets)
        for world in constraint.worlds
        if world != _server(bridge)
        for source in goals_for(world, constraint)
        if source.effect == "read" and tells(worlds.form(source.goal.form), bridge.unit)
        if low <= len(source.steps) + 1 <= high
    ]
    if not pairs:
        raise PlanError(
            "no_shape", f"nothing to hand on in {', '.join(constraint.worlds)}, calls {low}-{high}"
        )
    form = rng.choice(sorted({bridge.form for _, bridge in pairs}))
    source = rng.choice([source for source, bridge in pairs if bridge.form == form])
    seeds = {source.world: seed_of(), form.partition("__")[0]: seed_of()}
    return sample_piped(source.name, form, seeds, key=key, distractors=distractors)


def _server(bridge: Bridge) -> str:
    return bridge.form.partition("__")[0]
