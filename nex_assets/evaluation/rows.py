"""From a rollout to its row of the `evaluations` table."""

from __future__ import annotations

from nex_assets.evaluation.scoring import score
from nex_resources.records import Query
from nex_resources.rollouts import Outcome
from nex_resources.store import EvaluationRow


def to_row(query: Query, outcome: Outcome, model: str, checkpoint_id: str, seed: int) -> EvaluationRow:
    """Score `outcome` of `query` by the model named `model` and flatten it into a row."""
    trace, verdict = outcome.trace, outcome.verdict
    scores = score(query, trace, verdict)
    return EvaluationRow(
        id=trace.id,
        model=model,
        split=query.split,
        query_id=query.id,
        checkpoint_id=checkpoint_id,
        seed=seed,
        calls=scores.calls,
        valid_calls=scores.valid_calls,
        right_tool=scores.right_tool,
        exact_arguments=scores.exact_arguments,
        success=scores.success,
        status=trace.status,
        answer=trace.answer,
        reasons=verdict.reasons,
        trace=trace,
    )
