"""One batch in the making: draws, narrows, plans, proves and says queries until each split is full."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterator, Mapping
from fnmatch import fnmatchcase
from typing import Any

import msgspec

from nex_assets.queries.contracts import Claim, PlanError, Planner, QueryPlan, Reject
from nex_assets.queries.coverage import Quota
from nex_assets.queries.fusion import evidence_of, fuses
from nex_assets.queries.fuzzification import fuzzify
from nex_assets.queries.fuzzification_dates import describe_dates
from nex_assets.queries.grammar import TextError
from nex_assets.queries.persona import fitting_personas
from nex_assets.queries.splits import goals_of, phrasing_fits, pool_of, shape_fits
from nex_assets.queries.text import say
from nex_resources.domains import Domains, PersonaRule, Phrasing
from nex_resources.records import (
    AgentSpec,
    Blueprint,
    Certificate,
    Difficulty,
    LeafConstraint,
    ProblemType,
    Query,
    Split,
    content_id,
    derive_seed,
    generator,
)

ROUNDS = 4
"""How often leaves are claimed to fill a split."""

FRUITLESS = 3
"""A choice of effort and target that failed so often for a leaf is not tried for it again."""


class Maker:
    """The state of one batch: quotas, attempts, ids already taken."""

    def __init__(
        self,
        leaves: Mapping[str, ProblemType],
        planner: Planner,
        domains: Domains,
        frameworks: Mapping[str, AgentSpec],
        plan: QueryPlan,
    ):
        self.leaves, self.planner, self.domains, self.plan = leaves, planner, domains, plan
        self.selectors = {key: _selectors(spec) for key, spec in frameworks.items()}
        self.language = Quota(plan.languages)
        self.effort = Quota(plan.efforts)
        self.persona = Quota(plan.personas) if plan.personas else Quota.even(domains.personas)
        self.phrasing = Quota(plan.phrasings) if plan.phrasings else Quota.even(domains.phrasings)
        self.framework = Quota(plan.frameworks) if plan.frameworks else Quota.even(frameworks)
        self.target = Quota.even(planner.tools)
        self.rejects: list[Reject] = []
        self.attempts = 0
        self.fuzzing: Counter[str] = Counter()
        self._blueprints: set[str] = set()
        self._possible: dict[tuple[Split, LeafConstraint, str, tuple[int, int]], bool] = {}
        self._fruitless: Counter[tuple[Split, str, str, tuple[str, ...]]] = Counter()

    @property
    def targets(self) -> dict[str, dict[str, float]]:
        return {"language": self.language.targets, "framework": self.framework.targets}

    def fill(self, split: Split, size: int, claim: Claim) -> Iterator[Query]:
        """Yield up to `size` queries, one a claimed leaf. For leaves that gave none, others are claimed;
        a leaf that gave none in this split is not asked again while others do."""
        barren: set[str] = set()
        made: Counter[str] = Counter()  # by leaf
        for again in range(ROUNDS):
            unit = f"{self.plan.unit}/{split}/{again}"
            if made.total() == size:
                return
            for number, claimed in enumerate(claim(unit, size - made.total())):
                leaf_id = min(made, key=lambda leaf: made[leaf]) if claimed in barren and made else claimed
                query = self._one(self.leaves[leaf_id], split, f"{unit}/{number}")
                if query is None:
                    barren.add(leaf_id)
                    continue
                made[leaf_id] += 1
                yield query
        for _ in range(size - made.total()):
            self.rejects.append(Reject("", split, "unfilled", "no_leaf_left", "every draw came to nothing"))

    def _one(self, leaf: ProblemType, split: Split, key: str) -> Query | None:
        assert leaf.constraint is not None, f"{leaf.path} is no leaf"
        rng = generator(self.plan.seed, "queries", key)
        language = self.language.choose(rng)
        for attempt in range(self.plan.attempts):
            self.attempts += 1
            try:
                return self._attempt(leaf, split, language, rng, derive_seed(self.plan.seed, key, attempt))
            except _RefusedError as refused:
                self.rejects.append(Reject(leaf.id, split, *refused.args))
        return None

    def _attempt(
        self, leaf: ProblemType, split: Split, language: str, rng: random.Random, seed: int
    ) -> Query:
        constraint, effort = self._narrowed(leaf, split, rng)
        try:
            blueprint = self._planned(constraint, split, seed)
        except _RefusedError as refused:
            hopeless = refused.args[1] in ("no_shape", "no_shape_in_split")
            self._fruitless[split, leaf.id, effort, constraint.targets] += FRUITLESS if hopeless else 1
            raise
        blueprint, proof = self._fuzzed(blueprint, split, rng)
        framework = self._framework_for(blueprint, rng)
        phrasing, persona = self._voice(leaf, split, language, rng)
        dates: dict[str, str] = {}
        if rng.random() < self.plan.fuzzed:
            dates = describe_dates(blueprint.slots, phrasing.language, rng)
            self.fuzzing["relative date"] += len(dates)
        try:
            saying = say(blueprint, phrasing, persona, self.domains.text, rng, dates)
        except TextError as error:
            raise _RefusedError("text", error.reason, str(error)) from error
        certificate = proof or self._proved(blueprint)
        self._count(blueprint, language, effort, persona.name, phrasing.name, framework)
        query = Query(
            id="",
            text=saying.text,
            turns=saying.turns,
            leaf_id=leaf.id,
            framework_id=framework,
            blueprint=blueprint,
            certificate=certificate,
            language=phrasing.language,
            persona=persona.name,
            phrasing=phrasing.name,
            difficulty=_harder(self.planner.difficulty(blueprint), len(dates)),
            split=split,
            origin=_origin(leaf, blueprint),
            evidence=evidence_of(blueprint) if fuses(blueprint) else (),
        )
        return msgspec.structs.replace(query, id=content_id("q", query))

    def _fuzzed(
        self, blueprint: Blueprint, split: Split, rng: random.Random
    ) -> tuple[Blueprint, Certificate | None]:
        """Take identifiers out of some tasks; what cannot be proved stays as it was, and is counted."""
        single = blueprint.kind in ("task", "negative") and len(goals_of(blueprint.shape)) == 1
        if not single or rng.random() >= self.plan.fuzzed:
            return blueprint, None
        found = fuzzify(blueprint, rng, self.plan.fuzz_steps)
        known = found.blueprint.id in self._blueprints
        if found.certificate is None or known:
            self.fuzzing[found.kept_because or "duplicate_blueprint"] += 1
            return blueprint, None
        if not shape_fits(found.blueprint.shape, split, self.plan.held_out_shapes):
            self.fuzzing["shape of another split"] += 1
            return blueprint, None
        self.fuzzing["fuzzed"] += 1
        return found.blueprint, found.certificate

    def _proved(self, blueprint: Blueprint) -> Certificate:
        certificate = self.planner.prove(blueprint)
        if not certificate.complete:
            reason = next(iter(certificate.reasons), "incomplete")
            raise _RefusedError("proof", reason.partition(":")[0], reason)
        return certificate

    def _narrowed(self, leaf: ProblemType, split: Split, rng: random.Random) -> tuple[LeafConstraint, str]:
        """Narrow a leaf's constraint by the target tool and the effort that lag most.

        Choices that kept failing for this leaf are left out; where none is left, the leaf's own stands.
        """
        constraint = leaf.constraint
        assert constraint is not None, f"{leaf.path} is no leaf"
        low, high = constraint.calls
        choices = [
            (effort, (target,) if target else (), band)
            for target in constraint.targets or ("",)
            for effort in self.effort.targets
            if (band := _band(effort, low, high))
            and self._fruitless[split, leaf.id, effort, (target,) if target else ()] < FRUITLESS
            and (not target or self._has_shape(split, constraint, target, band))
        ]
        if not choices:
            return constraint, ""
        known = {t for _, targets, _ in choices for t in targets} & self.target.targets.keys()
        if known:
            aim = self.target.choose(rng, known)
            choices = [c for c in choices if c[1] == (aim,)]
        effort = self.effort.choose(rng, {c[0] for c in choices})
        _, targets, band = next(c for c in choices if c[0] == effort)
        return msgspec.structs.replace(constraint, calls=band, targets=targets), effort

    def _has_shape(
        self, split: Split, constraint: LeafConstraint, target: str, band: tuple[int, int]
    ) -> bool:
        """Whether some shape about `target` has so many calls and belongs to `split`; where shapes are not
        listed, trying tells."""
        key = (split, constraint, target, band)
        if key not in self._possible:
            narrowed = msgspec.structs.replace(constraint, targets=(target,), calls=band)
            fitting = [
                s for s in self.planner.shapes(narrowed) if shape_fits(s, split, self.plan.held_out_shapes)
            ]
            self._possible[key] = bool(fitting) or not self.planner.shapes(constraint)
        return self._possible[key]

    def _planned(self, constraint: LeafConstraint, split: Split, seed: int) -> Blueprint:
        """Plan a blueprint of a shape that belongs to `split`."""
        share = self.plan.held_out_shapes
        known = self.planner.shapes(constraint)
        fitting = tuple(s for s in known if shape_fits(s, split, share))
        if known and not fitting:
            raise _RefusedError("shape", "no_shape_in_split", f"all {len(known)} are of another split")
        try:
            constraint = msgspec.structs.replace(constraint, shapes=fitting or constraint.shapes)
            blueprint = self.planner.plan(constraint, pool_of(split), seed)
        except PlanError as error:
            raise _RefusedError("plan", error.reason, str(error)) from error
        if blueprint.id in self._blueprints:
            raise _RefusedError("plan", "duplicate_blueprint", blueprint.id)
        if blueprint.kind != constraint.kind:
            raise _RefusedError("plan", "other_kind", f"{blueprint.kind}, not {constraint.kind}")
        if not shape_fits(blueprint.shape, split, share):
            raise _RefusedError("shape", "other_split", blueprint.shape)
        return blueprint

    def _framework_for(self, blueprint: Blueprint, rng: random.Random) -> str:
        needed = {s.tool for s in blueprint.steps}
        able = [k for k, patterns in self.selectors.items() if _offers(patterns, needed)]
        if not able:
            raise _RefusedError("framework", "lacks_tools", ", ".join(sorted(needed)))
        return self.framework.choose(rng, able)

    def _voice(
        self, leaf: ProblemType, split: Split, language: str, rng: random.Random
    ) -> tuple[Phrasing, PersonaRule]:
        allowed = leaf.constraint.phrasings if leaf.constraint else ()
        fitting = {
            name
            for name, p in self.domains.phrasings.items()
            if p.language == language and phrasing_fits(p, split) and (not allowed or name in allowed)
        } & self.phrasing.targets.keys()
        if not fitting:
            raise _RefusedError("text", "no_phrasing", f"{language}, {split}")
        speakers = {
            name: fitting_personas(self.domains.personas, self.domains.phrasings[name])
            & self.persona.targets.keys()
            for name in fitting
        }
        if not any(speakers.values()):
            raise _RefusedError("text", "no_persona", f"nobody speaks as {', '.join(sorted(fitting))} do")
        name = self.phrasing.choose(rng, {n for n, who in speakers.items() if who})
        persona = self.domains.personas[self.persona.choose(rng, speakers[name])]
        return self.domains.phrasings[name], persona

    def _count(self, blueprint: Blueprint, language: str, effort: str, *voice: str) -> None:
        self._blueprints.add(blueprint.id)
        self.language.count(language)
        if effort:
            self.effort.count(effort)
        for quota, value in zip((self.persona, self.phrasing, self.framework), voice, strict=True):
            quota.count(value)
        for step in blueprint.steps:
            self.target.count(step.tool)


class _RefusedError(Exception):
    """(stage, reason, detail) of an attempt that came to nothing."""

    args: tuple[Any, ...]


def _harder(measured: Difficulty, descriptors: int) -> Difficulty:
    """Count descriptors that stand in the text alone (relative dates)."""
    return msgspec.structs.replace(measured, ambiguity=measured.ambiguity + descriptors)


def _origin(leaf: ProblemType, blueprint: Blueprint) -> str:
    return "nexgap" if leaf.origin == "nexgap" else "fusion" if fuses(blueprint) else "grammar"


def _band(effort: str, low: int, high: int) -> tuple[int, int] | None:
    """Return the calls that both the band (`2-3`) and the range allow."""
    first, _, last = effort.partition("-")
    band = max(low, int(first)), min(high, int(last or first))
    return band if band[0] <= band[1] else None


def _selectors(spec: AgentSpec) -> set[str]:
    return {selector for agent in spec.walk() for selector in agent.tools}


def _offers(selectors: set[str], needed: set[str]) -> bool:
    return all(any(fnmatchcase(tool, s) for s in selectors) for tool in needed)
