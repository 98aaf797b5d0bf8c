"""What the stage makes: frameworks, and the steps on the way to them (roles, a reading, nodes)."""

from __future__ import annotations

from typing import Literal

import msgspec

from nex_assets.agent_frameworks.lexicon import Effect, PatternName
from nex_resources.records import content_id
from nex_resources.store import FrameworkRow

MAX_DEPTH = 3  # layers
MAX_NODES = 34  # agents
GENERAL = "general"  # the domain of a framework for several fields of work
Origin = Literal["composed", "handwritten", "llm"]


class Role(msgspec.Struct, frozen=True):
    """One position in a team. `duty` is a clause without its subject; `words` draw tools to the role."""

    name: str  # an identifier: lower case, underscores
    duty: str
    effect: Effect = "any"
    words: frozenset[str] = frozenset()
    tools: tuple[str, ...] = ()  # qualified names; empty until tools are dealt out


class Reading(msgspec.Struct, frozen=True):
    """What the rules understood of a description. `reasons` say which words decided what."""

    pattern: PatternName
    domain: str
    what: str  # what the work is about, in words
    servers: tuple[str, ...]
    roles: tuple[Role, ...] = ()
    lead: str = "lead"
    size: int = 0  # workers asked for; 0: not said
    reasons: tuple[str, ...] = ()


class Node(msgspec.Struct, frozen=True):
    """An agent of a plan, before it is written as YAML. `tools` are qualified names."""

    name: str
    description: str
    prompt: str
    tools: tuple[str, ...] = ()
    children: tuple[Node, ...] = ()

    def walk(self) -> list[Node]:
        """Return this node and all below it, parents first."""
        return [self, *(node for child in self.children for node in child.walk())]

    @property
    def depth(self) -> int:
        return 1 + max((child.depth for child in self.children), default=0)


Framework = FrameworkRow
"""A validated agent hierarchy is a row of the `agent_frameworks` table as it stands."""


def framework_id(files: dict[str, str], description: str = "") -> str:
    """Return the id of a framework: a hash of its files and the description it was made from."""
    return content_id("framework", [description, files])
