"""An agent hierarchy, resolved: what the runtime runs. `runtime/load.py` makes it from YAML, whose schema
is in `agent_yaml.py`."""

from __future__ import annotations

from typing import Any, Literal

import msgspec

from nex_resources.records.tool import ToolSpec


class Import(msgspec.Struct, frozen=True, omit_defaults=True):
    """Something to import, as `package.module:name`. With `params`, it is called with them first.

    `stage` is set for a bare hook function and says where in the loop it stands."""

    target: str
    params: dict[str, Any] | None = None
    stage: Literal["", "before_model", "after_model", "before_tool", "after_tool"] = ""


class PythonTool(msgspec.Struct, frozen=True, omit_defaults=True):
    """A tool of the agent's own: `binding` is the `package.module:function` that carries it out, `extra` are
    arguments that every call gets besides the model's."""

    spec: ToolSpec
    binding: str
    extra: dict[str, Any] = {}


class Skill(msgspec.Struct, frozen=True, omit_defaults=True):
    """Know-how that an agent may load: its prompt has `name` and `description`, `text` comes on demand."""

    name: str
    description: str
    text: str


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
    max_iterations: int = 20  # completions for one user turn
    max_context_tokens: int = 128_000
    stop_tools: tuple[str, ...] = ()  # a result of one of these is the agent's answer
    settings: dict[str, Any] = {}  # for the LLM: model, temperature, max_tokens, …
    python_tools: tuple[PythonTool, ...] = ()
    skills: tuple[Skill, ...] = ()
    deferred: tuple[str, ...] = ()  # selectors of tools that are shown only once a search finds them
    serial: tuple[str, ...] = ()  # selectors of tools whose calls run alone
    middlewares: tuple[Import, ...] = ()
    mcp_servers: dict[str, dict[str, Any]] = {}  # servers the agent brings along, by name
    tool_call_mode: Literal["structured", "xml"] = "structured"
    retry_attempts: int | None = None  # of a completion; None leaves it to the provider
    max_seconds: float | None = None  # wall clock for one user turn
    max_running_sub_agents: int | None = None  # at the same time
    state: dict[str, Any] = {}  # what the run's state starts as
    storage: dict[str, Any] = {}  # put into what all agents of a rollout share, when the agent starts
    compact_at: float = 0.8  # part of max_context_tokens at which the history is compacted; 0: never
    resumable: bool = False  # whether the agent may send further messages to sub-agents that have answered

    def walk(self) -> list[AgentSpec]:
        """Return this agent and all below it, parents first."""
        return [self, *(agent for child in self.sub_agents for agent in child.walk())]
