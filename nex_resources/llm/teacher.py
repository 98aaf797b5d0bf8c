"""Who carries out training queries: the keyless expert, or a model behind an API."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from nex_resources.llm.base import LLM
from nex_resources.llm.expert import Expert
from nex_resources.llm.expert_slips import Mistakes
from nex_resources.llm.limits import Limited
from nex_resources.profile import Teacher
from nex_resources.records import AgentSpec, Query

KEY_VARIABLES = {
    "openai": "OPENAI_API_KEY",
    "openai_responses": "OPENAI_API_KEY",
    "anthropic": "ANTHROPIC_API_KEY",
}


class MissingKeyError(ValueError):
    """A profile's teacher needs a key that the environment lacks."""

    def __init__(self, provider: str, variable: str):
        super().__init__(
            f"teacher.provider {provider!r} needs a key: set the variable {variable}, "
            "or run without one: NEX_PROFILE=embedded uses the keyless expert"
        )


def make_teacher(
    teacher: Teacher, seed: int, environment: Mapping[str, str]
) -> Callable[[Query, AgentSpec], LLM]:
    """Return the factory of the LLM that carries out one query.

    An expert is made per rollout; a remote model is one shared client. A server given by `base_url`
    needs a key only if `api_key_env` names one. Raises MissingKeyError.
    """
    if teacher.provider == "expert":
        mistakes = Mistakes(teacher.mistakes) if teacher.mistakes else None
        return lambda query, spec: Expert(query, spec, seed, mistakes)
    client = _limited(make_client(teacher, environment), teacher)
    return lambda query, spec: client


def make_client(teacher: Teacher, environment: Mapping[str, str]) -> LLM:
    """Return the client of a remote model. Raises MissingKeyError."""
    return _client(teacher, require_key(teacher, environment))


def make_writer(teacher: Teacher, environment: Mapping[str, str]) -> LLM | None:
    """Return the model that rewords queries: the teacher's, or None where that is the keyless expert.

    Raises MissingKeyError.
    """
    return None if teacher.provider == "expert" else make_client(teacher, environment)


def require_key(teacher: Teacher, environment: Mapping[str, str]) -> str:
    """Return the key that `teacher` needs, empty where it needs none. Raises MissingKeyError."""
    if teacher.provider == "expert":
        return ""
    variable = teacher.api_key_env or ("" if teacher.base_url else KEY_VARIABLES[teacher.provider])
    if variable and not environment.get(variable):
        raise MissingKeyError(teacher.provider, variable)
    return environment.get(variable, "") if variable else ""


def _limited(client: LLM, teacher: Teacher) -> LLM:
    limits = {name: value for name, value in teacher.batch.model_dump().items() if value is not None}
    if not limits:
        return client
    price = getattr(client, "price", None)
    if "max_cost_usd" in limits and price is not None and price() is None:
        raise ValueError(f"teacher.batch.max_cost_usd: no price is known for {teacher.model}")
    return Limited(client, **limits)


def _client(teacher: Teacher, key: str) -> LLM:
    settings = {"temperature": teacher.temperature, "max_tokens": teacher.max_tokens}
    where: dict[str, Any] = {"base_url": teacher.base_url} if teacher.base_url else {}
    if teacher.provider == "anthropic":
        from nex_resources.llm.anthropic import Anthropic

        return Anthropic(teacher.model, api_key=key, settings=settings, **where)
    if teacher.provider == "openai_responses":
        from nex_resources.llm.responses import OpenAIResponses

        return OpenAIResponses(teacher.model, api_key=key, settings=settings, **where)
    from nex_resources.llm.openai import OpenAI

    return OpenAI(teacher.model, api_key=key, settings=settings, **where)
