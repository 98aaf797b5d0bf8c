"""`tool_call_mode: xml`: tools are described in the system prompt, and calls are read from the model's text.

For models and servers without tool calls of their own. The trace is the same as in structured mode; the text
as the model wrote it is in the completion's `raw`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import msgspec

from nex_resources.formats.base import DecodeError
from nex_resources.formats.nexau_xml import NexauXml
from nex_resources.llm.base import LLM, Completion
from nex_resources.llm.history import History
from nex_resources.records import Message, ToolCall, ToolSpec, assistant, system, user

_CODEC = NexauXml()


class XmlMode:
    """Wraps a model for one run of an agent."""

    def __init__(self, inner: LLM):
        self.name = inner.name
        self._inner = inner
        self._source: Sequence[Message] = ()
        self._view = History()
        self._tools: Sequence[ToolSpec] = ()

    async def complete(
        self, messages: Sequence[Message], tools: Sequence[ToolSpec], settings: Mapping[str, Any]
    ) -> Completion:
        completion = await self._inner.complete(self._rendered(messages, tools), (), settings)
        text = completion.message.text
        message = _read(completion.message, tools)
        stop = "tool_calls" if message.calls and completion.stop_reason == "stop" else completion.stop_reason
        return msgspec.structs.replace(completion, message=message, raw=text, stop_reason=stop)

    async def close(self) -> None:
        """The wrapped model is shared and stays open."""

    def _rendered(self, messages: Sequence[Message], tools: Sequence[ToolSpec]) -> History:
        """Return the conversation as plain text turns; only what is new since the last call is rendered."""
        if messages is not self._source or tools is not self._tools:
            self._source, self._tools, self._view = messages, tools, History()
            head = messages[0].text if messages and messages[0].role == "system" else ""
            self._view.append(system("\n\n".join(filter(None, (head, _describe(tools))))))
            self._seen = 1 if head else 0
        for message in messages[self._seen :]:
            self._view.append(_plain(message, tools))
        self._seen = len(messages)
        return self._view


def _describe(tools: Sequence[ToolSpec]) -> str:
    shown = [
        msgspec.structs.replace(tool, description=tool.xml_description) if tool.xml_description else tool
        for tool in tools
    ]
    return _CODEC.describe_tools(shown) if shown else ""


def _plain(message: Message, tools: Sequence[ToolSpec]) -> Message:
    if message.role == "assistant" and any(not call.name for call in message.calls):
        return assistant(message.text)  # as it was written: it did not parse
    if message.role == "assistant":
        return assistant(_CODEC.encode(msgspec.structs.replace(message, thinking=()), tools))
    if message.role == "tool":
        return user(_CODEC.encode_results(message))
    return message


def _read(answer: Message, tools: Sequence[ToolSpec]) -> Message:
    """Decode the answer. A block that does not parse becomes one call without a name, which the loop refuses
    with the reason, so that the model can mend it."""
    try:
        decoded = _CODEC.decode(answer.text, tools)
    except DecodeError as error:
        position = f"at character {error.position}"
        unread = ToolCall("", "", raw=f"{error} ({position})")
        return Message("assistant", answer.text, answer.thinking, (unread,))
    return Message("assistant", decoded.text, answer.thinking or decoded.thinking, decoded.calls)
