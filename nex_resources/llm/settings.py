"""What of a request's settings goes on the wire."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

OURS = frozenset({"agent", "span", "model", "cache_prompt", "retry_attempts"})
"""Settings that steer the client; every other one is sent as it is."""


def wire_settings(defaults: Mapping[str, Any], settings: Mapping[str, Any]) -> dict[str, Any]:
    """Return the request's own fields: the provider's defaults under the agent's settings. None unsets."""
    merged = {**defaults, **settings}
    extra = merged.pop("extra_body", None) or {}
    sent = {key: value for key, value in merged.items() if key not in OURS and value is not None}
    return {**sent, **extra}
