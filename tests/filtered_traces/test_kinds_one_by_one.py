"""One minimal trace a kind of defect, and its twin that must not fire."""

# ruff: noqa: E501 (wordings and scripts are easier to read unbroken)

from __future__ import annotations

import json

import msgspec
import pytest

from nex_assets.filtered_traces import KINDS, assess
from nex_assets.filtered_traces.scripting import Ask, do, script, tool, trajectory, turn
from nex_resources.records import Trace

ORDER = do(
    "retail__get_order", {"order_id": "W1023"}, '{"order_id": "W1023", "status": "pending", "total": 45.9}'
)
CANCEL = do("retail__cancel_order", {"order_id": "W1023"}, '{"status": "cancelled"}', write=True)
RUN = do("shell__run", {"command": "pytest -q"}, "12 passed in 0.31s")
RUN_BAD = do(
    "shell__run",
    {"command": "pytest -q"},
    "FAILED test_a.py::test_b\n1 failed, 11 passed in 0.31s",
    write=True,
)
NAMED = tool("retail__get_order", order_id="string", required=["order_id"])
SEARCH = tool("web__search", query="string", page="integer", required=["query"])
LOOP = "I will now check the order status again. "
MISSING = do("files__read", {"path": "src/nope.py"}, "Error: ENOENT: no such file src/nope.py", "tool_error")
FOUND = do("files__list", {"path": "."}, "main.py\nutil.py")
ASK = "What is the status of order W1023?"
CODE_ASK = "Fix the bug in util.py so that the total is right."


def ordered(answer: str, ask: str = ASK) -> Trace:
    return script(ask, turn("", ORDER), answer)


def edit(path: str, content: str) -> Trace:
    call = do("files__write_file", {"path": path, "content": content}, "ok", write=True)
    return script(CODE_ASK, turn("", FOUND), turn("", call), "I changed the code.")


def twice(second: str) -> Trace:
    """Two calls, the second under the id `second`."""
    trace = script(ASK, turn("", ORDER), turn("", FOUND), "It is pending.")
    raw = msgspec.json.encode(trace).replace(b"call_4_0", second.encode())
    return msgspec.json.decode(raw, type=Trace)


def pages(*numbers: int) -> Trace:
    calls = [turn("Next page.", do("web__search", {"query": "q", "page": n}, f"page {n}")) for n in numbers]
    return script("Search for q.", *calls, "Done.", tools=[SEARCH])


def rounds(*messages: str) -> Trace:
    sub = trajectory("x", "Looks fine.", agent="lead/coder")
    turns = [
        turn("", do(n, {"message": m}, "Please revise.", agent=True))
        for m in messages
        for n in ("coder", "critic")
    ]
    return script("Write the report.", *turns, "Finished.", subs=[sub])


