"""Queries: tasks in words, each proved executable before it is asked.

`make.py` is the pipeline: a leaf of the problem type tree → a blueprint → its certificate → words;
`planner.py` chooses shapes by a leaf's constraint.
`grammar.py` and `text.py` put a blueprint into words from the domain files, `persona.py` chooses who
speaks, `splits.py` keeps held-out queries apart from training, `coverage.py` steers and reports the
sampled dimensions.
"""

from nex_assets.queries.batch import BatchError, leaves_of, make_batch
from nex_assets.queries.coverage import Coverage, Quota, coverage_report
from nex_assets.queries.grammar import TextError
from nex_assets.queries.make import Batch, PlanError, Planner, QueryPlan, Reject, Report, make_queries
from nex_assets.queries.planner import WorldPlanner
from nex_assets.queries.splits import Leak, find_leaks
from nex_assets.queries.text import Saying, say

__all__ = [
    "Batch",
    "BatchError",
    "Coverage",
    "Leak",
    "PlanError",
    "Planner",
    "QueryPlan",
    "Quota",
    "Reject",
    "Report",
    "Saying",
    "TextError",
    "WorldPlanner",
    "coverage_report",
    "find_leaks",
    "leaves_of",
    "make_batch",
    "make_queries",
    "say",
]
