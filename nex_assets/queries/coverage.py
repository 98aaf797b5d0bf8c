"""Sampled dimensions with targets: language, persona, phrasing, framework, difficulty, tool.

A `Quota` hands out the value that lags furthest behind its target, so that small batches are covered as
evenly as large ones; ties are broken by the caller's generator.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Collection, Iterable, Mapping

import msgspec

from nex_resources.records import Query


class Quota:
    """Counts of one dimension's values against their target shares (any positive weights)."""

    def __init__(self, targets: Mapping[str, float]):
        if not targets or min(targets.values()) < 0 or sum(targets.values()) <= 0:
            raise ValueError(f"targets must be weights of 0 or more, not all 0: {dict(targets)}")
        total = sum(targets.values())
        self.targets = {k: v / total for k, v in targets.items() if v > 0}
        self.counts: Counter[str] = Counter()

    @classmethod
    def even(cls, values: Iterable[str]) -> Quota:
        return cls(dict.fromkeys(values, 1.0))

    def choose(self, rng: random.Random, among: Collection[str] | None = None) -> str:
        """Return the value (of `among`) that lags most; nothing is counted yet."""
        open_values = [v for v in self.targets if among is None or v in among]
        if not open_values:
            raise ValueError(f"none of {sorted(among or ())} has a target; targets: {sorted(self.targets)}")
        drawn = sum(self.counts[v] for v in open_values) + 1
        share = sum(self.targets[v] for v in open_values)
        lag = {v: self.targets[v] / share * drawn - self.counts[v] for v in open_values}
        most = max(lag.values())
        return rng.choice([v for v, by in lag.items() if by > most - 1e-9])

    def count(self, value: str) -> None:
        self.counts[value] += 1


class Coverage(msgspec.Struct, frozen=True):
    """How often each value of a dimension came out: counts, the targets they were to meet, and the
    largest distance between a value's share and its target (0 is perfect)."""

    counts: dict[str, int]
    targets: dict[str, float]
    distance: float


def coverage(values: Iterable[str], targets: Mapping[str, float] | None = None) -> Coverage:
    """Compare counts of `values` with `targets` (even shares over what was seen, where none are given)."""
    counts = Counter(values)
    total = sum(counts.values()) or 1
    wanted = dict(targets) if targets else dict.fromkeys(counts, 1.0)
    weight = sum(wanted.values()) or 1.0
    shares = {k: v / weight for k, v in wanted.items()}
    names = sorted(counts.keys() | shares.keys())
    distance = max((abs(counts[n] / total - shares.get(n, 0.0)) for n in names), default=0.0)
    return Coverage({n: counts[n] for n in names}, shares, round(distance, 4))


def coverage_report(
    queries: Collection[Query], targets: Mapping[str, Mapping[str, float]]
) -> dict[str, Coverage]:
    """Report every sampled dimension of `queries`; `targets` by dimension name."""
    dimensions: dict[str, list[str]] = {
        "language": [q.language for q in queries],
        "persona": [q.persona for q in queries],
        "phrasing": [q.phrasing for q in queries],
        "framework": [q.framework_id for q in queries],
        "leaf": [q.leaf_id for q in queries],
        "kind": [q.blueprint.kind for q in queries],
        "shape": [q.blueprint.shape for q in queries],
        "difficulty": [str(q.difficulty.level) for q in queries],
        "tool": [s.tool for q in queries for s in q.blueprint.steps],
    }
    return {name: coverage(values, targets.get(name)) for name, values in dimensions.items()}
