"""The planner over live worlds: from a leaf's constraint to a blueprint, its proof and its difficulty."""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from fnmatch import fnmatchcase
from functools import partial

from nex_assets.queries.blueprint import SamplingError
from nex_assets.queries.blueprint_kinds import sample_kind
from nex_assets.queries.blueprint_shapes import Shape, shapes
from nex_assets.queries.certificate import certify
from nex_assets.queries.contracts import PlanError
from nex_assets.queries.difficulty import measure
from nex_assets.queries.fusion import FusionError, fuse
from nex_assets.queries.planner_joint import beside, goals_for, handed
from nex_resources import worlds
from nex_resources.records import Blueprint, Certificate, Difficulty, LeafConstraint, generator
from nex_resources.worlds import WorldTool, world_seed
from nex_resources.worlds.pools import Pool

SEEDS = 1_000_000
"""World seeds to draw from, per pool."""

MARKS = {"task": "", "negative": "!", "irrelevance": "?"}
"""Kinds that are built on one listed shape, and what marks their names."""


class WorldPlanner:
    """Samples on the worlds `names`; `distractors` unneeded tools are offered with each blueprint."""

    def __init__(self, names: Sequence[str], distractors: int = 3):
        self.distractors = distractors
        self.tools: Mapping[str, WorldTool] = {
            tool.spec.name: tool for name in names for tool in worlds.get(name).tools
        }

    def shapes(self, constraint: LeafConstraint) -> list[str]:
        """Return the names of the shapes that a constraint allows; none for kinds without a list of them."""
        mark = MARKS.get(constraint.kind)
        if mark is None:
            return []
        if constraint.joint:  # those that it may be put together from
            return list(dict.fromkeys(s.name for w in constraint.worlds for s in goals_for(w, constraint)))
        return [f"{s.name}{mark}" for w in constraint.worlds for s in _fitting(w, constraint)]

    def plan(self, constraint: LeafConstraint, pool: Pool, seed: int) -> Blueprint:
        """Sample a blueprint on a world of `pool`. Raises PlanError."""
        rng = generator(seed, "plan")
        if constraint.kind == "fusion":
            return self._fused(constraint, pool, seed)
        if constraint.joint:
            return self._joined(constraint, pool, seed, rng)
        world = rng.choice(constraint.worlds)
        shape = _choose(world, constraint, rng).name if constraint.kind in MARKS else None
        number = world_seed(pool, rng.randrange(SEEDS))
        try:
            return sample_kind(
                constraint.kind,
                world,
                number,
                shape,
                key=seed,
                distractors=self.distractors,
                max_steps=max(2, constraint.calls[1] // 2),
            )
        except SamplingError as error:
            raise PlanError("no_draw", str(error)) from error

    def _joined(self, constraint: LeafConstraint, pool: Pool, seed: int, rng: random.Random) -> Blueprint:
        plan = beside if constraint.joint == "beside" else handed
        try:
            return plan(constraint, partial(_draw_seed, pool, rng), seed, rng, self.distractors)
        except SamplingError as error:
            raise PlanError("no_draw", str(error)) from error

    def _fused(self, constraint: LeafConstraint, pool: Pool, seed: int) -> Blueprint:
        sources = constraint.worlds
        limit = max(1, (constraint.calls[1] - 1) // 2)
        try:
            return fuse(sources, pool, seed, max_calls=limit, distractors=self.distractors).blueprint
        except FusionError as error:
            raise PlanError("no_fusion", str(error)) from error

    def prove(self, blueprint: Blueprint) -> Certificate:
        return certify(blueprint)

    def difficulty(self, blueprint: Blueprint) -> Difficulty:
        return measure(blueprint)


def _draw_seed(pool: Pool, rng: random.Random) -> int:
    return world_seed(pool, rng.randrange(SEEDS))


def _choose(world: str, constraint: LeafConstraint, rng: random.Random) -> Shape:
    """Choose a shape that fits: its size first, so that the many long ones do not crowd out the short."""
    fitting = _fitting(world, constraint)
    if not fitting:
        low, high = constraint.calls
        raise PlanError("no_shape", f"calls {low}-{high}, targets {constraint.targets or 'any'}")
    size = rng.choice(sorted({len(shape.steps) for shape in fitting}))
    return rng.choice([shape for shape in fitting if len(shape.steps) == size])


def _fitting(world: str, constraint: LeafConstraint) -> list[Shape]:
    low, high = constraint.calls
    globs = [pattern.rstrip("!?") for pattern in constraint.shapes]
    return [
        shape
        for shape in shapes(world).values()
        if low <= len(shape.steps) <= high
        and (not constraint.targets or {shape.goal.tool, shape.goal.form} & set(constraint.targets))
        and (not globs or any(fnmatchcase(shape.name, glob) for glob in globs))
        and (constraint.kind != "negative" or worlds.form(shape.goal.form).preconditions)
        and (constraint.kind != "irrelevance" or shape.effect == "write")
    ]
