"""The YAML of an agent and of a tool, field by field: NexAU's own, and what we add.

Field descriptions become the published JSON Schema (`docs/schemas/`), which editors read. A field
that NexAU knows and we do not carry out is listed in `UNSUPPORTED` with what to do instead, so that the
loader can say it.
"""

from __future__ import annotations

from typing import Annotated, Any, Literal, TypeVar

from pydantic import BaseModel, ConfigDict, Discriminator, Field, Tag, model_validator

M = TypeVar("M")


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", populate_by_name=True)

    @model_validator(mode="before")
    @classmethod
    def _without_empty_keys(cls, value: Any) -> Any:
        """A key with nothing behind it is as good as absent."""
        return {k: v for k, v in value.items() if v is not None} if isinstance(value, dict) else value


def _kind(value: Any) -> str | None:
    kinds = ((str, "tagged-text"), (list, "tagged-list"), (dict | BaseModel, "tagged-mapping"))
    return next((tag for kind, tag in kinds if isinstance(value, kind)), None)


_EITHER = Discriminator(
    _kind, custom_error_type="wrong_kind", custom_error_message="Neither a text nor one of the other forms"
)
"""Tells by its YAML kind which form of a field is meant, so that a fault is told of that form only."""

Text = Annotated[str, Tag("tagged-text")]
Mapping = Annotated[M, Tag("tagged-mapping")]


class PromptPart(_Strict):
    """A piece of a system prompt."""

    content: str
    cache: bool = Field(False, description="Let the provider cache the prompt up to here (Anthropic).")


class ToolEntry(_Strict):
    """A tool. With `yaml_path` it is the agent's own; with a name alone it selects tools of the host."""

    name: str = Field(description="The tool's name, or a selector: `server__tool`, `server__*`, `*`.")
    yaml_path: str | None = Field(None, description="The tool's YAML, relative to this file.")
    binding: str | None = Field(None, description="`package.module:function` that carries it out.")
    lazy: bool = Field(False, description="Import the binding at the first call only (it always is).")
    as_skill: bool = Field(False, description="Show `skill_description` only; the schema comes by search.")
    defer_loading: bool = Field(False, description="Show the tool only once `search_tools` has found it.")
    search_hint: str | None = Field(None, description="Further words by which `search_tools` finds it.")
    extra_kwargs: dict[str, Any] = Field({}, description="Arguments that each call gets over the model's.")
    source_id: str | None = Field(None, description="Where the entry came from; kept for NexAU, not used.")


class SubAgentEntry(_Strict):
    """An agent that this one may call as a tool."""

    name: str = Field(pattern=r"^[A-Za-z0-9_-]{1,64}$", description="The tool's name.")
    config_path: str = Field(description="The sub-agent's YAML, relative to this file.")
    source_id: str | None = None


class SkillEntry(_Strict):
    """A folder with a SKILL.md."""

    name: str | None = None
    path: str
    source_id: str | None = None


class ImportEntry(_Strict):
    """Something to import, called with `params` where they are given."""

    import_path: str = Field(alias="import", description="`package.module:name`")
    params: dict[str, Any] | None = None


Imports = list[Annotated[Text | Mapping[ImportEntry], _EITHER]]


class SecretFromEnvironment(_Strict):
    """A secret by the name of the variable that holds it."""

    source: Literal["env"] = "env"
    key: str = Field(pattern=r"^[A-Za-z_][A-Za-z0-9_]*$")


class BearerAuth(_Strict):
    """A token that each request carries."""

    type: Literal["bearer"] = "bearer"
    token: SecretFromEnvironment


class McpServerEntry(_Strict):
    """An MCP server that the agent brings along; all its tools are offered to this agent only."""

    name: str
    type: Literal["stdio", "http", "sse"] = "stdio"
    command: str | None = None
    args: list[str] = []
    env: dict[str, str] = {}
    url: str | None = None
    headers: dict[str, str] = {}
    auth: BearerAuth | None = Field(None, description="Only `bearer` is carried out.")
    timeout: float | None = Field(None, gt=0, description="Seconds for one call.")
    disable_parallel: bool = False
    source_id: str | None = None


class SandboxEntry(_Strict):
    """Where tools work. Only `local` is carried out."""

    type: Literal["local"] = "local"
    work_dir: str | None = Field(None, description="What prompts see as `working_directory`.")


