"""Inverse-frequency sampling of leaves: exact, fast, with counts that are durable and shared.

`sampler.py` draws with weight 1/(count+1)^alpha, `counts.py` keeps the counts in a file that any number
of processes share. The problem type tree and the queries use it.
"""

from nex_resources.sampling.counts import LeafCounts, LeafSampler
from nex_resources.sampling.sampler import DEFAULT_ALPHA, Sampler, balance, stratified_round

__all__ = ["DEFAULT_ALPHA", "LeafCounts", "LeafSampler", "Sampler", "balance", "stratified_round"]
