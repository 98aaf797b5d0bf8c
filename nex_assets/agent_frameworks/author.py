"""A model writes the files of a framework; what breaks a rule goes back to it with the reasons."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

import msgspec
import yaml

from nex_assets.agent_frameworks.builder import ENTRY
from nex_assets.agent_frameworks.descriptions import Description
from nex_assets.agent_frameworks.framework import MAX_DEPTH, MAX_NODES, Framework
from nex_assets.agent_frameworks.generate import finish
from nex_assets.agent_frameworks.toolbox import Toolbox
from nex_assets.agent_frameworks.validate import InvalidFramework
from nex_resources.llm.base import LLM
from nex_resources.records import Message, Usage, assistant, system, user

INSTRUCTIONS = f"""You design hierarchies of tool-using agents. Answer with one JSON object and nothing else.
Its keys are file paths, its values agent configurations; the root agent is "{ENTRY}", the others are
"agents/<name>.yaml". A configuration has the keys
  name: lower-case letters, digits and underscores, used once in the whole hierarchy
  description: one sentence, what the agent is for
  system_prompt: at most 60 words: its role, its rules
  tools: list of {{"name": selector}}; a selector is a tool's name or "server__*"
  sub_agents: list of {{"name": name, "config_path": path relative to this file}}
At most {MAX_DEPTH} layers and {MAX_NODES} agents. Every tool of a server that is used must be reachable from
the root. Agents that only delegate have no tools."""


class Authored(msgspec.Struct, frozen=True):
    """A framework that a model wrote, in how many rounds, and what that used."""

    framework: Framework
    rounds: int
    usage: Usage


class AuthorError(ValueError):
    """No valid framework within the rounds allowed. `problems` are those of the last answer."""

    def __init__(self, name: str, rounds: int, problems: tuple[str, ...], usage: Usage):
        self.problems = problems
        self.usage = usage
        super().__init__(f"framework {name}: not valid after {rounds} rounds: {'; '.join(problems)}")


async def author(
    description: Description,
    toolbox: Toolbox,
    llm: LLM,
    rounds: int = 3,
    settings: Mapping[str, Any] | None = None,
) -> Authored:
    """Have `llm` write the framework of `description`, with at most `rounds` answers.

    Raises `AuthorError` when none is valid, and what `llm.complete` raises.
    """
    messages: list[Message] = [system(INSTRUCTIONS), user(_request(description, toolbox))]
    usage = Usage()
    problems: tuple[str, ...] = ()
    for turn in range(1, rounds + 1):
        answer = await llm.complete(messages, (), settings or {})
        usage = usage + answer.usage
        text = answer.message.text
        try:
            framework = read_answer(description, text, toolbox)
        except InvalidFramework as error:
            problems = error.problems
            messages += [assistant(text), user(_complaint(problems))]
        else:
            return Authored(framework, turn, usage)
    raise AuthorError(description.name, rounds, problems, usage)


def read_answer(description: Description, text: str, toolbox: Toolbox) -> Framework:
    """Read a model's answer as a framework; raises `InvalidFramework` with all that is wrong."""
    files = _files(description.name, text)
    framework = finish(description.name, description.text, files, toolbox, origin="llm")
    missing = sorted(set(description.servers) - set(framework.worlds))
    if missing:
        problems = [f"not every tool of {server!r} is reachable from the root" for server in missing]
        raise InvalidFramework(description.name, problems)
    return framework


def _files(name: str, text: str) -> dict[str, str]:
    start, end = text.find("{"), text.rfind("}")
    try:
        answer = json.loads(text[start : end + 1])
    except ValueError as error:
        raise InvalidFramework(name, [f"the answer is not one JSON object: {error}"]) from error
    if not isinstance(answer, dict) or ENTRY not in answer:
        raise InvalidFramework(name, [f"the answer has no file {ENTRY!r}"])
    wrong = [path for path, config in answer.items() if not isinstance(config, dict)]
    if wrong:
        raise InvalidFramework(name, [f"{path}: not an object" for path in wrong])
    return {
        path: yaml.safe_dump(config, sort_keys=False, allow_unicode=True, width=100)
        for path, config in answer.items()
    }


def _request(description: Description, toolbox: Toolbox) -> str:
    servers = description.servers or list(toolbox.servers)
    tools = "\n".join(f"{server}: {', '.join(toolbox.of(server))}" for server in servers)
    wanted = f"\nPattern: {description.pattern}" if description.pattern else ""
    return f"Design a framework for: {description.text}{wanted}\nTools by server:\n{tools}"


def _complaint(problems: tuple[str, ...]) -> str:
    listed = "\n".join(f"- {problem}" for problem in problems)
    return f"This breaks rules:\n{listed}\nAnswer with the whole corrected JSON object."
