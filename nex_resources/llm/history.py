"""A conversation that remembers how a provider has encoded it, so that each turn is encoded once."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from nex_resources.records import Message, ToolSpec


class History(list[Message]):
    """The messages of one run of one agent. Append only: to change what was said, make a new one."""

    def __init__(self, messages: Sequence[Message] = ()):
        super().__init__(messages)
        self._encoded: dict[str, list[bytes]] = {}
        self._tools: tuple[str, object, bytes] = ("", None, b"")


def encode_messages(
    messages: Sequence[Message], wire: str, encode: Callable[[Message], bytes], skip_system: bool = False
) -> bytes:
    """Return the messages as the inside of a JSON array. Of a `History`, only what was added since the last
    call for the same `wire` is encoded. A message that encodes to nothing is left out."""
    known = messages._encoded.setdefault(wire, []) if isinstance(messages, History) else []
    for message in messages[len(known) :]:
        known.append(b"" if skip_system and message.role == "system" else encode(message))
    return b",".join(filter(None, known))


def encode_tools(
    messages: Sequence[Message],
    tools: Sequence[ToolSpec],
    wire: str,
    encode: Callable[[Sequence[ToolSpec]], bytes],
) -> bytes:
    """Return the encoded tools, kept with the `History` for as long as the very same sequence is offered."""
    if not isinstance(messages, History):
        return encode(tools)
    known_wire, known_tools, encoded = messages._tools
    if known_wire != wire or known_tools is not tools:
        encoded = encode(tools)
        messages._tools = (wire, tools, encoded)
    return encoded
