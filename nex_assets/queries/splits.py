"""What keeps held-out queries apart from training: world seeds, shapes, phrasings, and values.

train            even world seeds, trained shapes, trained phrasings
seen             odd world seeds (so other rows and values), trained shapes and phrasings
unseen_phrasing  odd world seeds, trained shapes, held-out phrasings
unseen_shape     odd world seeds, held-out shapes, trained phrasings
"""

from __future__ import annotations

import hashlib
import re
from typing import get_args

from nex_resources.domains import Phrasing
from nex_resources.records import Split
from nex_resources.worlds.pools import Pool

SPLITS: tuple[Split, ...] = get_args(Split)


def pool_of(split: Split) -> Pool:
    """Return the pool of worlds and values that `split` draws from."""
    return "train" if split == "train" else "held_out"


JOINTS = re.compile(r">>|[+&;]")
"""What joins the goals of a shape: handed on, in one world, over worlds, in later turns."""


def shape_held_out(shape: str, share: float) -> bool:
    """Tell whether `shape`, or the shape of any of its goals, is kept out of training. A fixed hash decides,
    so all runs agree."""
    return any(_hash(part) < share * 2**32 for part in goals_of(shape))


def goals_of(shape: str) -> list[str]:
    """Return a shape's single goals: `retail/a+b&travel/c` → `retail/a`, `retail/b`, `travel/c`."""
    found, world = [], ""
    for part in JOINTS.split(shape):
        world = part.partition("/")[0] if "/" in part else world
        found.append(part if "/" in part else f"{world}/{part}")
    return found


def _hash(shape: str) -> int:
    return int.from_bytes(hashlib.blake2b(f"shape:{shape}".encode(), digest_size=4).digest(), "big")


def shape_fits(shape: str, split: Split, share: float) -> bool:
    return shape_held_out(shape, share) == (split == "unseen_shape")


def phrasing_fits(phrasing: Phrasing, split: Split) -> bool:
    return phrasing.held_out == (split == "unseen_phrasing")
