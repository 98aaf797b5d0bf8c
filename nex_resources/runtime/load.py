"""Read an agent hierarchy from NexAU's YAML: `load_agent` from disk, `load_agent_files` from memory."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any, TypeVar

import msgspec
import pydantic

from nex_resources.config import ConfigError, read_yaml, validate
from nex_resources.records import AgentSpec, PythonTool, ToolSpec
from nex_resources.records.agent import Import, Skill
from nex_resources.records.agent_yaml import (
    UNSUPPORTED,
    AgentYaml,
    ImportEntry,
    McpServerEntry,
    SkillEntry,
    ToolEntry,
    ToolYaml,
)
from nex_resources.runtime.arguments import schema_fault
from nex_resources.runtime.nexau_imports import absorb
from nex_resources.runtime.prompts import prompt_context, render_prompt
from nex_resources.runtime.skills import parse_skill, with_files
from nex_resources.runtime.sources import DiskSource, MappingSource, Source
from nex_resources.runtime.substitute import resolve_env, substitute

M = TypeVar("M", bound=pydantic.BaseModel)

CLIENT_KEYS = frozenset(
    {"base_url", "api_key", "api_type", "timeout", "max_retries", "stream", "debug", "replay_reasoning"}
)
"""Keys of `llm_config` that make the client; all others are settings of each request, but for those that
`additional_drop_params` names. (`debug` logs requests; events record them anyway.)"""


def load_agent(path: Path | str, context: Mapping[str, Any] | None = None) -> AgentSpec:
    """Read the agent at `path` with all its sub-agents; `context` holds values for their prompts and tools,
    over those of the files. Raises `ConfigError`."""
    return _Loader(DiskSource(), context).agent(str(Path(path).resolve()), str(path), "", {})


def load_agent_files(
    files: Mapping[str, str], entry: str = "agent.yaml", context: Mapping[str, Any] | None = None
) -> AgentSpec:
    """Read the agent `entry` from `files` (relative path → YAML text). Raises `ConfigError`."""
    return _Loader(MappingSource(files), context).agent(entry, entry, "", {})


class _Loader:
    """Reads files depth first; `_open` are the agents being read, to tell a cycle as what it is."""

    def __init__(self, source: Source, context: Mapping[str, Any] | None = None):
        self._source = source
        self._context = dict(context or {})
        self._open: list[str] = []

    def agent(self, path: str, asked_by: str, key_path: str, inherited: dict[str, Any]) -> AgentSpec:
        """Read the agent at `path`; `inherited` are its parent's settings, for one without `llm_config`."""
        if path in self._open:
            cycle = [*self._open[self._open.index(path) :], path]
            raise ConfigError(asked_by, key_path, f"sub-agents form a cycle: {' → '.join(cycle)}")
        config = self._yaml(path, asked_by, key_path, AgentYaml)
        if self._context:
            config.context = prompt_context(config) | self._context
        self._open.append(path)
        try:
            return self._spec(config, path, inherited)
        finally:
            self._open.pop()

    def _yaml(self, path: str, asked_by: str, key_path: str, model: type[M]) -> M:
        raw = read_yaml(self._source.read(path, asked_by, key_path), path)
        if not isinstance(raw, dict):
            raise ConfigError(path, "", "not a mapping of keys to values")
        if model is AgentYaml:
            raw = _without_secrets(raw)
            _refuse_unsupported(raw, path)
        else:
            _refuse_unsupported_of_tool(raw, path)
        variables = raw.get("variables") or {}
        return validate(substitute(raw, path, self._source.folder(path), variables), model, path)

    def _spec(self, config: AgentYaml, path: str, inherited: dict[str, Any]) -> AgentSpec:
        tools = [self._tool(entry, path, f"tools.{index}") for index, entry in enumerate(config.tools)]
        own = [tool for tool in tools if isinstance(tool, PythonTool)]
        entries = [entry for entry in config.tools if isinstance(entry, ToolEntry)]
        servers = _servers(config, path)
        prompt, cached = render_prompt(config, path, self._source)
        middlewares, absorbed = absorb(_imports(config), path)
        settings = inherited if config.llm_config is None else _settings(config.llm_config)
        spec = AgentSpec(
            name=config.name,
            description=config.description or "",
            system_prompt=prompt,
            tools=(*(tool for tool in tools if isinstance(tool, str)), *(f"{name}__*" for name in servers)),
            sub_agents=self._sub_agents(config, path, settings),
            max_iterations=config.max_iterations,
            max_context_tokens=config.max_context_tokens,
            stop_tools=tuple(config.stop_tools or ()),
            settings={**settings, "cache_prompt": True} if cached else settings,
            python_tools=tuple(own),
            skills=tuple(self._skill(entry, path, f"skills.{i}") for i, entry in enumerate(config.skills)),
            deferred=tuple(entry.name for entry in entries if entry.defer_loading or entry.as_skill)
            + tuple(tool.spec.name for tool in own if tool.spec.deferred),
            serial=tuple(f"{name}__*" for name, server in servers.items() if server.disable_parallel),
            middlewares=middlewares,
            mcp_servers={
                name: server.model_dump(exclude_defaults=True, exclude={"name", "source_id"})
                | {"type": server.type}
                for name, server in servers.items()
            },
            tool_call_mode="xml" if config.tool_call_mode == "xml" else "structured",
            retry_attempts=config.retry_attempts,
            max_seconds=config.timeout,
            max_running_sub_agents=config.max_running_subagents,
            state={**prompt_context(config), **(config.initial_state or {})},
            storage=config.global_storage,
            compact_at=config.compact_at,
            resumable=config.resumable,
        )
        return msgspec.structs.replace(spec, **absorbed)

    def _sub_agents(self, config: AgentYaml, path: str, settings: dict[str, Any]) -> tuple[AgentSpec, ...]:
        children = []
        for index, entry in enumerate(config.sub_agents or ()):
            where = f"sub_agents.{index}.config_path"
            child = self.agent(self._source.resolve(entry.config_path, path), path, where, settings)
            children.append(_renamed(child, entry.name))
        names = [child.name for child in children]
        for name in names:
            if names.count(name) > 1:
                raise ConfigError(path, "sub_agents", f"two sub-agents are called {name!r}", names)
        return tuple(children)

    def _tool(self, entry: str | ToolEntry, path: str, key_path: str) -> str | PythonTool:
        if isinstance(entry, str):
            return entry
        if entry.yaml_path is None:
            if entry.binding:
                raise ConfigError(path, f"{key_path}.yaml_path", "a tool with a binding needs its YAML")
            return entry.name
        tool_path = self._source.resolve(entry.yaml_path, path)
        tool = self._yaml(tool_path, path, f"{key_path}.yaml_path", ToolYaml)
        fault = schema_fault(tool.input_schema)
        if fault:
            raise ConfigError(tool_path, "input_schema", f"not a JSON Schema: {fault}")
        binding = entry.binding or tool.binding
        if not binding:
            raise ConfigError(path, f"{key_path}.binding", "no binding here nor in the tool's YAML")
        if ":" not in binding:
            raise ConfigError(path, f"{key_path}.binding", f"{binding!r} is not `package.module:function`")
        return PythonTool(_tool_spec(entry, tool), binding, entry.extra_kwargs)

    def _skill(self, entry: str | SkillEntry, path: str, key_path: str) -> Skill:
        folder = entry if isinstance(entry, str) else entry.path
        file = self._source.resolve(f"{folder.rstrip('/')}/SKILL.md", path)
        skill = parse_skill(self._source.read(file, path, key_path), file)
        skill = with_files(skill, self._source.folder(file), self._source.beside(file))
        name = None if isinstance(entry, str) else entry.name
        return skill if name is None else Skill(name, skill.description, skill.text)


