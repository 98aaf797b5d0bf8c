"""The models that a config's `llm_config` blocks ask for: one client per endpoint, chosen by agent."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import msgspec

from nex_resources.config import ConfigError, nearest, read_yaml
from nex_resources.llm import LLM, Completion, RetryPolicy
from nex_resources.llm.anthropic import Anthropic
from nex_resources.llm.openai import OpenAI
from nex_resources.llm.provider import Provider
from nex_resources.llm.responses import OpenAIResponses
from nex_resources.records import Message, ToolSpec
from nex_resources.runtime.sources import DiskSource
from nex_resources.runtime.substitute import substitute

PROVIDERS: dict[str, type[Provider]] = {
    "openai_chat_completion": OpenAI,
    "openai_responses": OpenAIResponses,
    "anthropic_chat_completion": Anthropic,
}
API_TYPES = (*PROVIDERS, "transformers")

FROM_ENVIRONMENT = {
    "model": ("MODEL", "OPENAI_MODEL", "LLM_MODEL"),
    "base_url": ("OPENAI_BASE_URL", "BASE_URL", "LLM_BASE_URL"),
    "api_key": ("LLM_API_KEY", "OPENAI_API_KEY", "API_KEY", "ANTHROPIC_API_KEY"),
}
"""Where NexAU looks for what an `llm_config` leaves out: the first that is set. A `base_url` is at last
the provider's own address."""

_CLIENT = ("base_url", "api_key", "api_type", "timeout", "max_retries", "stream", "replay_reasoning")
"""What makes a client; the model is named in each request."""


class ByAgent:
    """Several models behind one: each agent's completions go to the model of its own config."""

    def __init__(self, models: Mapping[str, LLM], names: Sequence[str]):
        self._models = dict(models)
        self.name = ", ".join(dict.fromkeys(names))
        self.provider = ", ".join(dict.fromkeys(getattr(llm, "provider", "") for llm in models.values()))

    def price(self, model: str = "") -> Any:
        """Return what `model` costs, or None where that is not known to each client."""
        prices = [getattr(client, "price", lambda name: None)(model) for client in self._models.values()]
        return prices[0] if None not in prices else None

    async def complete(
        self, messages: Sequence[Message], tools: Sequence[ToolSpec], settings: Mapping[str, Any]
    ) -> Completion:
        return await self._models[str(settings["agent"])].complete(messages, tools, settings)

    async def close(self) -> None:
        for model in {id(model): model for model in self._models.values()}.values():
            await model.close()


def load_models(path: Path | str) -> LLM:
    """Make the models of the hierarchy at `path`. An agent without `llm_config` has its parent's."""
    collector = _Collector()
    collector.visit(str(Path(path).resolve()), "", {})
    return ByAgent(collector.models, collector.names)


class _Collector:
    """Walks the files of a hierarchy and makes one client for each distinct endpoint."""

    def __init__(self) -> None:
        self.models: dict[str, LLM] = {}
        self.names: list[str] = []
        self._clients: dict[bytes, LLM] = {}

    def visit(self, path: str, agent: str, inherited: dict[str, Any]) -> None:
        source = DiskSource()
        raw = read_yaml(source.read(path, path, ""), path)
        own = raw.get("llm_config")
        wanted = {"llm_config": inherited if own is None else own, "sub_agents": raw.get("sub_agents") or []}
        config = substitute(wanted, path, source.folder(path), raw.get("variables") or {})
        name = agent or raw["name"]
        self.models[name] = self._client(config["llm_config"], path)
        for child in config["sub_agents"]:
            child_path = source.resolve(child["config_path"], path)
            self.visit(child_path, f"{name}/{child['name']}", config["llm_config"])

    def _client(self, config: Mapping[str, Any], path: str) -> LLM:
        name = _given(config, "model")
        self.names.append(name)
        asked_by_name = config.get("model") and config.get("api_type") != "transformers"
        key = msgspec.json.encode([*(config.get(key) for key in _CLIENT), None if asked_by_name else name])
        if key not in self._clients:
            self._clients[key] = make_model(config, path)
        return self._clients[key]


def make_model(config: Mapping[str, Any], source: str) -> LLM:
    """Make the model that an `llm_config` asks for; `source` is what errors call its file."""
    kind = str(config.get("api_type", "openai_chat_completion"))
    if kind not in API_TYPES:
        raise ConfigError(
            source, "llm_config.api_type", f"{kind!r} is not supported", API_TYPES, nearest(kind, API_TYPES)
        )
    model = _given(config, "model")
    if not model:
        told = (
            f"this key is required to make a client, unless {' or '.join(FROM_ENVIRONMENT['model'])} is set"
        )
        raise ConfigError(source, "llm_config.model", told)
    if kind == "transformers":
        from nex_resources.llm.transformers import LocalModel

        folder = Path(source).parent / model
        if not (folder / "config.json").exists():
            raise ConfigError(source, "llm_config.model", f"no folder of a model: {folder}")
        return LocalModel(folder, max_new_tokens=int(config.get("max_tokens") or 512))
    options: dict[str, Any] = {name: _given(config, name) for name in ("base_url", "api_key")}
    options = {name: value for name, value in options.items() if value}
    if config.get("timeout"):
        options["seconds"] = float(config["timeout"])
    if config.get("max_retries") is not None:
        options["retry"] = RetryPolicy(attempts=int(config["max_retries"]) + 1)
    if config.get("replay_reasoning"):
        if kind != "openai_chat_completion":
            told = f"{kind} has its reasoning replayed in any case"
            raise ConfigError(source, "llm_config.replay_reasoning", told)
        options["replay_reasoning"] = str(config["replay_reasoning"])
    return PROVIDERS[kind](model, stream=bool(config.get("stream")), **options)


def _given(config: Mapping[str, Any], name: str) -> str:
    """Return `name` of an `llm_config`, or what the environment has for it, or an empty text. What is named
    after another provider is not for this one."""
    other = "OPENAI" if str(config.get("api_type", "")).startswith("anthropic") else "ANTHROPIC"
    variables = [variable for variable in FROM_ENVIRONMENT[name] if not variable.startswith(other)]
    values = [config.get(name), *(os.environ.get(variable) for variable in variables)]
    return str(next(filter(None, values), ""))
