"""Traces for the report's tests: a two-layer rollout with an error, and one made of hostile text."""

from nex_resources.records import (
    AgentSpec,
    Assessment,
    Blueprint,
    Certificate,
    Change,
    Difficulty,
    Fact,
    Finding,
    LeafConstraint,
    ProblemType,
    Query,
    Sample,
    Step,
    Thinking,
    ToolCall,
    ToolResult,
    ToolSpec,
    Trace,
    Trajectory,
    Usage,
    Verdict,
    assistant,
    system,
    tool_results,
    user,
)
from nex_resources.records.message import Message
from nex_resources.report import Case, FrameworkInfo

HOSTILE = (
    "</pre><script>alert('x')</script><img src=x onerror=alert(1)> \u202egnp\u0000 ]]> <!-- &lt; \ud800 ' \""
)

ORDER = ToolSpec(
    "retail__get_order",
    "Show an order.",
    {"type": "object", "properties": {"order_id": {"type": "string"}}, "required": ["order_id"]},
)
CANCEL = ToolSpec(
    "retail__cancel_order",
    "Cancel a pending order.",
    {"type": "object", "properties": {"order_id": {"type": "string"}}, "required": ["order_id"]},
)


def delegate(name: str) -> ToolSpec:
    schema = {"type": "object", "properties": {"message": {"type": "string"}}, "required": ["message"]}
    return ToolSpec(name, f"Ask the {name}.", schema, kind="agent")


def call(identifier: str, name: str, **arguments: object) -> ToolCall:
    return ToolCall(identifier, name, dict(arguments))


def result(identifier: str, name: str, text: str, **more: object) -> ToolResult:
    return ToolResult(identifier, name, text, size=len(text), **more)  # type: ignore[arg-type]


def finder() -> Trajectory:
    return Trajectory(
        "retail_lead/order_finder",
        "s1",
        (
            system("You look orders up."),
            user("Show order W1042 of Mia Sørensen."),
            assistant("", call("c1", "retail__get_order", order_id="W1O42")),
            tool_results(
                result("c1", "retail__get_order", "no order 'W1O42'", error="tool_error", seconds=0.004)
            ),
            assistant("That id had a letter in it.", call("c2", "retail__get_order", order_id="W1042")),
            tool_results(
                result(
                    "c2",
                    "retail__get_order",
                    '{"order_id": "W1042", "status": "pending", "total": 81.5}',
                    seconds=0.0037,
                )
            ),
            assistant("W1042 is pending; its total is 81.50."),
        ),
        (ORDER,),
        parent="s0",
        call_id="d1",
        stop_reasons=("tool_calls", "tool_calls", "stop"),
    )


def editor() -> Trajectory:
    return Trajectory(
        "retail_lead/order_editor",
        "s2",
        (
            system("You change orders."),
            user("Cancel W1042."),
            assistant("", call("c3", "retail__cancel_order", order_id="W1042")),
            tool_results(result("c3", "retail__cancel_order", '{"refund": 81.5}', seconds=0.0061)),
            assistant("Cancelled; 81.50 is refunded."),
        ),
        (CANCEL,),
        parent="s0",
        call_id="d2",
        stop_reasons=("tool_calls", "stop"),
    )


def lead(answer: str) -> Trajectory:
    messages: tuple[Message, ...] = (
        system("You are the retail manager. Members: order_finder, order_editor."),
        user(
            "Mia Sørensen no longer wants her headphones. Cancel order W1042 and tell me what she gets back."
        ),
        Message(
            "assistant",
            "I look the order up first.",
            thinking=(Thinking("The order has to be pending before it can be cancelled."),),
            calls=(call("d1", "order_finder", message="Show order W1042 of Mia Sørensen."),),
        ),
        tool_results(result("d1", "order_finder", "W1042 is pending; its total is 81.50.", seconds=0.021)),
        assistant("", call("d2", "order_editor", message="Cancel W1042.")),
        tool_results(result("d2", "order_editor", "Cancelled; 81.50 is refunded.", seconds=0.014)),
        assistant(answer),
    )
    tools = (delegate("order_finder"), delegate("order_editor"))
    reasons = ("tool_calls", "tool_calls", "stop")
    return Trajectory("retail_lead", "s0", messages, tools, stop_reasons=reasons)


