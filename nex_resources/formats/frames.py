"""The chat frame around turns: ChatML, in one place for the renderer, the trainer and the local model.

A frame is a function from messages and tools to text and the ranges of it that are trained on. What
stands inside a turn is the codec's affair.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import msgspec

from nex_resources.formats.base import Codec
from nex_resources.formats.turns import UNKNOWN_TOOL
from nex_resources.records import Message, ToolSpec


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

    generation_prompt = f"{start}assistant\n"
    """What the model is given before it writes; never trained on."""

    def render(
        self,
        messages: Sequence[Message],
        tools: Sequence[ToolSpec],
        codec: Codec,
        train_flags: Sequence[bool] | None = None,
        compact: bool = False,
        add_generation_prompt: bool = False,
    ) -> Rendered:
        """Render the conversation as one text with its labelled ranges.

        `train_flags` has one flag per message and counts for assistant turns only; None trains on all of
        those. `compact` offers the tools in one line each, for small models. A turn that calls a tool which
        is not offered may be shown (the error that it led to is worth learning from), but not trained on."""
        if train_flags is not None and len(train_flags) != len(messages):
            raise ValueError(
                f"train_flags has {len(train_flags)} flags for {len(messages)} messages; give one each"
            )
        parts, offered = [], tools_section(tools, codec, compact)
        if offered and not (messages and messages[0].role == "system"):
            parts.append(f"{self.start}system\n{offered}{self.end}\n")
            offered = ""
        opened = len(parts)
        position = sum(map(len, parts))
        labelled: list[tuple[int, int]] = []
        reason = None
        for message, shown in zip(messages, _shown(messages, codec), strict=True):
            if message.role == "assistant":
                text, problem = codec.write(shown, tools)
                trained = train_flags is None or train_flags[len(parts) - opened]
                if problem and (trained or not problem.startswith(UNKNOWN_TOOL)):
                    reason = reason or problem
                if trained:
                    begin = position + len(self.generation_prompt)
                    labelled.append((begin, begin + len(text) + len(self.end)))
                text = f"{self.generation_prompt}{text}{self.end}\n"
            else:
                role, body = _content(message, codec, offered if len(parts) == opened else "")
                text = f"{self.start}{role}\n{body}{self.end}\n"
            parts.append(text)
            position += len(text)
        turns = len(parts)
        if add_generation_prompt:
            parts.append(self.generation_prompt)
        whole = "".join(parts)
        reason = reason or self._intruder(whole, turns + add_generation_prompt, turns)
        return Rendered(whole, tuple(labelled), reason)

    def _intruder(self, text: str, starts: int, ends: int) -> str | None:
        """Return why the text has other turns than the conversation: some message holds a frame token."""
        if text.count("<|im_") == starts + ends:
            return None
        for token, expected in ((self.start, starts), (self.end, ends)):
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
    key = (codec.name, compact, *(tool.name for tool in tools))
    found = _sections.get(key)
    if found is None or (found[0] is not tools and found[0] != tools):
        lines = "Tools:\n" + "\n".join(map(tool_line, tools)) if compact else codec.describe_tools(tools)
        if len(_sections) >= _MOST_SECTIONS:
            _sections.clear()
        found = _sections[key] = (tools, lines)
    return found[1]


_sections: dict[tuple[object, ...], tuple[Sequence[ToolSpec], str]] = {}
_MOST_SECTIONS = 256


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


def _shown(messages: Sequence[Message], codec: Codec) -> Sequence[Message]:
    """The messages as a template shows them: if it drops thinking, without that before the last user turn."""
    if codec.keeps_thinking or not any(message.thinking for message in messages):
        return messages
    since = last_user(messages)
    return [*map(_without_thinking, messages[:since]), *messages[since:]]


def _without_thinking(message: Message) -> Message:
    return msgspec.structs.replace(message, thinking=()) if message.thinking else message
