"""Blueprints, their certificates, and the queries that ask for them.

A blueprint is an executable plan on a seeded world; its certificate is what running it on fresh
worlds proved; a query is the text that asks for it. Argument values are JSON, in which an object
`{"$from": step_id, "path": "a.0.b"}` stands for a value in an earlier step's result and
`{"$slot": name}` for one that the text gives.
"""

from __future__ import annotations

from typing import Any, Literal

import msgspec

BlueprintKind = Literal["task", "negative", "irrelevance", "fix", "multi_turn", "fusion"]
Split = Literal["train", "seen", "unseen_phrasing", "unseen_shape"]
Language = Literal["en", "zh"]


class Step(msgspec.Struct, frozen=True, omit_defaults=True):
    """One call of a blueprint. `tool` is qualified (`server__tool`). `turn` is the user turn that asks
    for it. `expect_error` marks a call that has to fail (negatives)."""

    id: str
    tool: str
    arguments: dict[str, Any] = {}
    after: tuple[str, ...] = ()  # ids of the steps that must precede it
    turn: int = 0
    expect_error: bool = False


class Fact(msgspec.Struct, frozen=True, omit_defaults=True):
    """A value that the final answer has to state: `value`, as step `step` returned it under `path`.

    `name` says what it is in the world's vocabulary (`order.status`); `accepts` lists other
    renderings that count (`30.00`, `$30`).
    """

    name: str
    step: str
    path: str
    value: Any
    accepts: tuple[str, ...] = ()


class Change(msgspec.Struct, frozen=True, omit_defaults=True):
    """One keyed row that differs between two snapshots. `before` or `after` is None where the row is new
    or gone; both hold only the fields that differ where it was changed."""

    table: str
    key: str
    before: dict[str, Any] | None = None
    after: dict[str, Any] | None = None


class Blueprint(msgspec.Struct, frozen=True, omit_defaults=True):
    """An executable plan. `shape` names its abstract form (tools and edges, no values): two blueprints
    of one shape differ in values only. `worlds` maps each server of the plan to its world's seed."""

    id: str
    kind: BlueprintKind
    shape: str
    worlds: dict[str, int]
    steps: tuple[Step, ...]
    slots: dict[str, Any] = {}
    facts: tuple[Fact, ...] = ()
    tools: tuple[str, ...] = ()  # offered to the agent, distractors included (qualified names)
    refusal: str = ""  # negatives: why the task cannot be done


class Certificate(msgspec.Struct, frozen=True, omit_defaults=True):
    """What executing a blueprint on fresh worlds proved. A query is used only if `complete`."""

    deterministic: bool = False  # two runs: same results, same diff
    minimal: bool = False  # leaving out any call changes the outcome
    gold_passes: bool = False
    noop_fails: bool = False
    random_fails: bool = False
    unique: bool = False  # every descriptor in the text selects exactly one row
    order: tuple[tuple[str, str], ...] = ()  # (before, after) pairs found by replaying permutations
    diff: tuple[Change, ...] = ()  # the expected final state, against the seeded one
    forbidden: tuple[str, ...] = ()  # tables that must not change otherwise
    runs: int = 0
    reasons: tuple[str, ...] = ()  # why it is incomplete

    @property
    def complete(self) -> bool:
        return (
            self.deterministic
            and self.minimal
            and self.gold_passes
            and self.noop_fails
            and self.random_fails
            and self.unique
            and not self.reasons
        )


class Difficulty(msgspec.Struct, frozen=True, omit_defaults=True):
    """Measured difficulty: counts, and the level that they add up to (1 easy to 5 hard)."""

    calls: int = 0
    depth: int = 0  # longest chain of values passed on
    hops: int = 0  # values passed on
    distractors: int = 0  # tools offered and not needed
    ambiguity: int = 0  # descriptors that are not identifiers
    level: int = 1


class Evidence(msgspec.Struct, frozen=True, omit_defaults=True):
    """Where a fused query's value comes from: `quote` stands at characters [start, end) of the text that
    calling `tool` with `arguments` gives on the seeded worlds; `source` hashes that text."""

    step: str
    tool: str
    arguments: dict[str, Any]
    source: str
    start: int
    end: int
    quote: str


class Query(msgspec.Struct, frozen=True, omit_defaults=True):
    """A task in words, proved executable. `phrasing` names the grammar's template, so that held-out
    phrasings can be told from trained ones."""

    id: str
    text: str
    leaf_id: str
    framework_id: str
    blueprint: Blueprint
    certificate: Certificate
    language: Language = "en"
    persona: str = ""
    phrasing: str = ""
    difficulty: Difficulty = Difficulty()
    split: Split = "train"
    turns: tuple[str, ...] = ()  # later user turns
    origin: str = "grammar"  # or "llm", "fusion", "nexgap"
    evidence: tuple[Evidence, ...] = ()  # of fused queries: a span in each source


class Verdict(msgspec.Struct, frozen=True, omit_defaults=True):
    """What the verifier says of one rollout: the same for proofs, filters, evaluation and RL reward."""

    success: bool
    state_ok: bool
    facts_ok: bool
    side_effects: tuple[str, ...] = ()
    missing_facts: tuple[str, ...] = ()
    reasons: tuple[str, ...] = ()