def _servers(config: AgentYaml, path: str) -> dict[str, McpServerEntry]:
    """Return the agent's servers by name, each with what its type needs and nothing else."""
    servers: dict[str, McpServerEntry] = {}
    for index, server in enumerate(config.mcp_servers):
        where, local = f"mcp_servers.{index}", server.type == "stdio"
        if server.name in servers:
            raise ConfigError(path, f"{where}.name", f"another server is called {server.name!r}", servers)
        needed, others = (
            ("command", ("url", "headers", "auth")) if local else ("url", ("command", "args", "env"))
        )
        if not getattr(server, needed):
            raise ConfigError(path, f"{where}.{needed}", f"a server of type {server.type} needs it")
        for other in others:
            if getattr(server, other):
                raise ConfigError(path, f"{where}.{other}", f"a server of type {server.type} has none")
        servers[server.name] = _authorized(server, path, where)
    return servers


def _authorized(server: McpServerEntry, path: str, where: str) -> McpServerEntry:
    """Return `server` with its `auth` as a header, whose token stays a reference to the environment."""
    if server.auth is None:
        return server
    if any(name.lower() == "authorization" for name in server.headers):
        raise ConfigError(path, f"{where}.auth", "there is an Authorization header as well")
    reference = f"Bearer ${{env.{server.auth.token.key}}}"
    resolve_env(reference, path, f"{where}.auth.token.key")  # that it is set is told now
    headers = {**server.headers, "Authorization": reference}
    return server.model_copy(update={"headers": headers, "auth": None})