def query(text: str = "", split: str = "train") -> Query:
    blueprint = Blueprint(
        "blueprint_5e11",
        "task",
        "get_order>cancel_order",
        {"retail": 17},
        (
            Step("a", "retail__get_order", {"order_id": {"$slot": "order"}}),
            Step("b", "retail__cancel_order", {"order_id": {"$slot": "order"}}, after=("a",)),
        ),
        {"order": "W1042"},
        (Fact("order.refund", "b", "refund", 81.5, ("81.50", "$81.50")),),
        ("retail__get_order", "retail__cancel_order"),
    )
    certificate = Certificate(
        deterministic=True,
        minimal=True,
        gold_passes=True,
        noop_fails=True,
        random_fails=True,
        unique=True,
        diff=(Change("orders", "W1042", {"status": "pending"}, {"status": "cancelled"}),),
        runs=9,
    )
    return Query(
        "query_77ac",
        text
        or "Mia Sørensen no longer wants her headphones. Cancel order W1042 and tell me what she gets back.",
        "leaf_02",
        "framework_9b",
        blueprint,
        certificate,
        persona="a patient shop assistant",
        phrasing="cancel.reason-first",
        difficulty=Difficulty(2, 2, 1, 3, 0, 2),
        split=split,  # type: ignore[arg-type]
    )


FRAMEWORK = FrameworkInfo(
    "framework_9b",
    "retail_desk",
    "A support team for a shop, with an order finder and an order editor under a manager.",
    "manager_workers",
    "retail",
    AgentSpec(
        "retail_lead",
        sub_agents=(
            AgentSpec("order_finder", tools=("retail__get_order", "retail__list_orders")),
            AgentSpec("order_editor", tools=("retail__cancel_order", "retail__place_order")),
        ),
    ),
)
LEAF = ProblemType(
    "leaf_02", "retail.orders.cancel", "Cancel an order", "取消订单", constraint=LeafConstraint(("retail",))
)


def good() -> Case:
    """A rollout that was kept with one turn masked: a wrong id, and its recovery."""
    answer = "Order W1042 is cancelled. Mia Sørensen gets 81.50 back."
    trace = Trace(
        "trace_00aa",
        "query_77ac",
        "framework_9b",
        "completed",
        answer,
        (lead(answer), finder(), editor()),
        Usage(1840, 212),
        1_790_000_000.0,
        0.31,
        "expert",
    )
    findings = (
        Finding("errors", "wrong_argument", "flag", 1, 2, "calls.0.arguments", None, "W1O42"),
        Finding("errors", "tool_error", "info", 1, 3, "results.0.text", (0, 8), "no order"),
    )
    assessment = Assessment(
        "assessment_31",
        "trace_00aa",
        "keep_masked",
        ("recovered from tool_error",),
        findings,
        ((1, 2),),
        "rules_8f",
    )
    sample = Sample(
        "sample_aa01",
        "trace_00aa",
        "assessment_31",
        "query_77ac",
        "framework_9b",
        "leaf_02",
        "qwen_xml",
        "retail_lead/order_finder",
        "[]",
        "[]",
        "<|im_start|>user\nShow<|im_end|>\n<|im_start|>assistant\npending<|im_end|>\n",
        (False, True),
        ((56, 74),),
        ("role", ""),
    )
    return Case(trace, query(), LEAF, FRAMEWORK, Verdict(True, True, True), assessment, (sample,))


