"""What calibration measured, as stored: a kind's counts on the test half, with Wilson intervals."""

from __future__ import annotations

import math
from pathlib import Path

import msgspec

from nex_resources.config import ConfigError

Z95 = 1.959963984540054


def wilson(hits: int, n: int, z: float = Z95) -> tuple[float, float]:
    """Return Wilson's score interval for `hits` out of `n`; (0, 1) where nothing was measured."""
    if n == 0:
        return 0.0, 1.0
    share = hits / n
    centre = (share + z * z / (2 * n)) / (1 + z * z / n)
    spread = z * math.sqrt(share * (1 - share) / n + z * z / (4 * n * n)) / (1 + z * z / n)
    return max(0.0, centre - spread), min(1.0, centre + spread)


class Measured(msgspec.Struct, frozen=True):
    """A kind on the test half. `hits` of `positives` mutants were found; of the traces on which the kind
    fired, `hits` were right and `false` wrong; `clean` traces and hard negatives could have gone wrong.
    `limits` is the hash of the limits it was measured with."""

    hits: int
    positives: int
    false: int
    clean: int
    limits: str = ""

    @property
    def recall(self) -> float:
        return self.hits / self.positives if self.positives else 0.0

    @property
    def precision(self) -> float:
        fired = self.hits + self.false
        return self.hits / fired if fired else 0.0

    @property
    def recall_interval(self) -> tuple[float, float]:
        return wilson(self.hits, self.positives)

    @property
    def precision_interval(self) -> tuple[float, float]:
        return wilson(self.hits, self.hits + self.false)


class Calibration(msgspec.Struct, frozen=True):
    """A calibration: what was measured for each kind, on how many hard negatives, and with which seed.
    `matrix[label][kind]` counts traces: a mutant whose own kind was found counts there, else under what else
    was found, else under `nothing`."""

    kinds: dict[str, Measured]
    hard_negatives: int = 0
    false_drops: int = 0
    seed: int = 0
    matrix: dict[str, dict[str, int]] = {}
    version: int = 1

    def save(self, path: Path) -> None:
        """Write it as JSON with sorted keys."""
        path.write_bytes(
            msgspec.json.format(msgspec.json.encode(self, order="deterministic"), indent=2) + b"\n"
        )

    @classmethod
    def load(cls, path: Path) -> Calibration:
        """Read a stored calibration."""
        try:
            return msgspec.json.decode(path.read_bytes(), type=cls)
        except FileNotFoundError:
            raise ConfigError(path, "", "no calibration is stored here; measure one first") from None
        except msgspec.ValidationError as error:
            raise ConfigError(path, "", f"not a calibration: {error}") from None
