"""An agent hierarchy, resolved: what the runtime runs. `runtime/load.py` makes it from YAML."""

from __future__ import annotations

from typing import Any

import msgspec


class AgentSpec(msgspec.Struct, frozen=True, omit_defaults=True):
    """One agent and those below it.

    `tools` holds selectors over the qualified names a rollout's `ToolHost` offers: an exact name
    (`retail__get_order`), all tools of a server (`retail__*`), or `*`. A sub-agent appears to its
    parent as one tool with its name and a single string parameter `message`.
    """

    name: str
    description: str = ""
    system_prompt: str = ""
    tools: tuple[str, ...] = ()
    sub_agents: tuple[AgentSpec, ...] = ()
    max_iterations: int = 20
    max_context_tokens: int = 128_000
    stop_tools: tuple[str, ...] = ()
    settings: dict[str, Any] = {}  # for the LLM: model, temperature, max_tokens, …

    def walk(self) -> list[AgentSpec]:
        """Return this agent and all below it, parents first."""
        return [self, *(agent for child in self.sub_agents for agent in child.walk())]
