"""How full an agent's context is, and what happens when it fills up."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import msgspec

from nex_resources.llm.history import History
from nex_resources.records import Message, ToolSpec, Usage
from nex_resources.runtime.budget import Stop
from nex_resources.runtime.compaction import shorten, summarize
from nex_resources.runtime.events import file_stem

if TYPE_CHECKING:
    from nex_resources.runtime.loop import AgentRun

BYTES_PER_TOKEN = 4
"""For what no provider has counted yet. English text and JSON have 3.5 to 4.5 characters a token, Chinese has
about 0.7 tokens a character, of three bytes."""


def estimate(message: Message) -> int:
    """Return about how many tokens `message` takes."""
    size = _bytes(message.text) + sum(_bytes(thought.text) for thought in message.thinking)
    size += sum(_bytes(result.text) + 20 for result in message.results)
    size += sum(len(call.name) + len(msgspec.json.encode(call.arguments)) + 20 for call in message.calls)
    return size // BYTES_PER_TOKEN + 4


def _bytes(text: str) -> int:
    return len(text) if text.isascii() else len(text.encode())


def estimate_tools(tools: tuple[ToolSpec, ...]) -> int:
    return sum(len(msgspec.json.encode(tool)) for tool in tools) // BYTES_PER_TOKEN


class ContextMeter:
    """Tokens in an agent's context: as the provider last counted them, plus an estimate of what is new."""

    def __init__(self, limit: int, compact_at: float):
        self.limit = limit
        self._threshold = compact_at * limit if compact_at else float("inf")
        self._counted = 0  # messages that the provider's count covers
        self._tokens = 0
        self._compactions = 0

    def seen(self, usage: Usage, messages: int) -> None:
        """Take over the provider's count for the first `messages` messages, the new answer included."""
        total = usage.input_tokens + usage.cache_read_tokens + usage.cache_write_tokens + usage.output_tokens
        if total:
            self._tokens, self._counted = total, messages

    def tokens(self, run: AgentRun) -> int:
        new = sum(map(estimate, run.history[self._counted :]))
        return self._tokens + new + (0 if self._counted else estimate_tools(run.tools))

    async def make_room(self, run: AgentRun) -> None:
        """Compact the history where it has grown long; stop the agent where that does not help."""
        used = self.tokens(run)
        if used > self._threshold:
            used = self._compact(run, used)
        if used > self.limit:
            raise Stop("max_context_tokens", self.limit, used)

    def _compact(self, run: AgentRun, used: int) -> int:
        """Shorten older turns, and tell them in short if that is not enough. The provider's count so far says
        how far off the estimate is for this text and this tokenizer."""
        ratio = used / max(1, estimate_all(run.history, run.tools))
        archive = f"archive/{file_stem(run.span)}_{self._compactions}.json"
        shorter = shorten(run.history, archive)
        after = int(ratio * estimate_all(shorter, run.tools))
        if after > self._threshold:
            shorter = summarize(run.history, archive)
            after = int(ratio * estimate_all(shorter, run.tools))
        if after >= used:
            return used
        run.rollout.sink.save(archive, msgspec.json.encode(list(run.history)).decode())
        run.history = History(shorter)
        self._compactions, self._counted, self._tokens = self._compactions + 1, len(shorter), after
        run.record("compaction", archived=archive, messages=tuple(shorter), before=used, after=after)
        return after


def estimate_all(messages: Sequence[Message], tools: tuple[ToolSpec, ...]) -> int:
    return sum(map(estimate, messages)) + estimate_tools(tools)
