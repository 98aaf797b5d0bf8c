"""Value pools: what training worlds draw, held-out worlds never do.

A world seed belongs to one pool (even seeds: train, odd seeds: held-out), and so does each value, by a
hash of its text. A world draws ids, names, cities, amounts … only from its seed's pool.
"""

from __future__ import annotations

import hashlib
import random
from collections.abc import Callable, Sequence
from typing import Any, Literal, TypeVar

from nex_resources.records import generator

Pool = Literal["train", "held_out"]
T = TypeVar("T")


def pool_of_seed(seed: int) -> Pool:
    """Return the pool that worlds with this seed draw from."""
    return "held_out" if seed % 2 else "train"


def world_seed(pool: Pool, number: int) -> int:
    """Return the `number`-th world seed of `pool`."""
    return 2 * number + (pool == "held_out")


def pool_of_value(value: Any) -> Pool:
    """Return the pool that `value` belongs to: a third of all values are held out."""
    digest = hashlib.blake2b(str(value).casefold().encode(), digest_size=4).digest()
    return "held_out" if int.from_bytes(digest, "big") % 3 == 0 else "train"


class Draw:
    """Seeded draws that stay inside the pool of `seed`."""

    def __init__(self, seed: int, *key: object):
        self.pool = pool_of_seed(seed)
        self.rng: random.Random = generator(seed, *key)
        self._taken: set[Any] = set()

    def make(self, maker: Callable[[random.Random], T], unique: bool = False) -> T:
        """Draw with `maker` until the value is in the pool (and new to this generator, if `unique`)."""
        for _ in range(1000):
            value = maker(self.rng)
            if pool_of_value(value) == self.pool and not (unique and value in self._taken):
                if unique:
                    self._taken.add(value)
                return value
        raise ValueError(f"no value left in pool {self.pool!r} after 1000 draws: widen the maker's range")

    def pick(self, items: Sequence[T], unique: bool = False) -> T:
        """Pick one of `items` that is in the pool."""
        return self.make(lambda rng: rng.choice(items), unique)

    def choice(self, items: Sequence[T]) -> T:
        """Pick one of `items` whatever its pool: for closed sets such as statuses."""
        return self.rng.choice(items)

    def identifier(self, prefix: str, digits: int = 4) -> str:
        """Draw a new id such as `O4821`."""
        low, high = 10 ** (digits - 1), 10**digits - 1
        return self.make(lambda rng: f"{prefix}{rng.randint(low, high)}", unique=True)

    def amount(self, low: float, high: float) -> float:
        """Draw an amount with two decimals."""
        return self.make(lambda rng: round(rng.uniform(low, high), 2))

    def number(self, low: int, high: int) -> int:
        """Draw an integer in [low, high]."""
        return self.make(lambda rng: rng.randint(low, high))

    def date(self, first: str = "2026-01-05", days: int = 320) -> str:
        """Draw an ISO date within `days` of `first`."""
        import datetime

        start = datetime.date.fromisoformat(first)
        return self.make(lambda rng: (start + datetime.timedelta(days=rng.randrange(days))).isoformat())
