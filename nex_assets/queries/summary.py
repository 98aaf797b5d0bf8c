"""A batch in figures, as the run's metadata shows them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import Any

import msgspec

from nex_assets.queries.diversity import compare
from nex_assets.queries.make import Batch


def summary(batch: Batch) -> dict[str, Any]:
    """Return what became of a batch, as JSON values: yield and reject reasons, histograms of kind and
    difficulty, leaf balance, coverage, duplicates, benchmarks, variety, evidence, paraphrases."""
    report, queries = batch.report, batch.queries
    coverage = report.coverage
    return {
        "made": report.made,
        "yield": report.yield_share,
        "rejects": report.rejects,
        "kinds": _counts(coverage, "kind"),
        "difficulty": _counts(coverage, "difficulty"),
        "leaves": _leaves(Counter(query.leaf_id for query in queries)),
        "distance from targets": {
            name: coverage[name].distance for name in ("language", "framework", "persona") if name in coverage
        },
        "fuzzing": report.fuzzing,
        "near-duplicates removed": report.rejects.get("duplicate:near_duplicate", 0),
        "benchmarks": msgspec.to_builtins(report.decontamination) or {},
        "variety": msgspec.to_builtins(dict(compare(queries))),
        "evidence": report.evidence,
        "paraphrases": report.paraphrases,
    }


def _counts(coverage: Mapping[str, Any], name: str) -> dict[str, int]:
    return dict(coverage[name].counts) if name in coverage else {}


def _leaves(made: Mapping[str, int]) -> dict[str, int]:
    counts = list(made.values()) or [0]
    return {"used": len(made), "most": max(counts), "fewest": min(counts)}
