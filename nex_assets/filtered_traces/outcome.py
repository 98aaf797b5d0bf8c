"""Outcome: what the query's verifier says of the run."""

from __future__ import annotations

from nex_assets.filtered_traces.context import Context
from nex_assets.filtered_traces.kinds import finding
from nex_resources.records import Finding, Trace


def detect(trace: Trace, context: Context) -> list[Finding]:
    """Turn a failing verdict into findings."""
    verdict = context.verdict
    if verdict is None or verdict.success:
        return []
    found: list[Finding] = []
    if not verdict.state_ok:
        found.append(finding("wrong_state", evidence="; ".join(verdict.reasons) or "the final state differs"))
    last = context.view.threads[0].final if context.view.threads else -1
    if not verdict.facts_ok:
        missing = ", ".join(verdict.missing_facts) or "; ".join(verdict.reasons)
        found.append(finding("missing_fact", "drop", 0, last, "text", None, missing))
    if not found and not verdict.side_effects:
        found.append(
            finding("failed_verification", evidence="; ".join(verdict.reasons) or "the verifier says no")
        )
    return found
