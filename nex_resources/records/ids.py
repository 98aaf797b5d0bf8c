"""Content-hash identifiers and the seeds that derive from them.

Ids depend on content only, so that a re-run replaces rows and never doubles them. Seeds are derived
from (seed, stage, key), so that a unit of work draws the same numbers in whatever order it runs.
"""

from __future__ import annotations

import hashlib
import json
import random
from typing import Any

import msgspec


def canonical_json(value: Any) -> str:
    """Render `value` (builtins, msgspec structs) as JSON with sorted keys and no spare white space."""
    builtins = msgspec.to_builtins(value)
    return json.dumps(builtins, sort_keys=True, ensure_ascii=False, separators=(",", ":"))


def content_id(prefix: str, value: Any) -> str:
    """Return `prefix_` and 16 hex digits (64 bits) of the BLAKE2b hash of `value`'s canonical JSON."""
    digest = hashlib.blake2b(canonical_json(value).encode(), digest_size=8).hexdigest()
    return f"{prefix}_{digest}"


def derive_seed(seed: int, *key: object) -> int:
    """Derive a 63-bit seed for the unit of work that `key` names."""
    text = canonical_json([seed, *map(str, key)])
    return int.from_bytes(hashlib.blake2b(text.encode(), digest_size=8).digest(), "big") >> 1


def generator(seed: int, *key: object) -> random.Random:
    """Return the one random generator of the unit of work that `key` names."""
    return random.Random(derive_seed(seed, *key))