def bad(number: int = 0) -> Case:
    """A rollout that claims what it did not do, and went to quarantine."""
    answer = "I ran the whole test suite and all 42 tests pass. The refund of 99.00 is on its way."
    trajectory = Trajectory(
        "retail_clerk",
        "s0",
        (
            system("You handle retail requests."),
            user("Cancel order W1042 and tell me what she gets back."),
            assistant("", call("c1", "retail__get_order", order_id="W1042")),
            tool_results(
                result("c1", "retail__get_order", '{"status": "pending", "total": 81.5}\n' * 80, seconds=2.4)
            ),
            assistant(answer),
        ),
        (ORDER, CANCEL),
        stop_reasons=("tool_calls", "length"),
    )
    identifier = f"trace_bad{number:02d}"
    trace = Trace(
        identifier,
        "query_77ac",
        "framework_9b",
        "completed",
        answer,
        (trajectory,),
        seconds=3.2,
        model="expert",
    )
    start = answer.index("I ran")
    findings = (
        Finding(
            "reward_hacking", "claimed_without_call", "drop", 0, 4, "text", (start, start + 49), answer[:49]
        ),
        Finding(
            "grounding",
            "ungrounded_number",
            "drop",
            0,
            4,
            "text",
            (answer.index("99"), answer.index("99") + 5),
            "99.00",
        ),
        Finding("truncation", "cut_output", "flag", 0, 4, "", None, "stop reason length"),
        Finding("outcome", "wrong_state", "drop", 0, -1, "", None, "order W1042 is still pending"),
    )
    assessment = Assessment(
        f"assessment_bad{number}", identifier, "quarantine", ("wrong_state",), findings, (), "rules_8f"
    )
    verdict = Verdict(False, False, False, (), ("order.refund",), ("the order is still pending",))
    return Case(trace, query(), LEAF, None, verdict, assessment)


def hostile() -> Case:
    """Every text field of a case full of markup, scripts and control characters."""
    messages = (
        system(HOSTILE),
        user(HOSTILE),
        Message(
            "assistant",
            HOSTILE,
            (Thinking(HOSTILE),),
            (ToolCall("c<1>", HOSTILE, {HOSTILE: [HOSTILE]}, HOSTILE),),
        ),
        tool_results(result("c<1>", HOSTILE, HOSTILE, error="silent_error", full_path=HOSTILE)),
        assistant(HOSTILE),
    )
    tools = (ToolSpec(HOSTILE, HOSTILE, {"type": "object", "properties": {HOSTILE: {"enum": [HOSTILE]}}}),)
    trajectory = Trajectory(HOSTILE, "s0", messages, tools, stop_reasons=(HOSTILE, HOSTILE))
    trace = Trace("../../<evil>.html", HOSTILE, HOSTILE, "completed", HOSTILE, (trajectory,), model=HOSTILE)
    findings = (
        Finding(HOSTILE, HOSTILE, "drop", 0, 4, "text", (0, 9), HOSTILE),
        Finding(HOSTILE, HOSTILE, "drop", 0, 3, "results.0.text", (5, 10_000), HOSTILE),
        Finding(HOSTILE, HOSTILE, "flag", 0, 2, "calls.0.arguments", None, HOSTILE),
        Finding(HOSTILE, HOSTILE, "flag", 7, 99, HOSTILE, (-5, -1), HOSTILE),
    )
    assessment = Assessment(HOSTILE, trace.id, "quarantine", (HOSTILE,), findings, ((0, 4),), HOSTILE)
    framework = FrameworkInfo(
        HOSTILE, HOSTILE, HOSTILE, HOSTILE, HOSTILE, AgentSpec(HOSTILE, tools=(HOSTILE,))
    )
    leaf = ProblemType(HOSTILE, HOSTILE, HOSTILE, HOSTILE)
    verdict = Verdict(False, False, False, (HOSTILE,), (HOSTILE,), (HOSTILE,))
    return Case(trace, query(HOSTILE), leaf, framework, verdict, assessment)
