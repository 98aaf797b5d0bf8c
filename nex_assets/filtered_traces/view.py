"""One pass over a trace: calls joined with their results, and what had been seen when.

Detectors share it, so that a trace's text is walked once and not once a detector.
"""

from __future__ import annotations

from functools import cached_property
from operator import attrgetter

import msgspec

from nex_assets.filtered_traces.commands import command_reads
from nex_assets.filtered_traces.derivation import subtotals
from nex_assets.filtered_traces.effects import looks_up, says_effect, seems_to_write, shows_data, words_of
from nex_assets.filtered_traces.failures import failure_text
from nex_assets.filtered_traces.languages import named, plainly_english, scripts
from nex_assets.filtered_traces.prose import is_chinese
from nex_resources.records import Message, ToolCall, ToolResult, ToolSpec, Trace, Trajectory

_COMMAND_ARGUMENTS = ("command", "cmd", "script", "args", "arguments", "query", "sql", "statement")
_encode = msgspec.json.Encoder(order="deterministic").encode


class Site:
    """A call and its result. `failed` covers errors that the result states in its text only."""

    __slots__ = ("_writes", "call", "failed", "key", "message", "position", "result", "tool", "trajectory")

    def __init__(
        self,
        trajectory: int,
        message: int,
        position: int,
        call: ToolCall,
        result: ToolResult | None,
        tool: ToolSpec | None,
    ):
        self.trajectory = trajectory
        self.message = message
        self.position = position
        self.call = call
        self.result = result
        self.tool = tool
        self._writes: bool | None = None
        self.key = call.name.encode() + _encode(call.arguments)
        self.failed = result is not None and (
            result.error is not None or (failure_text(result.text) and not self._asked_for(result.text))
        )

    def _asked_for(self, text: str) -> bool:
        """Whether the call looks something up and the text opens with what it looked for."""
        if not looks_up(self.call.name):
            return False
        head = text[:160].lower()
        asked = [one for one in self.call.arguments.values() if isinstance(one, str) and len(one) >= 3]
        return any(one.lower() in head for one in asked) and len(text) > 2 * max(map(len, asked))

    @property
    def where(self) -> str:
        return f"calls.{self.position}"

    @property
    def text(self) -> str:
        return "" if self.result is None else self.result.text

    @property
    def may_write(self) -> bool:
        """Whether the call may have changed something: known effect, or a name that does not say "read",
        unless its command or its result shows that it only looked."""
        if self._writes is None:
            self._writes = self._may_write()
        return self._writes

    def _may_write(self) -> bool:
        if self.tool is not None and self.tool.effect != "unknown":
            return self.tool.effect == "write" and not self._only_looks()
        if not says_effect(self.call.name) and shows_data(self.text):
            return False
        return seems_to_write(self.call.name) and not self._only_looks()

    def _only_looks(self) -> bool:
        """A command line or a query that changes nothing."""
        said = [self.call.arguments.get(name) for name in _COMMAND_ARGUMENTS]
        lines = [one for one in said if isinstance(one, str)]
        if not lines:
            return False
        if self.call.arguments.keys() & {"args", "arguments"}:
            lines = [f"{words_of(self.call.name)[-1:][0]} {lines[0]}"]
        return command_reads(lines[0])


