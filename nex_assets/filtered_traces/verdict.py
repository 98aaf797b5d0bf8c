"""From findings to a decision: keep, keep with masked turns, repair, or quarantine. Nothing is deleted."""

from __future__ import annotations

import msgspec

from nex_assets.filtered_traces.context import Context
from nex_assets.filtered_traces.redaction import redact
from nex_assets.filtered_traces.registry import findings
from nex_assets.filtered_traces.repair import repair
from nex_assets.filtered_traces.rules import Rules
from nex_resources.records import (
    Assessment,
    Decision,
    Finding,
    Query,
    Trace,
    Verdict,
    content_id,
    edits_between,
)


def assess(
    trace: Trace,
    query: Query | None = None,
    verdict: Verdict | None = None,
    rules: Rules | None = None,
    extra: tuple[Finding, ...] = (),
) -> Assessment:
    """Assess `trace` against the query it answers and its verifier's verdict (None where there is none).
    `extra` are findings from elsewhere: the judge, or duplicates across traces."""
    rules = rules or Rules()
    context = Context.of(trace, query, verdict, rules.limits, rules.config.allowed_sources)
    return decide(trace, (*findings(trace, context), *extra), rules)


def decide(trace: Trace, found: tuple[Finding, ...], rules: Rules) -> Assessment:
    """Decide over `trace` by `rules`. Quarantine beats masking, which beats repair; `reasons` are the
    kinds that decided, sorted, so that they can be counted."""
    kept = [_graded(one, rules) for one in found if rules.action(one.kind) != "off"]
    drops = [one for one in kept if one.severity == "drop"]
    masked = {(one.trajectory, one.message) for one in drops if rules.action(one.kind) == "mask"}
    fatal = {one.kind for one in drops if rules.action(one.kind) == "quarantine"}
    for place in masked:
        if not _recovers(trace, place, masked, rules.config.max_masked_share):
            fatal |= {
                one.kind
                for one in drops
                if (one.trajectory, one.message) == place and rules.action(one.kind) == "mask"
            }
    decision, reasons = _decision(drops, fatal, masked, rules)
    changed, redacted = (trace, {}) if decision == "quarantine" else _mended(trace, drops, rules)
    return Assessment(
        content_id("assessment", [trace.id, rules.id]),
        trace.id,
        decision,
        tuple(sorted(reasons)),
        tuple(kept),
        tuple(sorted(masked)) if decision in ("keep_masked", "repair") else (),
        rules.id,
        () if changed is trace else edits_between(trace, changed),
        redacted,
    )


def _mended(trace: Trace, drops: list[Finding], rules: Rules) -> tuple[Trace, dict[str, int]]:
    """Repair and redact what was found, as far as the rules say so; the trace itself where nothing is."""
    actions = {rules.action(one.kind) for one in drops}
    if "repair" in actions:
        trace = repair(trace).trace
    if "redact" not in actions:
        return trace, {}
    kinds = {one.kind for one in drops if rules.action(one.kind) == "redact"}
    done = redact(trace, rules.config.allowed_sources, kinds)
    return done.trace, done.counts


def _decision(
    drops: list[Finding], fatal: set[str], masked: set[tuple[int, int]], rules: Rules
) -> tuple[Decision, set[str]]:
    if fatal:
        return "quarantine", fatal
    repairs = {one.kind for one in drops if rules.action(one.kind) in ("repair", "redact")}
    masks = {one.kind for one in drops if rules.action(one.kind) == "mask"}
    if repairs:
        return "repair", repairs | masks
    return ("keep_masked", masks) if masked else ("keep", set())


def _graded(one: Finding, rules: Rules) -> Finding:
    """A kind that may only flag has its findings lowered."""
    if one.severity == "drop" and rules.action(one.kind) == "flag":
        return msgspec.structs.replace(one, severity="flag")
    return one


def _recovers(trace: Trace, place: tuple[int, int], masked: set[tuple[int, int]], most: float) -> bool:
    """Tell whether the trajectory goes on to a sound final answer, and most of its turns stay trainable."""
    index, message = place
    if not 0 <= index < len(trace.trajectories):
        return False
    messages = trace.trajectories[index].messages
    turns = [i for i, m in enumerate(messages) if m.role == "assistant"]
    if not turns or message not in turns or (index, turns[-1]) in masked or messages[turns[-1]].calls:
        return False
    return sum((index, turn) in masked for turn in turns) <= most * len(turns)
