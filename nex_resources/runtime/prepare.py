"""What is done to the calls of a fresh completion before anything else sees them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from nex_resources.records import Message, ToolCall
from nex_resources.runtime.arguments import repair

if TYPE_CHECKING:
    from nex_resources.runtime.loop import AgentRun


def prepare_calls(run: AgentRun, message: Message, cut: bool) -> tuple[Message, dict[str, str]]:
    """Return the message with unique call ids and, where arguments were not valid JSON, one repair.

    The second value maps the id of each repaired call to what was done; the text as the model wrote it stays
    in the call's `raw`. Where the repair fails, the call keeps empty arguments and is refused later; so does
    the last call of a message that was `cut` off, whose arguments nobody knows.
    """
    repairs: dict[str, str] = {}
    last = len(message.calls) - 1
    calls = tuple(
        _prepare(run, call, repairs, mend=not (cut and index == last))
        for index, call in enumerate(message.calls)
    )
    if all(new is old for new, old in zip(calls, message.calls, strict=True)):
        return message, repairs
    return msgspec.structs.replace(message, calls=calls), repairs


def _prepare(run: AgentRun, call: ToolCall, repairs: dict[str, str], mend: bool) -> ToolCall:
    if not call.id or call.id in run.call_ids:
        call = msgspec.structs.replace(call, id=f"{call.id or 'call'}_{len(run.call_ids)}")
    run.call_ids.add(call.id)
    if call.raw is None or call.arguments:
        return call
    mended = repair(call.raw) if mend else None
    if mended is None:
        return call
    repairs[call.id] = mended[1]
    run.repaired.add(call.id)
    return msgspec.structs.replace(call, arguments=mended[0])
