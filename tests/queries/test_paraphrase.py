"""The keyed path over real HTTP: a loopback server that speaks the OpenAI protocol gives the answers."""

import asyncio
import json

import msgspec
import pytest

from nex_assets.queries.paraphrase import differs, paraphrase
from nex_resources.llm.openai import OpenAI
from nex_resources.records import Blueprint, Certificate, Fact, Query, Step

CANCEL = Step("s1", "retail__cancel_order", {"order_id": {"$slot": "order_id"}})
PLAN = Blueprint(
    "b",
    "task",
    "x",
    {"retail": 0},
    (CANCEL,),
    {"order_id": "O1234"},
    (Fact("order.refund", "s1", "refund", 5),),
)
QUERY = Query(
    "q_1",
    "Please cancel order O1234, and tell me the refund for that order.",
    "l",
    "f",
    PLAN,
    Certificate(),
    persona="clerk",
)
GOOD = "Kindly go ahead and cancel order O1234, then let me know how large the refund is."


class ModelServer:
    """Answers each chat completion with the next of `answers`; an int is an HTTP status."""

    def __init__(self, *answers):
        self.answers, self.requests = list(answers), []

    async def __aenter__(self):
        self._server = await asyncio.start_server(self._serve, "127.0.0.1", 0)
        self.url = f"http://127.0.0.1:{self._server.sockets[0].getsockname()[1]}/v1"
        return self

    async def __aexit__(self, *_):
        self._server.close()

    async def _serve(self, reader, writer):
        head = await reader.readuntil(b"\r\n\r\n")
        length = int(
            next(h.split(b":")[1] for h in head.split(b"\r\n") if h.lower().startswith(b"content-length"))
        )
        self.requests.append(json.loads(await reader.readexactly(length)))
        answer = self.answers.pop(0)
        status = answer if isinstance(answer, int) else 200
        body = {"error": {"message": "no"}} if status != 200 else self._completion(answer)
        data = json.dumps(body).encode()
        head = f"HTTP/1.1 {status} X\r\nContent-Type: application/json\r\nContent-Length: {len(data)}\r\n"
        writer.write(head.encode() + b"Connection: close\r\n\r\n" + data)
        await writer.drain()
        writer.close()

    def _completion(self, text):
        choice = {"index": 0, "finish_reason": "stop", "message": {"role": "assistant", "content": text}}
        return {"id": "x", "choices": [choice], "usage": {"prompt_tokens": 100, "completion_tokens": 20}}


async def run(rules, queries, *answers, **options):
    async with ModelServer(*answers) as server:
        llm = OpenAI("any", base_url=server.url, api_key="key", stream=False)
        try:
            report = await paraphrase(queries, llm, rules, concurrency=1, **options)
        finally:
            await llm.close()
    return report, server.requests


async def test_a_faithful_paraphrase_is_accepted(domains):
    report, requests = await run(
        domains.text, [QUERY], json.dumps([GOOD]), personas={"clerk": "a careful clerk"}
    )
    query = report.queries[0]
    assert (query.text, query.origin) == (GOOD, "llm")
    assert query.id != QUERY.id
    assert query.blueprint == QUERY.blueprint
    assert report.reasons == {"accepted": 1}
    assert "a careful clerk" in requests[0]["messages"][0]["content"]


@pytest.mark.parametrize(
    ("answer", "reason"),
    [
        pytest.param(["Please cancel order O9999 and tell me the refund."], "slot_lost", id="other-id"),
        pytest.param(["Please cancel the order and tell me the refund."], "slot_lost", id="id-dropped"),
        pytest.param(["Cancel order O1234 and O7777, and tell me the refund."], "slot_added", id="id-added"),
        pytest.param(
            ["Cancel order O1234 within 3 days; what is the refund?"], "slot_added", id="number-added"
        ),
        pytest.param(["Do not cancel order O1234, but tell me the refund."], "denial", id="denied"),
        pytest.param(["Cancel order O1234, please."], "fact_lost", id="question-dropped"),
        pytest.param(["What is the refund of order O1234?"], "request_lost", id="request-dropped"),
        pytest.param(["Cancel the cheapest order O1234; the refund?"], "superlative", id="superlative-added"),
        pytest.param(["请取消订单O1234并告诉我退款金额。"], "language", id="other-language"),
        pytest.param([GOOD, "And more."], "turns_differ", id="a-turn-more"),
        pytest.param("I would rather not.", "not_json", id="prose"),
        pytest.param(["  "], "not_json", id="blank"),
    ],
)
async def test_what_says_something_else_is_refused(domains, answer, reason):
    text = answer if isinstance(answer, str) else json.dumps(answer, ensure_ascii=False)
    report, _ = await run(domains.text, [QUERY], text)
    assert report.queries == (QUERY,)
    assert report.outcomes[0].reason == reason
    assert report.cost_per_accepted is None


async def test_a_failing_model_keeps_the_plain_query_and_says_so(domains):
    report, _ = await run(domains.text, [QUERY], 400)
    assert report.queries == (QUERY,)
    assert report.outcomes[0].reason.startswith("llm_")


class Priced:
    """A model whose every answer costs a dollar."""

    name = "priced"

    async def complete(self, messages, tools, settings):
        from nex_resources.llm.base import Completion
        from nex_resources.records import Usage, assistant

        return Completion(assistant(json.dumps([GOOD])), Usage(cost_usd=1.0))

    async def close(self):
        pass


async def test_the_budget_stops_and_the_rest_stays_plain(domains):
    queries = [msgspec.structs.replace(QUERY, id=f"q_{i}") for i in range(5)]
    report = await paraphrase(queries, Priced(), domains.text, budget_usd=2.0, concurrency=1)
    assert report.reasons == {"accepted": 2, "budget": 3}
    assert report.cost_usd == 2.0
    assert report.cost_per_accepted == 1.0
    assert [q.text for q in report.queries[2:]] == [QUERY.text] * 3


def test_turns_are_read_back_each(domains):
    later = Step(
        "s2", "retail__set_city", {"order_id": {"$slot": "order_id"}, "city": {"$slot": "city"}}, turn=1
    )
    plan = msgspec.structs.replace(PLAN, steps=(CANCEL, later), slots={"order_id": "O1234", "city": "Oslo"})
    query = msgspec.structs.replace(QUERY, blueprint=plan, turns=("Now ship order O1234 to Oslo.",))
    assert differs(query, [GOOD, "Next, have order O1234 shipped to Oslo."], domains.text) == ""
    assert differs(query, [GOOD, "Next, have order O1234 shipped to Rome."], domains.text) == "slot_lost"


def test_chinese_is_read_back(domains):
    query = msgspec.structs.replace(QUERY, language="zh", text="请取消订单O1234，并告诉我该订单的退款金额。")
    assert differs(query, ["麻烦把订单O1234取消掉，再说一下退款金额是多少。"], domains.text) == ""
    assert differs(query, ["麻烦不要取消订单O1234，再说一下退款金额是多少。"], domains.text) == "denial"
    assert differs(query, ["麻烦把订单O1235取消掉，再说一下退款金额是多少。"], domains.text) == "slot_lost"
