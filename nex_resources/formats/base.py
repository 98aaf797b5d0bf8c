"""What every codec does, and the one error that decoding may raise."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal, NamedTuple, Protocol

from nex_resources.records import Message, ToolSpec


class DecodeError(ValueError):
    """Text that this format does not parse. `position` is a character offset into it."""

    def __init__(self, message: str, position: int = 0):
        super().__init__(message)
        self.position = position


class Written(NamedTuple):
    """A turn as text, and why it does not decode to an equal turn (None: it does). The part of the
    reason before the colon names its class, by which reasons are counted."""

    text: str
    reason: str | None


class Codec(Protocol):
    """One tool-call format. `encode` renders an assistant turn (text, thinking, calls) as the text a
    model of that format emits; `decode` reads it back, with `tools` to restore argument types;
    `encode_results` renders a tool turn, `describe_tools` the section of the system turn that offers
    the tools. `can_carry` gives the reason why a turn cannot be represented, or None; what it passes
    decodes to an equal turn (call ids aside, where the syntax has none).

    `results_role` is the chat role under which results stand. `keeps_thinking` is False where the
    format's chat templates drop the thinking of turns before the last user turn: a longer history
    then does not begin with the shorter one.
    """

    @property
    def name(self) -> str: ...

    @property
    def results_role(self) -> Literal["user", "tool"]: ...

    @property
    def keeps_thinking(self) -> bool: ...

    def encode(self, turn: Message, tools: Sequence[ToolSpec] = ()) -> str: ...

    def write(self, turn: Message, tools: Sequence[ToolSpec] = ()) -> Written:
        """`encode` and `can_carry` in one pass."""
        ...

    def encode_results(self, turn: Message) -> str: ...

    def decode(self, text: str, tools: Sequence[ToolSpec] = ()) -> Message: ...

    def can_carry(self, turn: Message, tools: Sequence[ToolSpec] = ()) -> str | None: ...

    def describe_tools(self, tools: Sequence[ToolSpec]) -> str: ...
