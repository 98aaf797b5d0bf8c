"""Rollouts: training queries are carried out by their frameworks on live MCP servers, and recorded.

`batch.py` says which rollouts a batch has and what rows they become; leasing, running and verifying
are `nex_resources.rollouts`, which evaluation shares.
"""

from nex_assets.raw_traces.batch import collect, to_row, training_rollouts

__all__ = ["collect", "to_row", "training_rollouts"]