def _tool_spec(entry: ToolEntry, tool: ToolYaml) -> ToolSpec:
    return ToolSpec(
        entry.name,
        tool.description,
        _object_schema(tool.input_schema),
        kind="python",
        effect=tool.effect,
        disable_parallel=tool.disable_parallel,
        deferred=any((tool.defer_loading, tool.as_skill, entry.defer_loading, entry.as_skill)),
        brief=tool.skill_description or "",
        search_hint=entry.search_hint or tool.search_hint or "",
        xml_description=tool.template_override or "",
    )


def _object_schema(schema: dict[str, Any]) -> dict[str, Any]:
    """Providers want an object's schema, and NexAU lets its type be left out."""
    return schema if "type" in schema else {"type": "object", "properties": {}, **schema}


def _renamed(child: AgentSpec, name: str) -> AgentSpec:
    return child if child.name == name else msgspec.structs.replace(child, name=name)


def _imports(config: AgentYaml) -> tuple[Import, ...]:
    def of(entries: list[str | ImportEntry] | None, stage: Any = "") -> list[Import]:
        return [
            Import(entry, stage=stage)
            if isinstance(entry, str)
            else Import(entry.import_path, entry.params or {}, stage)
            for entry in entries or ()
        ]

    return (
        *of(config.middlewares),
        *of(config.tracers),
        *of(config.before_model_hooks, "before_model"),
        *of(config.after_model_hooks, "after_model"),
        *of(config.before_tool_hooks, "before_tool"),
        *of(config.after_tool_hooks, "after_tool"),
    )


def _settings(config: dict[str, Any]) -> dict[str, Any]:
    dropped = {*CLIENT_KEYS, "additional_drop_params", *(config.get("additional_drop_params") or ())}
    return {key: value for key, value in config.items() if key not in dropped and value is not None}


def _without_secrets(raw: dict[str, Any]) -> dict[str, Any]:
    """The spec goes into every trace: what makes the client, its key above all, is read by `providers.py`."""
    llm = raw.get("llm_config")
    if not isinstance(llm, dict):
        return raw
    return {**raw, "llm_config": {key: value for key, value in llm.items() if key not in CLIENT_KEYS}}


def _refuse_unsupported(raw: dict[str, Any], path: str) -> None:
    for field in ("plugins", "token_counter", "error_handler", "initial_config", "custom_llm_generator"):
        if raw.get(field):
            raise ConfigError(path, field, "not supported", hint=UNSUPPORTED[field])
    for index, server in enumerate(raw.get("mcp_servers") or ()):
        auth = server.get("auth") if isinstance(server, dict) else None
        if isinstance(auth, dict) and auth.get("type", "bearer") != "bearer":
            raise ConfigError(
                path,
                f"mcp_servers.{index}.auth.type",
                f"{auth['type']!r} is not supported",
                ["bearer"],
                UNSUPPORTED["mcp_servers.*.auth.type"],
            )
        for field in ("permissions", "tool_permissions"):
            if isinstance(server, dict) and server.get(field):
                raise ConfigError(
                    path,
                    f"mcp_servers.{index}.{field}",
                    "not supported",
                    hint=UNSUPPORTED[f"mcp_servers.*.{field}"],
                )
    sandbox = raw.get("sandbox_config")
    if isinstance(sandbox, dict) and sandbox.get("type", "local") != "local":
        raise ConfigError(
            path,
            "sandbox_config.type",
            f"{sandbox['type']!r} is not supported",
            ["local"],
            UNSUPPORTED["sandbox_config.type"],
        )


def _refuse_unsupported_of_tool(raw: dict[str, Any], path: str) -> None:
    for field, carried_out in (("builtin", (None,)), ("formatter", (None, "markdown"))):
        if raw.get(field) not in carried_out:
            raise ConfigError(path, field, "not supported", hint=UNSUPPORTED[field])
