"""Small, whole rollouts for the tests of this folder: a root agent, a sub-agent, errors, thinking."""

from __future__ import annotations

from nex_resources.records import (
    Assessment,
    Blueprint,
    Certificate,
    Difficulty,
    Message,
    Query,
    Split,
    Step,
    Thinking,
    ToolCall,
    ToolResult,
    ToolSpec,
    Trace,
    Trajectory,
    assistant,
    system,
    tool_results,
    user,
)

STRING = {"type": "string"}
GET = ToolSpec(
    "retail__get_order",
    "Return an order.",
    {"type": "object", "properties": {"order_id": STRING}, "required": ["order_id"]},
    server="retail",
)
NOTE = ToolSpec(
    "retail__add_note",
    "Write a note on an order.",
    {"type": "object", "properties": {"order_id": STRING, "note": STRING, "urgent": {"type": "boolean"}}},
    server="retail",
)
HELPER = ToolSpec(
    "helper",
    "Summarises.",
    {"type": "object", "properties": {"message": STRING}, "required": ["message"]},
    "agent",
)


def rollout(number: int = 0, note: str = "checked", later: bool = False, thinking: bool = False) -> Trace:
    """A rollout of root and helper: two lookups at once, a note, a delegation, an answer."""
    thought = (Thinking("I need the order."),) if thinking else ()
    messages: list[Message] = [
        system("You are a clerk."),
        user(f"What about order O{number}?"),
        Message(
            "assistant",
            "",
            thought,
            (
                ToolCall("a", "retail__get_order", {"order_id": f"O{number}"}),
                ToolCall("b", "retail__get_order", {"order_id": "O999"}),
            ),
        ),
        tool_results(
            ToolResult("a", "retail__get_order", '{"status": "paid"}'),
            ToolResult("b", "retail__get_order", "not found", "tool_error"),
        ),
        assistant(
            "", ToolCall("c", "retail__add_note", {"order_id": f"O{number}", "note": note, "urgent": True})
        ),
        tool_results(ToolResult("c", "retail__add_note", "ok")),
        assistant("", ToolCall("d", "helper", {"message": "Summarise."})),
        tool_results(ToolResult("d", "helper", "It is paid.")),
        assistant("The order is paid."),
    ]
    if later:
        messages += [user("Thanks, and now?"), Message("assistant", "Nothing more.", thought)]
    helper = (system("You summarise."), user("Summarise."), assistant("It is paid."))
    return Trace(
        f"trace_{number}",
        f"query_{number}",
        "framework_0",
        "completed",
        "The order is paid.",
        (
            Trajectory("clerk", "s0", tuple(messages), (GET, NOTE, HELPER)),
            Trajectory("clerk/helper", "s1", helper, (), "s0", "d"),
        ),
    )


def query(number: int = 0, split: Split = "train", level: int = 2, shape: str = "") -> Query:
    plan = Blueprint(
        f"blueprint_{number}",
        "task",
        shape or f"shape_{number}",
        {"retail": number},
        (Step("1", "retail__get_order"),),
    )
    return Query(
        f"query_{number}",
        f"What about order O{number}?",
        "leaf_0",
        "framework_0",
        plan,
        Certificate(),
        difficulty=Difficulty(level=level),
        split=split,
        phrasing=f"phrase_{number}",
    )


def verdict(number: int = 0, *masked: tuple[int, int], decision: str = "keep") -> Assessment:
    return Assessment(f"assessment_{number}", f"trace_{number}", decision, masked=masked)  # type: ignore[arg-type]
