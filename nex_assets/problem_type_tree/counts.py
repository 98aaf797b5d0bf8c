"""Durable counts of leaves; they live in `nex_resources.sampling`, which queries share."""

from nex_resources.sampling.counts import ROUND_LIMIT, LeafCounts, LeafSampler

__all__ = ["ROUND_LIMIT", "LeafCounts", "LeafSampler"]
