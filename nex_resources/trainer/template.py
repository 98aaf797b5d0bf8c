"""How the student sees a conversation: the ChatML frame with one line per tool, and the loss mask.

Training and inference render through the same two functions, so that what the student was taught is what
it is shown. A rendered text becomes tokens piece by piece, cut where the loss begins and ends: no token
can straddle the border of the mask.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import msgspec

from nex_resources.formats import FORMATS, ChatFrame, Codec, Rendered
from nex_resources.records import Message, ToolSpec

IGNORED = -100
"""The label of a token that the loss does not cover."""


class Template(msgspec.Struct, frozen=True):
    """A student's dialect: the tool-call format by name, and whether tools take one line each."""

    format: str = "hermes"
    compact: bool = True

    @property
    def codec(self) -> Codec:
        return FORMATS[self.format]

    def render(
        self, messages: Sequence[Message], tools: Sequence[ToolSpec], train: Sequence[bool] | None = None
    ) -> Rendered:
        """Render a whole conversation with the character ranges that the loss covers."""
        return ChatFrame().render(messages, tools, self.codec, train, compact=self.compact)

    def prompt(self, messages: Sequence[Message], tools: Sequence[ToolSpec]) -> str:
        """Render what stands before the student's next turn."""
        rendered = ChatFrame().render(
            messages, tools, self.codec, compact=self.compact, add_generation_prompt=True
        )
        return rendered.text


class Example(msgspec.Struct, frozen=True):
    """A conversation in tokens. `labels[i]` is `ids[i]` where the loss covers that token, else IGNORED."""

    ids: list[int]
    labels: list[int]

    @property
    def labelled(self) -> int:
        return sum(label != IGNORED for label in self.labels)


def encode(tokenizer: Any, text: str, labelled: Sequence[tuple[int, int]]) -> Example:
    """Tokenize `text`, cut at the borders of the `labelled` character ranges, which are in order."""
    ids: list[int] = []
    labels: list[int] = []
    position = 0
    for start, stop in (*labelled, (len(text), len(text))):
        before = _tokens(tokenizer, text[position:start])
        trained = _tokens(tokenizer, text[start:stop])
        ids += before + trained
        labels += [IGNORED] * len(before) + trained
        position = stop
    return Example(ids, labels)


def cut(example: Example, limit: int) -> Example | None:
    """Cut `example` to `limit` tokens; None if no label is left, since it would train on nothing."""
    shorter = Example(example.ids[:limit], example.labels[:limit])
    return shorter if shorter.labelled else None


def _tokens(tokenizer: Any, text: str) -> list[int]:
    if not text:
        return []
    ids: list[int] = tokenizer(text, add_special_tokens=False)["input_ids"]
    return ids
