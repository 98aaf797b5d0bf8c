"""The chat frame around turns: ChatML, in one place for the renderer, the trainer and the local model.

A frame is a function from messages and tools to pieces of text, each trained on or not. What stands
inside a turn is the codec's affair.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

import msgspec

from nex_resources.formats.base import Codec
from nex_resources.records import Message, ToolSpec


class Piece(NamedTuple):
    """A stretch of rendered text, whether the loss covers it, whose message it is (-1: nobody's), and why
    the codec cannot carry that message (None: it can)."""

    text: str
    train: bool
    message: int
    reason: str | None = None


class Rendered(msgspec.Struct, frozen=True):
    """A conversation as text. `labelled` are the [start, end) character ranges the loss covers, in
    order: each is one assistant turn with its stop token, without the generation prompt before it.
    `reason` says why the text does not decode to the same conversation; None where it does."""

    text: str
    labelled: tuple[tuple[int, int], ...] = ()
    reason: str | None = None


class ChatFrame:
    """`<|im_start|>role⏎…<|im_end|>⏎` around each turn; the tools close the system turn."""

    start = "<|im_start|>"
    end = "<|im_end|>"

    @property
    def generation_prompt(self) -> str:
        """What the model is given before it writes; never trained on."""
        return f"{self.start}assistant\n"

    def pieces(
        self,
        messages: Sequence[Message],
        tools: Sequence[ToolSpec],
        codec: Codec,
        train_flags: Sequence[bool] | None = None,
        compact: bool = False,
        add_generation_prompt: bool = False,
    ) -> Iterator[Piece]:
        """Yield the conversation's pieces in order. `train_flags` has one flag per message and counts for
        assistant turns only; None trains on all of those."""
        if train_flags is not None and len(train_flags) != len(messages):
            raise ValueError(
                f"train_flags has {len(train_flags)} flags for {len(messages)} messages; give one each"
            )
        offered = tools_section(tools, codec, compact)
        if offered and not (messages and messages[0].role == "system"):
            yield Piece(f"{self.start}system\n{offered}{self.end}\n", False, -1)
        since = 0 if codec.keeps_thinking else last_user(messages)
        for index, message in enumerate(messages):
            if message.role == "assistant":
                shown = message if index >= since or not message.thinking else _without_thinking(message)
                yield Piece(self.generation_prompt, False, index)
                text, reason = codec.write(shown, tools)
                yield Piece(text + self.end, train_flags is None or train_flags[index], index, reason)
                yield Piece("\n", False, index)
            else:
                role, text = _content(message, codec, offered if index == 0 else "")
                yield Piece(f"{self.start}{role}\n{text}{self.end}\n", False, index)
        if add_generation_prompt:
            yield Piece(self.generation_prompt, False, -1)

    def render(
        self,
        messages: Sequence[Message],
        tools: Sequence[ToolSpec],
        codec: Codec,
        train_flags: Sequence[bool] | None = None,
        compact: bool = False,
        add_generation_prompt: bool = False,
    ) -> Rendered:
        """Render the conversation as one text with its labelled ranges. `compact` offers the tools in one
        line each, for small models."""
        parts: list[str] = []
        labelled: list[tuple[int, int]] = []
        position = 0
        reason = None
        for piece in self.pieces(messages, tools, codec, train_flags, compact, add_generation_prompt):
            parts.append(piece.text)
            stop = position + len(piece.text)
            if piece.train:
                labelled.append((position, stop))
            position = stop
            reason = reason or piece.reason
        text = "".join(parts)
        turns = len(messages) + bool(tools and not (messages and messages[0].role == "system"))
        return Rendered(text, tuple(labelled), reason or self._intruder(text, turns, add_generation_prompt))

    def _intruder(self, text: str, turns: int, prompted: bool) -> str | None:
        """Return why the text has other turns than the conversation: some message holds a frame token."""
        for token, expected in ((self.start, turns + prompted), (self.end, turns)):
            if text.count(token) != expected:
                return f"reserved token in text: {token}"
        return None

    def prefix_stable(self, messages: Sequence[Message], codec: Codec) -> bool:
        """Whether the rendering of every shorter history is a prefix of this one's."""
        if codec.keeps_thinking:
            return True
        return not any(message.thinking for message in messages[: last_user(messages)])


def last_user(messages: Sequence[Message]) -> int:
    """Return the index of the last user turn, or 0 where there is none."""
    return next((i for i in range(len(messages) - 1, -1, -1) if messages[i].role == "user"), 0)


def tools_section(tools: Sequence[ToolSpec], codec: Codec, compact: bool = False) -> str:
    """Return the part of the system turn that offers `tools`; empty where there are none."""
    if not tools:
        return ""
    if compact:
        return "Tools:\n" + "\n".join(tool_line(tool) for tool in tools)
    return codec.describe_tools(tools)


def tool_line(tool: ToolSpec) -> str:
    """Return `name(arg: type, other?: type): description`; optional parameters are marked with `?`."""
    properties = tool.input_schema.get("properties") or {}
    required = tool.input_schema.get("required") or ()
    arguments = ", ".join(
        f"{name}{'' if name in required else '?'}: {type_name(schema)}" for name, schema in properties.items()
    )
    description = " ".join(tool.description.split())
    return f"{tool.name}({arguments}): {description}" if description else f"{tool.name}({arguments})"


def type_name(schema: Any) -> str:
    """Return a short name for a JSON Schema: `string`, `a|b` for an enum, `integer[]`, `any`."""
    if not isinstance(schema, dict):
        return "any"
    if "enum" in schema:
        return "|".join(str(value) for value in schema["enum"])
    alternatives = schema.get("anyOf") or schema.get("oneOf")
    if alternatives:
        return "|".join(dict.fromkeys(type_name(alternative) for alternative in alternatives))
    kind = schema.get("type", "any")
    if isinstance(kind, list):
        return "|".join(str(name) for name in kind)
    if kind == "array":
        inner = type_name(schema.get("items"))
        return f"({inner})[]" if "|" in inner else f"{inner}[]"
    return str(kind)


def _content(message: Message, codec: Codec, offered: str) -> tuple[str, str]:
    if message.role == "tool":
        return codec.results_role, codec.encode_results(message)
    text = (
        "\n\n".join(part for part in (message.text, offered) if part)
        if message.role == "system"
        else message.text
    )
    return message.role, text


def _without_thinking(message: Message) -> Message:
    return msgspec.structs.replace(message, thinking=())
