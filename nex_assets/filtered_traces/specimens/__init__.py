"""Specimens: good traces from a seed, in many domains and shapes, for calibration, benchmarks and tests.

They stand in where no rollouts have been verified yet; calibration mixes them with real ones. A family is a
function `(rng) -> Specimen`; `good(seed, n)` draws from all of them in turn.
"""

from nex_assets.filtered_traces.specimens.base import Specimen
from nex_assets.filtered_traces.specimens.draw import FAMILIES, good

__all__ = ["FAMILIES", "Specimen", "good"]
