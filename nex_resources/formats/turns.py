"""What all text formats share: thinking, then text, then calls, and how a turn is taken apart again."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal, NamedTuple

from nex_resources.formats.base import DecodeError, Written
from nex_resources.formats.jsontext import is_text
from nex_resources.formats.schemas import ToolIndex, index_of
from nex_resources.records import Message, Thinking, ToolCall, ToolSpec

UNKNOWN_TOOL = "unknown tool"
"""The reason for calls of tools that were not offered; such a turn may stand in a history."""


class Calls(NamedTuple):
    """What was read of the calls: where they start and stop in the text, and the calls."""

    start: int
    stop: int
    calls: tuple[ToolCall, ...]


class TextCodec:
    """A format whose turns are plain text. A subclass names its tokens and writes and reads calls.

    `reserved` are tokens that ordinary text may not hold, for parsers would take it for a call.
    `between` stands between the text and the first call. `drops_unknown` says that engines drop or
    misread calls of tools that were not offered.
    """

    name: str
    results_role: Literal["user", "tool"] = "user"
    keeps_thinking = False
    reserved: tuple[str, ...] = ()
    between = "\n"
    drops_unknown = True
    think_open, think_close = "<think>\n", "\n</think>\n\n"

    def encode(self, turn: Message, tools: Sequence[ToolSpec] = ()) -> str:
        """Render an assistant turn; where `can_carry` gives a reason, as well as the syntax allows."""
        return self.write(turn, tools).text

    def can_carry(self, turn: Message, tools: Sequence[ToolSpec] = ()) -> str | None:
        """Return why this format cannot represent `turn`, or None."""
        return self.write(turn, tools).reason

    def write(self, turn: Message, tools: Sequence[ToolSpec] = ()) -> Written:
        """Render an assistant turn and judge it in one pass."""
        problems: list[str] = []
        text = turn.text
        self.check_text(turn, problems)
        if turn.calls:
            index = index_of(tools)
            check_calls(turn.calls, problems)
            calls = self.write_calls(turn.calls, index, problems)
            text = f"{text}{self.between}{calls}" if text else calls
        if not is_text(text):
            problems.append("not text: a lone surrogate cannot be written as UTF-8")
        if turn.thinking:
            thinking = write_thinking(turn.thinking, problems)
            text = f"{self.think_open}{thinking}{self.think_close}{text}"
        if self.drops_unknown and turn.calls and not problems:
            check_offered(turn.calls, index_of(tools), problems)
        return Written(text, problems[0] if problems else None)

    def decode(self, text: str, tools: Sequence[ToolSpec] = ()) -> Message:
        """Read a turn as a model wrote it. Text between and after calls is kept as text. Raises
        DecodeError where a call is malformed."""
        thinking, body, offset = self.split_thinking(text)
        found = self.read_calls(body, offset, index_of(tools))
        if found is None:
            return Message("assistant", body, thinking)
        before, after = body[: found.start], body[found.stop :]
        if before.endswith(self.between):
            before = before[: len(before) - len(self.between)]
        said = before + after if after.strip() else before
        return Message("assistant", said, thinking, found.calls)

    def split_thinking(self, text: str) -> tuple[tuple[Thinking, ...], str, int]:
        """Return the thinking at the head of `text`, what follows it, and where that starts."""
        head, tail = self.think_open.strip(), self.think_close.strip()
        if not text.startswith(head):
            return (), text, 0
        end = text.find(tail)
        if end < 0:
            raise DecodeError(f"{head} is never closed by {tail}", 0)
        lead = self.think_open[len(head) :]
        before, after = (
            self.think_close[: -len(self.think_close.lstrip())],
            self.think_close.lstrip()[len(tail) :],
        )
        inner = text[len(head) : end].removeprefix(lead)
        start = end + len(tail)
        start += len(text[start:]) - len(_without_lead(text[start:], after))
        return (Thinking(inner.removesuffix(before) if before else inner),), text[start:], start

    def check_text(self, turn: Message, problems: list[str]) -> None:
        """Note what in the turn's text would be read as something else."""
        text = turn.text
        if "<" not in text:
            return
        for token in self.reserved:
            if token in text:
                problems.append(f"reserved token in text: {token}")
        if "think>" in text and ("<think>" in text or "</think>" in text):
            problems.append("reserved token in text: a tag of thinking")

    def write_calls(self, calls: Sequence[ToolCall], index: ToolIndex, problems: list[str]) -> str:
        raise NotImplementedError

    def read_calls(self, text: str, offset: int, index: ToolIndex) -> Calls | None:
        raise NotImplementedError


def check_calls(calls: Sequence[ToolCall], problems: list[str]) -> None:
    """Note calls that no format can train on."""
    for call in calls:
        if not call.name:
            problems.append("name not writable: tool ''")
        if call.raw is not None:
            problems.append(f"malformed call: the arguments of {call.name!r} were not JSON")


def check_offered(calls: Sequence[ToolCall], index: ToolIndex, problems: list[str]) -> None:
    """Note calls of tools that are not among those offered, where any are. Comes last, as this reason does
    not count in a turn that is not trained on."""
    for call in calls if index.tools else ():
        if call.name not in index.by_name:
            problems.append(f"{UNKNOWN_TOOL}: {call.name!r} is not offered, engines drop its call")


def write_thinking(thinking: Sequence[Thinking], problems: list[str]) -> str:
    """Return the one block that text formats have room for."""
    if len(thinking) > 1:
        problems.append(f"several thinking blocks: there are {len(thinking)}")
    for block in thinking:
        if block.signature is not None or block.redacted is not None:
            problems.append("signed thinking: the syntax has no place for a provider's signature")
        if "</think>" in block.text:
            problems.append("closing tag in thinking: </think>")
    text = "\n\n".join(block.text for block in thinking)
    if not is_text(text):
        problems.append("not text: a lone surrogate cannot be written as UTF-8")
    return text


def call_id(position: int) -> str:
    """Return the id that decoding gives to the call at `position` where the syntax has none."""
    return f"call_{position}"


def _without_lead(text: str, lead: str) -> str:
    """Take `lead` (white space) off the front of `text`, or as much of it as is there."""
    for size in range(len(lead), 0, -1):
        if text.startswith(lead[:size]):
            return text[size:]
    return text
