"""Sampling of leaves by inverse frequency; it lives in `nex_resources.sampling`, which queries share."""

from nex_resources.sampling.sampler import DEFAULT_ALPHA, Sampler, balance, stratified_round

__all__ = ["DEFAULT_ALPHA", "Sampler", "balance", "stratified_round"]