class AgentYaml(_Strict):
    """An agent."""

    type: Literal["agent"] | None = None
    name: str = Field(pattern=r"^[^/\s][^/]*$", description="How traces call it.")
    description: str | None = Field(None, description="What a parent is told about this agent.")
    system_prompt: Annotated[
        Text
        | Mapping[PromptPart]
        | Annotated[list[Annotated[Text | Mapping[PromptPart], _EITHER]], Tag("tagged-list")],
        _EITHER,
    ] = ""
    system_prompt_type: Literal["string", "file", "jinja"] = "string"
    system_prompt_suffix: str | None = None
    tools: list[Annotated[Text | Mapping[ToolEntry], _EITHER]] = []
    sub_agents: list[SubAgentEntry] | None = None
    skills: list[Annotated[Text | Mapping[SkillEntry], _EITHER]] = []
    llm_config: dict[str, Any] | None = Field(None, description="model, base_url, api_key, api_type, …")
    mcp_servers: list[McpServerEntry] = []
    middlewares: Imports | None = None
    before_model_hooks: Imports | None = None
    after_model_hooks: Imports | None = None
    before_tool_hooks: Imports | None = None
    after_tool_hooks: Imports | None = None
    tracers: Imports = Field([], description="Middlewares by another name; events are recorded anyway.")
    stop_tools: list[str] | None = None
    max_iterations: int = Field(100, ge=1, description="Completions for one user turn.")
    max_context_tokens: int = Field(128_000, ge=1)
    max_running_subagents: int = Field(5, ge=1, description="At the same time.")
    tool_call_mode: Literal["structured", "xml", "openai", "anthropic"] = "structured"
    retry_attempts: int | None = Field(None, ge=0, description="Retries of one completion; default 5.")
    timeout: float | None = Field(None, gt=0, description="Seconds for one user turn.")
    sandbox_config: SandboxEntry | None = None
    context: dict[str, Any] | None = Field(None, description="Values for a Jinja prompt, and for tools.")
    initial_context: dict[str, Any] | None = Field(None, description="The same as `context`.")
    initial_state: dict[str, Any] | None = Field(None, description="What middlewares and tools share.")
    global_storage: dict[str, Any] = Field({}, description="What the tools of all agents share.")
    variables: dict[str, Any] = Field({}, description="Values for `${variables.a.b}` in this file.")
    compact_at: float = Field(0.8, ge=0, le=1, description="Part of the context at which it is compacted.")
    resumable: bool = Field(False, description="Offer `resume_agent` for sub-agents that have answered.")


class ToolYaml(_Strict):
    """A tool."""

    type: Literal["tool"] | None = None
    name: str
    description: str
    input_schema: dict[str, Any] = {"type": "object", "properties": {}}
    skill_description: str | None = Field(None, description="One line for a tool loaded as a skill.")
    disable_parallel: bool = Field(False, description="Calls of it run alone.")
    lazy: bool = False
    defer_loading: bool = False
    search_hint: str | None = Field(None, description="Further words by which `search_tools` finds it.")
    as_skill: bool = Field(False, description="As in the agent's entry.")
    template_override: str | None = Field(None, description="Jinja text for the description in xml mode.")
    binding: str | None = None
    formatter: Literal["markdown"] | None = Field(None, description="How results are shown: as they are.")
    effect: Literal["read", "write", "unknown"] = "unknown"


UNSUPPORTED: dict[str, str] = {
    "plugins": "list what the plugin adds (tools, skills, middlewares) in the agent's own file",
    "token_counter": "the provider's own counts are used",
    "error_handler": "use a middleware",
    "initial_config": "put the values under `context` or `initial_state`",
    "mcp_servers.*.auth.type": "only `bearer` is carried out; or put a header with ${env.X} under `headers`",
    "mcp_servers.*.permissions": "offer only the tools that may be used: `tools: [server__tool]`",
    "mcp_servers.*.tool_permissions": "offer only the tools that may be used: `tools: [server__tool]`",
    "sandbox_config.type": "only `local` is carried out",
    "custom_llm_generator": "use a middleware",
    "builtin": "name a `binding`",
    "formatter": "let the tool return the text that the model should see, or use an `after_tool` hook",
}
"""Fields of NexAU that are refused, and what to do instead."""