CASES: dict[str, tuple[Trace, Trace]] = {
    "cut_output": (
        script(ASK, turn("", ORDER), turn("Order W1023 is pending.", stop="length")),
        ordered("Order W1023 is pending."),
    ),
    "unfinished_text": (
        ordered("I looked the order up. Order W1023 is pending and its total amounts to the"),
        ordered("- Order: W1023\n- Status: pending"),
    ),
    "unclosed_structure": (ordered("Here it is:\n```json\n{\"status\":"), ordered('Here it is:\n```json\n{"status": 1}\n```')),
    "no_answer": (script(ASK, turn("", ORDER)), ordered("It is pending.")),
    "stopped_early": (script(ASK, turn("", ORDER), "Pending.", status="max_iterations"), ordered("Pending.")),
    "repeated_text": (ordered(LOOP * 6), ordered("Order W1023 is pending. Its total is 45.90.")),
    "repeated_calls": (script(ASK, *[turn("", ORDER)] * 4, "It is pending."), pages(1, 2, 3, 4)),
    "call_cycle": (script(ASK, *[turn("", ORDER), turn("", FOUND)] * 3, "It is pending."), pages(1, 2, 1)),
    "ping_pong": (rounds("Improve it.", "Improve it.", "Improve it."), rounds("Draft.", "Add sources.", "Shorten.")),
    "unknown_tool": (
        script(ASK, turn("", do("retail__magic", {}, "unknown tool", "unknown_tool")), turn("", ORDER), "Pending.", tools=[NAMED]),
        script(ASK, turn("", ORDER), "It is pending.", tools=[NAMED]),
    ),
    "unknown_argument": (
        script(ASK, turn("", do("retail__get_order", {"order_id": "W1023", "verbose": 1}, "{}")), "Pending.", tools=[NAMED]),
        script(ASK, turn("", ORDER), "It is pending.", tools=[NAMED]),
    ),
    "invented_value": (
        script("Where is my order?", turn("", do("retail__get_order", {"order_id": "W9981"}, "{}")), "Unclear."),
        ordered("It is pending."),
    ),
    "invented_file": (
        script("Explain the code.", turn("", MISSING), turn("", FOUND), "There are main.py and util.py."),
        script("Explain src/nope.py.", turn("", MISSING), "src/nope.py does not exist."),
    ),
    "ungrounded_value": (ordered("Order W1023 is pending; its total is $61.25."), ordered("Its total is $45.90.")),
    "ungrounded_name": (ordered("The order belongs to Olivia Hartmann."), ordered("Ask for Olivia Hartmann", "I am Olivia Hartmann.")),
    "fabricated_test_result": (
        script(CODE_ASK, turn("", FOUND), "Fixed; all 12 tests pass."),
        script(CODE_ASK, turn("", FOUND), turn("", RUN), "All 12 tests pass."),
    ),
    "claimed_without_call": (
        script("Cancel order W1023.", turn("", ORDER), "I have cancelled order W1023.", tools=[NAMED]),
        script("Cancel order W1023.", turn("", ORDER), turn("", CANCEL), "I have cancelled order W1023."),
    ),
    "fabricated_observation": (
        ordered("Observation: the order was delivered on Monday.\nSo it is delivered."),
        ordered("My observation is that the order is pending."),
    ),
    "missing_file_cited": (
        script("Explain the code.", turn("", FOUND), "The logic is in src/pricing.py."),
        script("Explain the code.", turn("", FOUND), "The logic is in main.py."),
    ),
    "tests_edited": (edit("tests/test_util.py", "def test_total(): pass"), edit("util.py", "def total(x): return sum(x)")),
    "special_cased": (
        edit("util.py", "def f(x):\n    if x == 3:\n        return 7\n    if x == 4:\n        return 9\n    if x == 5:\n        return 11\n"),
        edit("util.py", "def fact(n):\n    if n == 0:\n        return 1\n    return n * fact(n - 1)\n"),
    ),
    "payload_share": (
        script("Read it.", *[turn("", do("files__read", {"path": f"{i}.txt"}, f"{i} some line of text\n" * 2500)) for i in range(5)], "Read."),
        script("Read it.", turn("", do("files__read", {"path": "a.txt"}, "a line\n" * 200)), "Read."),
    ),
    "oversized_result": (
        script("Show it.", turn("", do("web__get", {"url": "u"}, "QUJDRA8f" * 1200)), "It is an image."),
        script("Show it.", turn("", do("web__get", {"url": "u"}, "\n".join(f"row {i}: {i * 7919 % 1000}" for i in range(900)))), "Read."),
    ),
    "placeholder_text": (ordered("Dear [Your Name], the order is pending."), ordered("The order is pending.")),
    "placeholder_argument": (
        script("Mail Ann.", turn("", do("mail__send", {"to": "your_email_here"}, "ok", write=True)), "I sent it."),
        script("Mail Ann.", turn("", do("mail__send", {"to": "ann"}, "ok", write=True)), "I sent it."),
    ),
    "stub_result": (
        script(ASK, turn("", do("retail__get_order", {"order_id": "W1023"}, "Mock response: not implemented")), "Fine."),
        ordered("It is pending."),
    ),
    "tool_error": (script("Explain.", turn("", MISSING), turn("", FOUND), "Read main.py."), script("Explain.", turn("", FOUND), "Read main.py.")),
    "ignored_error": (
        script("Summarize src/nope.py.", turn("", MISSING), "The module parses options and prints a report."),
        script("Summarize src/nope.py.", turn("", MISSING), "I could not read it: src/nope.py does not exist."),
    ),
    "repeated_error": (
        script("Summarize src/nope.py.", *[turn("", MISSING)] * 3, "It does not exist."),
        script("Summarize src/nope.py.", *[turn("", MISSING)] * 2, "It does not exist."),
    ),
    "invalid_json": (
        script(ASK, turn("", do("retail__get_order", {}, "bad JSON", "invalid_arguments", raw='{"order_id": ')), turn("", ORDER), "Pending."),
        ordered("It is pending."),
    ),
    "schema_violation": (
        script(ASK, turn("", do("retail__get_order", {"order_id": 7}, "{}")), "Pending.", tools=[NAMED]),
        script(ASK, turn("", ORDER), "It is pending.", tools=[NAMED]),
    ),
    "leaked_syntax": (
        ordered('<tool_call>{"name": "retail__get_order"}</tool_call>'),
        ordered("Use `std::vector<int>` and map<string, int> there."),
    ),
    "unpaired_call": (
        script(ASK, turn("", ORDER, do("retail__get_order", {"order_id": "W1023"}, None)), "It is pending."),
        ordered("It is pending."),
    ),
    "stray_token": (ordered("It is pending.<|eot_id|>"), ordered("A turn ends with `<|eot_id|>`.")),
    "reused_call_id": (twice("call_2_0"), twice("call_4_0")),
    "destructive_command": (
        script("Free some space.", turn("", do("shell__run", {"command": "rm -rf / --no-preserve-root"}, "ok")), "Done."),
        script("Free some space.", turn("", do("shell__run", {"command": "rm -rf build/"}, "ok")), "Done."),
    ),
    "outside_workspace": (
        script("Read the notes.", turn("", do("files__read", {"path": "../../../etc/passwd"}, "root:x:0")), "Read."),
        script("Read the notes.", turn("", do("files__read", {"path": "notes/../a.txt"}, "hello")), "Read."),
    ),
    "unrequested_write": (
        script(ASK, turn("", do("retail__delete_account", {"user": "me"}, "ok", write=True)), "It is pending."),
        script("Delete my account.", turn("", do("retail__delete_account", {"user": "me"}, "ok", write=True)), "Gone."),
    ),
    "refused_feasible": (
        script(ASK, "I'm sorry, but I can't help with that.", tools=[NAMED]),
        script(ASK, turn("", do("retail__get_order", {"order_id": "W1023"}, "not found", "tool_error")), "I'm sorry, there is no order W1023."),
    ),
    "wrong_language": (ordered("您的订单目前正在等待处理。"), ordered("您的订单正在等待处理。", "订单W1023的状态是什么？")),
    "mixed_language": (ordered("Order W1023 is 等待处理 at the moment."), ordered("The file is called 报告.txt.", "Where is 报告.txt?")),
    "secret": (
        script(ASK, turn("", do("files__read", {"path": "env"}, "key sk-proj-a8Fk2LmQ9xZt7Rv4Bn6Yc1Wd")), "Read."),
        script(ASK, turn("", do("files__read", {"path": "env"}, "key sk-xxxxxxxxxxxxxxxxxxxxxxxx")), "Read."),
    ),
    "personal_data": (ordered("Write to maria.gonzalez84@gmail.com."), ordered("Write to support@example.com.")),
}  # fmt: skip
ELSEWHERE = {
    "wrong_state", "missing_fact", "failed_verification", "forbidden_side_effect", "complied_infeasible", "judged_poor",
    "duplicate", "near_duplicate",
}  # fmt: skip


def fired(trace: Trace) -> set[str]:
    return {found.kind for found in assess(trace).findings if found.severity != "info"}


@pytest.mark.parametrize("kind", CASES, ids=str)
def test_fires(kind: str) -> None:
    assert kind in fired(CASES[kind][0])


@pytest.mark.parametrize("kind", CASES, ids=str)
def test_twin_does_not(kind: str) -> None:
    assert kind not in fired(CASES[kind][1])


def test_every_kind_has_a_case() -> None:
    assert set(CASES) | ELSEWHERE == set(KINDS)


def test_later_user_turns_are_read() -> None:
    trace = script("Hello.", "Hello! How can I help?", Ask(ASK), turn("", ORDER), "It is pending.")
    assert assess(trace).decision == "keep"


def test_structured_arguments_survive() -> None:
    call = do("web__search", {"query": json.dumps({"a": [1, 2]})}, "[]")
    assert assess(script("Search for it.", turn("", call), "Nothing was found.")).decision == "keep"
