"""Shares with their uncertainty, by model and split."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence

import msgspec

from nex_resources.store import EvaluationRow

METRICS = ("valid calls", "right tool", "exact arguments", "task success")


class Rate(msgspec.Struct, frozen=True):
    """`hits` of `n`, with the 95% Wilson interval [low, high]; 0 to 1 where there was nothing to count."""

    model: str
    split: str
    metric: str
    hits: int
    n: int
    low: float
    high: float

    @property
    def share(self) -> float:
        return self.hits / self.n if self.n else 0.0


def wilson(hits: int, n: int, z: float = 1.96) -> tuple[float, float]:
    """Return the Wilson score interval of `hits` of `n`; it stays within 0 and 1 and holds for small n."""
    if n == 0:
        return 0.0, 1.0
    share, square = hits / n, z * z
    middle = (share + square / (2 * n)) / (1 + square / n)
    half = z * math.sqrt(share * (1 - share) / n + square / (4 * n * n)) / (1 + square / n)
    return max(0.0, middle - half), min(1.0, middle + half)


def rates(rows: Sequence[EvaluationRow]) -> list[Rate]:
    """Return all metrics of each model on each split, models and splits in order of appearance."""
    found: list[Rate] = []
    for split in dict.fromkeys(row.split for row in rows):
        for model in dict.fromkeys(row.model for row in rows):
            mine = [row for row in rows if row.model == model and row.split == split]
            found += _rates(model, split, mine)
    return found


def _rates(model: str, split: str, rows: Sequence[EvaluationRow]) -> Iterable[Rate]:
    n = len(rows)
    counted = (
        (sum(row.valid_calls for row in rows), sum(row.calls for row in rows)),
        (sum(row.right_tool for row in rows), n),
        (sum(row.exact_arguments for row in rows), n),
        (sum(row.success for row in rows), n),
    )
    for metric, (hits, total) in zip(METRICS, counted, strict=True):
        yield Rate(model, split, metric, hits, total, *wilson(hits, total))
