"""What the pipeline of queries is given: leaves to draw, a planner, a plan; and what it counts."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Protocol

import msgspec

from nex_resources.records import Blueprint, Certificate, Difficulty, LeafConstraint, Split
from nex_resources.worlds import Pool, WorldTool

Claim = Callable[[str, int], Sequence[str]]
"""(unit of work, how many) → leaf ids; the tree stage's `LeafSampler.claim`."""


class PlanError(Exception):
    """No blueprint came of a constraint. `reason` is a stable name to count by."""

    def __init__(self, reason: str, detail: str = ""):
        super().__init__(f"{reason}: {detail}" if detail else reason)
        self.reason = reason


class Planner(Protocol):
    """Samples blueprints and proves them on fresh worlds; `tools` are its worlds' tools by qualified name."""

    tools: Mapping[str, WorldTool]

    def shapes(self, constraint: LeafConstraint) -> list[str]:
        """Return the names of the shapes that a constraint allows; empty where they are not enumerable."""
        ...

    def plan(self, constraint: LeafConstraint, pool: Pool, seed: int) -> Blueprint:
        """Sample a blueprint on worlds of `pool`. Raises PlanError."""
        ...

    def prove(self, blueprint: Blueprint) -> Certificate: ...

    def difficulty(self, blueprint: Blueprint) -> Difficulty: ...


class QueryPlan(msgspec.Struct, frozen=True):
    """How many queries to make, of which sort. Targets are weights; empty: even over what there is.

    `fuzzed` is the share of tasks from which up to `fuzz_steps` identifiers are taken (where that can be
    proved); texts as alike as `near_duplicate` (Jaccard of word trigrams) are one, and, where an encoder is
    given, those as alike in meaning as `near_meaning` (cosine of embeddings).
    `attempts` bounds the blueprints tried for one query; `held_out_shapes` is the share of shapes that
    training never sees; `unit` names this unit of work (a partition) to the leaf counts.
    """

    sizes: dict[Split, int]
    seed: int = 0
    unit: str = "all"
    languages: dict[str, float] = msgspec.field(default_factory=lambda: {"en": 0.7, "zh": 0.3})
    efforts: dict[str, float] = msgspec.field(default_factory=lambda: {"1": 0.3, "2-3": 0.5, "4-8": 0.2})
    personas: dict[str, float] = {}
    phrasings: dict[str, float] = {}
    frameworks: dict[str, float] = {}
    fuzzed: float = 0.0
    fuzz_steps: int = 2
    near_duplicate: float = 0.9
    near_meaning: float = 0.95
    attempts: int = 12
    held_out_shapes: float = 0.2


class Reject(msgspec.Struct, frozen=True):
    """One attempt that came to nothing: at which stage, for what reason."""

    leaf_id: str
    split: Split
    stage: str  # plan, shape, proof, framework, text, leak, duplicate, benchmark, or unfilled
    reason: str
    detail: str = ""