class Thread:
    """One trajectory, read."""

    def __init__(self, index: int, trajectory: Trajectory):
        self.index = index
        self.trajectory = trajectory
        self.messages = trajectory.messages
        self.tools = {tool.name: tool for tool in trajectory.tools}
        self.sites: list[Site] = []
        self.asked: list[tuple[int, str]] = []
        self.observed: list[tuple[int, str]] = []
        self.unpaired: list[tuple[int, str]] = []
        self.final = -1
        self._turns: list[tuple[int, Message]] = []
        self._read()

    def _read(self) -> None:
        pending: dict[str, tuple[int, int, ToolCall]] = {}
        order: list[Site] = []
        for index, message in enumerate(self.messages):
            role = message.role
            if role == "assistant":
                self.final = index
                self._turns.append((index, message))
                for position, call in enumerate(message.calls):
                    if call.id in pending:
                        self.unpaired.append((index, f"call id {call.id!r} is used twice"))
                    pending[call.id] = (index, position, call)
            elif role == "tool":
                for result in message.results:
                    self.observed.append((index, result.text))
                    made = pending.pop(result.call_id, None)
                    if made is None:
                        self.unpaired.append((index, f"result for {result.call_id!r} answers no call"))
                        continue
                    order.append(Site(self.index, *made, result, self.tools.get(made[2].name)))
            else:
                self.asked.append((index, message.text))
        for index, position, call in pending.values():
            order.append(Site(self.index, index, position, call, None, self.tools.get(call.name)))
        order.sort(key=attrgetter("message", "position"))
        self.sites = order

    @property
    def answer(self) -> Message | None:
        """The last assistant message, where it makes no calls."""
        if self.final < 0 or self.messages[self.final].calls:
            return None
        return self.messages[self.final]

    def turns(self) -> list[tuple[int, Message]]:
        """Return the assistant's messages with their index."""
        return self._turns

    def sites_at(self, message: int) -> list[Site]:
        return [site for site in self.sites if site.message == message]

    @cached_property
    def spoken(self) -> str:
        """The text of all turns: what is not in it is in none of them."""
        return "\n".join(message.text for _, message in self._turns)

    @cached_property
    def users(self) -> str:
        """What the user said."""
        return "\n".join(m.text for m in self.messages if m.role == "user")

    @cached_property
    def asked_in_chinese(self) -> bool:
        return is_chinese(self.users)

    @cached_property
    def scripts(self) -> frozenset[str]:
        """Scripts other than Latin that the user writes in."""
        return scripts(self.users)

    @cached_property
    def language(self) -> str:
        """The user's language, or script where that tells it apart. English may quote another script; a text
        that says little is taken for English where it has an English word; else it is unknown ("")."""
        if self.scripts and named(self.users, enough=3) != "English":
            return min(self.scripts)
        return named(self.users, enough=2) or ("English" if plainly_english(self.users) else "")

    @cached_property
    def evidence(self) -> str:
        """All that this agent was told or shown: prompts and results."""
        return "\n".join([text for _, text in self.asked] + [text for _, text in self.observed])

    @cached_property
    def evidence_lower(self) -> str:
        return self.evidence.lower()

    @cached_property
    def said(self) -> str:
        """All that the agent wrote: text, reasoning and arguments."""
        parts = [self.spoken]
        parts += [block.text for message in self.messages for block in message.thinking]
        return "\n".join(parts + [site.key.decode() for site in self.sites])

    @cached_property
    def shown(self) -> str:
        """All results."""
        return "\n".join(text for _, text in self.observed)

    @cached_property
    def subtotals(self) -> set[float]:
        """What the tables among the results add up to."""
        return subtotals(text for _, text in self.observed)

    @cached_property
    def written(self) -> str:
        """The arguments of the calls that did not fail, as JSON."""
        return "\n".join(site.key.decode() for site in self.sites if not site.failed)

    def seen_before(self, message: int, needle: str) -> bool:
        """Whether `needle` (lower case) stood in a prompt, a result or a call before `message`."""
        for index, text in self.asked:
            if index < message and needle in text.lower():
                return True
        for index, text in self.observed:
            if index < message and needle in text.lower():
                return True
        return any(
            s.message < message and not s.failed and needle in s.key.decode().lower() for s in self.sites
        )


class View:
    """A trace, read: one `Thread` a trajectory."""

    def __init__(self, trace: Trace):
        self.threads = [Thread(i, trajectory) for i, trajectory in enumerate(trace.trajectories)]
        self.sites = [site for thread in self.threads for site in thread.sites]

    @cached_property
    def shown(self) -> str:
        return "\n".join(thread.shown for thread in self.threads)

    @cached_property
    def agents(self) -> set[str]:
        """Bare names of the sub-agents that ran."""
        return {thread.trajectory.agent.rsplit("/", 1)[-1] for thread in self.threads[1:]}
