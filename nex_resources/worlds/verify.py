"""The verifier: did the rollout do what was asked, all of it, and nothing else?

The same function serves proofs, filters, evaluation and reward. State is compared as a semantic diff
between two snapshots, facts by `facts.states`; what an agent claims without having done it counts for
nothing.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from nex_resources.records import Change, Query, Trace, Verdict, canonical_json
from nex_resources.worlds.base import Rows
from nex_resources.worlds.facts import states
from nex_resources.worlds.registry import get

Snapshots = Mapping[str, Rows]
"""One snapshot per world of the query, by the world's name."""

REFUSING_KINDS = ("negative", "irrelevance")

_REFUSAL = re.compile(
    r"\b(?:can ?not|can't|could ?n[o']t|could not|unable"
    r"|not (?:possible|allowed|able|available|permitted|eligible)"
    r"|isn't (?:possible|allowed)|impossible|refus\w+|reject\w+|declin\w+|won't|no (?:tool|way|means)"
    r"|must be|does not|do not|don't|doesn't|there (?:is|are) no|no such|not found|not done)\b"
    r"|无法|不能|没有|不允许|不可以|拒绝|不存在|未能",
    re.IGNORECASE,
)


def verify(query: Query, trace: Trace, before: Snapshots, after: Snapshots) -> Verdict:
    """Judge a rollout. A trace that did not complete fails, whatever it changed."""
    verdict = verify_outcome(query, _said(trace), before, after)
    if trace.status == "completed":
        return verdict
    reasons = (f"trace status {trace.status}", *verdict.reasons)
    return Verdict(
        False, verdict.state_ok, verdict.facts_ok, verdict.side_effects, verdict.missing_facts, reasons
    )


def _said(trace: Trace) -> str:
    """What the user was told: the root's texts that ended its turns, the last one included."""
    texts = [m.text for m in trace.root.messages if m.role == "assistant" and m.text and not m.calls]
    return "\n".join(texts if trace.answer in texts else [*texts, trace.answer])


def verify_outcome(query: Query, answer: str, before: Snapshots, after: Snapshots) -> Verdict:
    """Judge a final answer and the states before and after it: the reward of one rollout."""
    expected = {_key(c): c for c in query.certificate.diff}
    seen = {_key(c): c for c in diff_all(before, after)}
    side_effects = tuple(f"{c.table}/{c.key}" for k, c in sorted(seen.items()) if k not in expected)
    undone = tuple(f"{c.table}/{c.key}" for k, c in sorted(expected.items()) if k not in seen)
    missing = tuple(f.name for f in query.blueprint.facts if not states(answer, f))
    refuses = query.blueprint.kind in REFUSING_KINDS
    facts_ok = not missing and (not refuses or is_refusal(answer))
    reasons = [f"unexpected change {name}" for name in side_effects]
    reasons += [f"missing change {name}" for name in undone]
    reasons += [f"fact not stated: {name}" for name in missing]
    if refuses and not is_refusal(answer):
        reasons.append("the answer does not refuse")
    state_ok = not side_effects and not undone
    return Verdict(state_ok and facts_ok, state_ok, facts_ok, side_effects, missing, tuple(reasons))


def is_refusal(answer: str) -> bool:
    """Tell whether an answer says that something was not, or cannot be, done."""
    return bool(_REFUSAL.search(answer.replace("’", "'")))


def diff_all(before: Snapshots, after: Snapshots) -> tuple[Change, ...]:
    """Return the changes of all worlds; tables are named `world.table`."""
    return tuple(
        Change(f"{name}.{c.table}", c.key, c.before, c.after)
        for name in sorted(before)
        for c in get(name).diff(before[name], after[name])
    )


def _key(change: Change) -> str:
    return canonical_json(change)
