"""Mutators: functions that inject one labelled defect into a good specimen, by kind, seed and strength.

A mutator's wording is one way among many to make a defect. Detectors must not be fitted to it; the
hand-written defects of `tests/filtered_traces` were phrased apart from it, to see what carries over.
"""

from nex_assets.filtered_traces.mutators.apply import MUTATORS, STRENGTHS, mutants
from nex_assets.filtered_traces.mutators.base import Mutant, Mutator

__all__ = ["MUTATORS", "STRENGTHS", "Mutant", "Mutator", "mutants"]
