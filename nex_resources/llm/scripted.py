"""A model that says what it was told to say: deterministic, for tests, demos and replays."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from typing import Any

from nex_resources.llm.base import Completion, LLMError
from nex_resources.records import Message, ToolSpec, Usage, assistant


class Scripted:
    """Answers each agent from its own list, in order. `script` maps an agent's path to its turns: messages,
    plain texts, completions, or exceptions to raise. All runs of one agent share its
    list unless the key is a span.

    `asked` records what was asked: (agent path, messages, tools) of every completion.
    """

    name = "scripted"

    def __init__(
        self,
        script: Mapping[str, Sequence[Message | str | Completion | Exception]],
        seconds: float = 0.0,
        usage: Usage | None = None,
    ):
        self._script = {key: list(turns) for key, turns in script.items()}
        self._seconds = seconds
        self._usage = usage or Usage(10, 5)
        self.asked: list[tuple[str, list[Message], list[ToolSpec]]] = []

    async def complete(
        self, messages: Sequence[Message], tools: Sequence[ToolSpec], settings: Mapping[str, Any]
    ) -> Completion:
        agent, span = str(settings["agent"]), str(settings["span"])
        self.asked.append((agent, list(messages), list(tools)))
        turns = self._script[span] if span in self._script else self._script.get(agent)
        if not turns:
            raise LLMError("script_ended", f"no turn is left for {agent}")
        turn = turns.pop(0)
        await asyncio.sleep(self._seconds)
        if isinstance(turn, Exception):
            raise turn
        if isinstance(turn, Completion):
            return turn
        message = assistant(turn) if isinstance(turn, str) else turn
        return Completion(message, self._usage, "tool_calls" if message.calls else "stop")

    async def close(self) -> None:
        pass
