"""Labelled traces for calibration: mutants, good traces and hard negatives, split in halves by query."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import Literal

import msgspec

from nex_assets.filtered_traces.mutators import MUTATORS, STRENGTHS
from nex_assets.filtered_traces.specimens import Specimen
from nex_resources.records import Query, Trace, Verdict, derive_seed, generator

Half = Literal["train", "test"]
CLEAN = "clean"
NEGATIVE = "hard negative"


class Labelled(msgspec.Struct, frozen=True):
    """A trace whose truth is known. `label` is the injected kind, `clean` or `hard negative`; `true` holds
    every kind that may rightly be found, the label's own included."""

    label: str
    true: frozenset[str]
    half: Half
    family: str
    strength: int
    trace: Trace
    query: Query
    verdict: Verdict


def half_of(query: Query, seed: int) -> Half:
    """Assign a query, with all that is made of it, to one half."""
    return "train" if derive_seed(seed, "half", query.text) % 2 else "test"


_ERRORS = {
    "invalid_arguments": {"schema_violation", "unknown_argument", "invalid_json"},
    "unknown_tool": {"unknown_tool"},
}


def _own(specimen: Specimen) -> frozenset[str]:
    """Kinds that a good specimen has of itself: authentic errors that it recovers from. Names are only
    flagged, and rightly stand in many answers."""
    results = [r for t in specimen.trace.trajectories for m in t.messages for r in m.results]
    kinds = {"ungrounded_name"}
    for result in results:
        if result.error is not None:
            kinds |= {"tool_error"} | _ERRORS.get(result.error, set())
    return frozenset(kinds)


def unharmed(specimens: Iterable[Specimen], label: str, seed: int) -> Iterator[Labelled]:
    """Label good traces or hard negatives."""
    for one in specimens:
        half = half_of(one.query, seed)
        yield Labelled(label, _own(one), half, one.family, 0, one.trace, one.query, one.verdict)


def mutated(
    specimens: Sequence[Specimen], seed: int, per_kind: int, kinds: Iterable[str] = MUTATORS
) -> Iterator[Labelled]:
    """Yield, for every kind, up to `per_kind` mutants a half and strength, spread over the families."""
    for kind in kinds:
        counts: Counter[tuple[Half, int]] = Counter()
        for one in specimens:
            half = half_of(one.query, seed)
            for strength in STRENGTHS:
                if counts[half, strength] >= per_kind:
                    continue
                rng = generator(seed, "mutants", kind, strength, one.trace.id)
                mutant = MUTATORS[kind](one, rng, strength)
                if mutant is None:
                    continue
                counts[half, strength] += 1
                true = mutant.also | _own(one) | {kind}
                yield Labelled(
                    kind, true, half, one.family, strength, mutant.trace, mutant.query, mutant.verdict
                )
            if all(counts[half, s] >= per_kind for half in ("train", "test") for s in STRENGTHS):
                break
