"""The detectors by name, in the order in which they run."""

from __future__ import annotations

from collections.abc import Callable

from nex_assets.filtered_traces import (
    errors,
    grounding,
    hallucination,
    language,
    malformed,
    outcome,
    placeholder,
    policy,
    refusal,
    repetition,
    reward_hacking,
    secrets,
    truncation,
    verbosity,
)
from nex_assets.filtered_traces.context import Context
from nex_resources.records import Finding, Trace

Detector = Callable[[Trace, Context], list[Finding]]

DETECTORS: dict[str, Detector] = {
    "truncation": truncation.detect,
    "repetition": repetition.detect,
    "malformed": malformed.detect,
    "hallucination": hallucination.detect,
    "grounding": grounding.detect,
    "reward_hacking": reward_hacking.detect,
    "verbosity": verbosity.detect,
    "placeholder": placeholder.detect,
    "errors": errors.detect,
    "outcome": outcome.detect,
    "policy": policy.detect,
    "refusal": refusal.detect,
    "language": language.detect,
    "secrets": secrets.detect,
}


def findings(trace: Trace, context: Context) -> list[Finding]:
    """Run every detector over `trace`."""
    return [found for detect in DETECTORS.values() for found in detect(trace, context)]
