"""A trace as text for a judge: everything in it, in chunks where it is long, never cut."""

# ruff: noqa: E501 (wordings and scripts are easier to read unbroken)

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from nex_resources.records import Message, Trace

_encode = msgspec.json.Encoder(order="deterministic").encode


def lines(trace: Trace) -> Iterator[str]:
    """Yield one block a message, headed by `[trajectory.message] role`, with full arguments and results."""
    for index, trajectory in enumerate(trace.trajectories):
        yield f"=== trajectory {index}: agent {trajectory.agent}, tools: {', '.join(t.name for t in trajectory.tools) or 'none'}"
        for at, message in enumerate(trajectory.messages):
            yield f"[{index}.{at}] {message.role}\n{_body(message)}"


def _body(message: Message) -> str:
    parts = [f"(thinking) {block.text}" for block in message.thinking]
    parts += [message.text] if message.text else []
    parts += [f"(call {call.id}) {call.name} {_encode(call.arguments).decode()}" for call in message.calls]
    parts += [
        f"(result {result.call_id}{', ' + result.error if result.error else ''}) {result.text}"
        for result in message.results
    ]
    return "\n".join(parts)


def chunks(trace: Trace, size: int) -> list[str]:
    """Split the transcript into chunks of at most `size` characters, at messages where possible. Joined
    without separator they are the transcript."""
    text = "\n".join(lines(trace))
    out: list[str] = []
    while len(text) > size:
        at = text.rfind("\n[", size // 2, size)
        at = at + 1 if at > 0 else size
        out.append(text[:at])
        text = text[at:]
    return [*out, text]
