"""The models that a config's `llm_config` blocks ask for: one client per endpoint, chosen by agent."""

from __future__ import annotations

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


class ByAgent:
    """Several models behind one: each agent's completions go to the model of its own config."""

    def __init__(self, models: Mapping[str, LLM]):
        self._models = dict(models)
        self.name = ", ".join(dict.fromkeys(model.name for model in self._models.values()))

    def price(self, model: str = "") -> Any:
        """Return what `model` costs, or None where that is not known (of all, for an empty name)."""
        asked = [client for client in self._models.values() if model in ("", client.name)]
        prices = [getattr(client, "price", lambda name: None)(client.name) for client in asked]
        return prices[0] if prices and None not in prices else None

    async def complete(
        self, messages: Sequence[Message], tools: Sequence[ToolSpec], settings: Mapping[str, Any]
    ) -> Completion:
        return await self._models[str(settings["agent"])].complete(messages, tools, settings)

    async def close(self) -> None:
        for model in {id(model): model for model in self._models.values()}.values():
            await model.close()


def load_models(path: Path | str) -> LLM:
    """Make the models of the hierarchy at `path`. An agent without `llm_config` has its parent's."""
    models: dict[str, LLM] = {}
    _collect(str(Path(path).resolve()), "", {}, models, {})
    return ByAgent(models)


def _collect(
    path: str, agent: str, inherited: dict[str, Any], models: dict[str, LLM], clients: dict[bytes, LLM]
) -> None:
    source = DiskSource()
    raw = read_yaml(source.read(path, path, ""), path)
    wanted = {"llm_config": raw.get("llm_config") or inherited, "sub_agents": raw.get("sub_agents") or []}
    config = substitute(wanted, path, source.folder(path), raw.get("variables") or {})
    key = msgspec.json.encode({k: v for k, v in config["llm_config"].items() if k in _CLIENT}, order="sorted")
    if key not in clients:
        clients[key] = make_model(config["llm_config"], path)
    name = agent or raw["name"]
    models[name] = clients[key]
    for child in config["sub_agents"]:
        child_path = source.resolve(child["config_path"], path)
        _collect(child_path, f"{name}/{child['name']}", config["llm_config"], models, clients)


_CLIENT = {"model", "base_url", "api_key", "api_type", "timeout", "max_retries", "stream"}


def make_model(config: Mapping[str, Any], source: str) -> LLM:
    """Make the model that an `llm_config` asks for; `source` is what errors call its file."""
    kind = str(config.get("api_type", "openai_chat_completion"))
    if kind not in PROVIDERS:
        raise ConfigError(
            source, "llm_config.api_type", f"{kind!r} is not supported", PROVIDERS, nearest(kind, PROVIDERS)
        )
    if not config.get("model"):
        raise ConfigError(source, "llm_config.model", "this key is required to make a client")
    options: dict[str, Any] = {name: config[name] for name in ("base_url", "api_key") if config.get(name)}
    if config.get("timeout"):
        options["seconds"] = float(config["timeout"])
    if config.get("max_retries") is not None:
        options["retry"] = RetryPolicy(attempts=int(config["max_retries"]) + 1)
    return PROVIDERS[kind](str(config["model"]), stream=bool(config.get("stream")), **options)
