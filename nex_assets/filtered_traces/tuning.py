"""Tuning: choose each limit on the train half, one at a time, by the kinds of its own detector.

A candidate wins if it has fewer false findings, and at equal counts more hits; ties keep what is
configured. Only limits whose best value is a matter of measurement are in the grid.
"""

from __future__ import annotations

from collections.abc import Sequence

from nex_assets.filtered_traces.context import Context
from nex_assets.filtered_traces.kinds import KINDS
from nex_assets.filtered_traces.labelled import Labelled
from nex_assets.filtered_traces.limits import Limits
from nex_assets.filtered_traces.registry import DETECTORS
from nex_assets.filtered_traces.rules import QualityConfig
from nex_assets.filtered_traces.view import View

GRID: dict[tuple[str, str], tuple[float, ...]] = {
    ("repetition", "unit_repeats"): (3, 4, 5),
    ("repetition", "identical_calls"): (3, 4),
    ("repetition", "cycles"): (2, 3, 4),
    ("truncation", "prose_words"): (4, 6, 8),
    ("grounding", "derivable_numbers"): (20, 40, 80),
    ("reward_hacking", "literal_branches"): (2, 3, 4),
    ("verbosity", "filler_ratio"): (0.03, 0.05, 0.08),
    ("language", "mixed_run"): (1, 2, 3),
}


def tune(train: Sequence[Labelled], config: QualityConfig) -> QualityConfig:
    """Return `config` with the grid's limits set to what does best on `train`."""
    for (detector, name), candidates in GRID.items():
        own = {kind.name for kind in KINDS.values() if kind.detector == detector}
        relevant = [one for one in train if one.label in own or one.label not in KINDS]
        current = getattr(getattr(config.limits, detector), name)
        scored = {value: _score(relevant, detector, own, _with(config.limits, detector, name, value), config)
                  for value in dict.fromkeys((current, *candidates))}  # fmt: skip
        best = max(scored, key=lambda value: (*scored[value], value == current))
        config = config.model_copy(update={"limits": _with(config.limits, detector, name, best)})
    return config


def _with(limits: Limits, detector: str, name: str, value: float) -> Limits:
    section = getattr(limits, detector)
    return limits.model_copy(update={detector: section.model_copy(update={name: value})})


def _score(
    train: Sequence[Labelled], detector: str, own: set[str], limits: Limits, config: QualityConfig
) -> tuple[int, int]:
    """Return (minus false findings, hits) of one detector."""
    false = hits = 0
    for one in train:
        context = Context(View(one.trace), one.query, one.verdict, limits, config.allowed_sources)
        found = {f.kind for f in DETECTORS[detector](one.trace, context) if f.severity != "info"} & own
        hits += one.label in found
        false += bool(found - one.true)
    return -false, hits
