"""Evaluation: base and trained student act as agents on live servers, on queries held out of training.

`live.py` carries the queries out, `scoring.py` scores each rollout beside the verifier's verdict,
`rates.py` adds up with intervals, `comparison.py` shows it; `few_shot.py` makes the baseline of worked
examples.
"""

from nex_assets.evaluation.arena import Arena, contestants, save
from nex_assets.evaluation.comparison import chart, table
from nex_assets.evaluation.few_shot import few_shot_messages
from nex_assets.evaluation.live import Contestant, TooFewError, choose_queries, compete, lone_agents
from nex_assets.evaluation.rates import METRICS, Rate, rates, wilson
from nex_assets.evaluation.rows import to_row
from nex_assets.evaluation.scoring import Scores, planned_calls, score

__all__ = [
    "METRICS",
    "Arena",
    "Contestant",
    "Rate",
    "Scores",
    "TooFewError",
    "chart",
    "choose_queries",
    "compete",
    "contestants",
    "few_shot_messages",
    "lone_agents",
    "planned_calls",
    "rates",
    "save",
    "score",
    "table",
    "to_row",
    "wilson",
]
