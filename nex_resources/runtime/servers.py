"""The MCP servers that an agent hierarchy brings along, as a catalogue that the MCP pool can start."""

from __future__ import annotations

from typing import Any

from nex_resources.config import ConfigError
from nex_resources.mcp import Catalogue, Server
from nex_resources.records import AgentSpec
from nex_resources.runtime.substitute import resolve_env


def catalogue_of(spec: AgentSpec) -> Catalogue:
    """Return the servers of `spec` and all below it. One name means one server, whoever declares it; which
    agent sees its tools is a matter of selectors."""
    declared: dict[str, dict[str, Any]] = {}
    for agent in spec.walk():
        for name, config in agent.mcp_servers.items():
            if declared.setdefault(name, config) != config:
                raise ConfigError(
                    agent.name, f"mcp_servers.{name}", "another agent gives this name to another server"
                )
    return Catalogue({name: _server(name, resolve_env(config, name)) for name, config in declared.items()})


def _server(name: str, config: dict[str, Any]) -> Server:
    remote = config["type"] != "stdio"
    if remote and not config.get("url"):
        raise ConfigError(name, "url", f"a server of type {config['type']} needs a URL")
    if not remote and not config.get("command"):
        raise ConfigError(name, "command", "a server of type stdio needs a command")
    return Server(
        kind="remote" if remote else "program",
        domain="agent",
        licence="",
        command=() if remote else (config["command"], *config.get("args", ())),
        transport=config["type"],
        url=config.get("url", ""),
        headers=config.get("headers", {}),
        env=config.get("env", {}),
        state="none" if remote else "process",
        reset="share" if remote else "restart",
        network=True,
        guard=False,
        call_timeout=config.get("timeout", 60.0),
        name=name,
    )
