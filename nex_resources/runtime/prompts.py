"""The system prompt of an agent: its parts joined, rendered and, at run time, completed with its skills."""

from __future__ import annotations

import getpass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from nex_resources.config import ConfigError
from nex_resources.records.agent_yaml import AgentYaml, PromptPart
from nex_resources.runtime.sources import Source


def render_prompt(config: AgentYaml, path: str, source: Source) -> tuple[str, bool]:
    """Return the system prompt of the agent in file `path`, and whether it asks to be cached.

    A part of type file names a file; of type jinja it does so if it is one line with a known ending, else it
    is the text. Text with `{{` or `{%` is a Jinja template over `context`, `agent_name`, `date`, `username`
    and `working_directory`.
    """
    parts = [_part(given) for given in _listed(config.system_prompt)]
    texts = [_render(_text(part.content, config, path, source), config, path) for part in parts]
    if config.system_prompt_suffix:
        texts.append(_render(config.system_prompt_suffix, config, path))
    return "\n\n".join(text for text in texts if text), any(part.cache for part in parts)


def _part(given: str | PromptPart) -> PromptPart:
    return given if isinstance(given, PromptPart) else PromptPart(content=given, cache=False)


def _listed(given: str | PromptPart | list[str | PromptPart]) -> list[str | PromptPart]:
    return given if isinstance(given, list) else [given]


def _text(content: str, config: AgentYaml, path: str, source: Source) -> str:
    looks_like_file = "\n" not in content and Path(content).suffix in {
        ".md",
        ".txt",
        ".j2",
        ".jinja",
        ".jinja2",
    }
    if config.system_prompt_type == "file" or (config.system_prompt_type == "jinja" and looks_like_file):
        return source.read(source.resolve(content, path), path, "system_prompt")
    return content


def _render(text: str, config: AgentYaml, path: str) -> str:
    if "{{" not in text and "{%" not in text:
        return text
    from jinja2 import StrictUndefined, TemplateError
    from jinja2.sandbox import SandboxedEnvironment

    values = _values(config)
    try:
        return SandboxedEnvironment(undefined=StrictUndefined).from_string(text).render(values)
    except TemplateError as error:
        raise ConfigError(
            path, "system_prompt", f"template: {error}", sorted(values), "add it to `context`"
        ) from error


def _values(config: AgentYaml) -> dict[str, Any]:
    folder = config.sandbox_config.work_dir if config.sandbox_config else None
    surroundings = {
        "agent_name": config.name,
        "date": datetime.now(UTC).strftime("%Y-%m-%d"),
        "username": getpass.getuser(),
        "working_directory": folder or ".",
    }
    return {**surroundings, "env_content": surroundings, **prompt_context(config)}


def prompt_context(config: AgentYaml) -> dict[str, Any]:
    """Return what the config says its prompts, and the tools that ask for it, may know."""
    return {**(config.initial_context or {}), **(config.context or {})}
