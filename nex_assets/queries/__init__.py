"""Queries: tasks in words, each proved executable before it is asked.

`make.py` is the pipeline (leaf → blueprint → certificate → words), `maker.py` one batch of it,
`contracts.py` what it is given; `planner.py` chooses shapes by a leaf's constraint and the `blueprint*`
and `certificate*` files sample and prove. `grammar.py` and `text.py` put a plan into words from the domain
files, `persona.py` chooses who speaks, `paraphrase.py` asks a model to reword. `fuzzification*.py` take
identifiers out, `fusion.py` joins several sources, `finish.py` verifies them on real servers. `splits.py`,
`dedup.py` and `decontamination.py` keep queries apart from training, from each other and from benchmarks;
`coverage.py`, `diversity.py` and `summary.py` report.
"""

from nex_assets.queries.batch import BatchError, leaves_of, make_batch
from nex_assets.queries.coverage import Coverage, Quota, coverage_report
from nex_assets.queries.decontamination import decontaminate, load_bfcl
from nex_assets.queries.dedup import near_duplicates
from nex_assets.queries.diversity import compare
from nex_assets.queries.finish import reword, verify_sources
from nex_assets.queries.fusion import Fusion, FusionError, fuse, verify_evidence
from nex_assets.queries.fuzzification import Fuzzed, fuzzify
from nex_assets.queries.grammar import TextError
from nex_assets.queries.make import Batch, PlanError, Planner, QueryPlan, Reject, Report, make_queries
from nex_assets.queries.paraphrase import ParaphraseReport, paraphrase
from nex_assets.queries.planner import WorldPlanner
from nex_assets.queries.summary import summary
from nex_assets.queries.text import Saying, say

__all__ = [
    "Batch",
    "BatchError",
    "Coverage",
    "Fusion",
    "FusionError",
    "Fuzzed",
    "ParaphraseReport",
    "PlanError",
    "Planner",
    "QueryPlan",
    "Quota",
    "Reject",
    "Report",
    "Saying",
    "TextError",
    "WorldPlanner",
    "compare",
    "coverage_report",
    "decontaminate",
    "fuse",
    "fuzzify",
    "leaves_of",
    "load_bfcl",
    "make_batch",
    "make_queries",
    "near_duplicates",
    "paraphrase",
    "reword",
    "say",
    "summary",
    "verify_evidence",
    "verify_sources",
]
