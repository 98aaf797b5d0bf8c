"""Trajectories that users already have: one reader a foreign format, each from a parsed record to our
trajectories. `READERS` maps the formats' names to them; what does not read raises `ForeignError` with
the key where."""

from collections.abc import Callable
from typing import Any

from nex_resources.formats.foreign import (
    adp,
    anthropic_chat,
    atif,
    langfuse,
    nexau_chat,
    openai_chat,
    toucan,
)
from nex_resources.formats.foreign.build import ForeignError
from nex_resources.formats.foreign.writers import WRITERS
from nex_resources.records import Trajectory

Reader = Callable[[Any], tuple[Trajectory, ...]]

READERS: dict[str, Reader] = {
    "openai": openai_chat.read,
    "anthropic": anthropic_chat.read,
    "nexau": nexau_chat.read,
    "toucan": toucan.read,
    "adp": adp.read,
    "atif": atif.read,
    "langfuse": langfuse.read,
}

__all__ = ["READERS", "WRITERS", "ForeignError", "Reader"]
