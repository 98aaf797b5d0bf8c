"""The LLM judge, asked over HTTP through the OpenAI provider, of a server on the loopback."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
from aiohttp import web

from nex_assets.filtered_traces import Calibration, judging
from nex_assets.filtered_traces.judge import Judge, measure_judge
from nex_assets.filtered_traces.labelled import CLEAN, mutated, unharmed
from nex_assets.filtered_traces.rubric import CRITERIA, read_vote
from nex_assets.filtered_traces.scripting import do, script, turn
from nex_assets.filtered_traces.specimens import good
from nex_assets.filtered_traces.transcript import chunks
from nex_resources.llm.openai import OpenAI
from nex_resources.llm.prices import Price

TASK = "Which files are there?"
TRACE = script(TASK, turn("", do("files__list", {"path": "."}, "notes.md\n" * 400)), "There is notes.md.")


class Server:
    """Answers like a judge: poor where the material names a marker, and by position if told to."""

    def __init__(self) -> None:
        self.asked: list[str] = []
        self.biased = False
        self.broken = 0
        self.url = ""

    async def answer(self, request: web.Request) -> web.Response:
        body: dict[str, Any] = await request.json()
        text = body["messages"][-1]["content"]
        self.asked.append(text)
        content = self._notes() if "Write notes" in text else self._vote(text)
        message = {"role": "assistant", "content": content}
        usage = {"prompt_tokens": 1000, "completion_tokens": 100}
        return web.json_response({"choices": [{"message": message, "finish_reason": "stop"}], "usage": usage})

    def _notes(self) -> str:
        return "notes so far: files__list returned notes.md"

    def _vote(self, text: str) -> str:
        if self.broken:
            self.broken -= 1
            return "I would rather not say."
        poor = "unable to help" in text or "can't assist" in text or "cannot do this" in text
        score = 2 if poor else 5
        scores = {name: score for name, _ in CRITERIA}
        if self.biased and text.index(f"- {CRITERIA[0][0]}:") < text.index(f"- {CRITERIA[-1][0]}:"):
            scores[CRITERIA[0][0]] = 1
        reasons = {name: "as quoted" for name, _ in CRITERIA}
        vote = {"reasons": reasons, "scores": scores, "defects": [], "keep": min(scores.values()) >= 3}
        return f"```json\n{json.dumps(vote)}\n```"


@pytest.fixture
async def served() -> AsyncIterator[tuple[Server, OpenAI]]:
    server = Server()
    app = web.Application()
    app.router.add_post("/v1/chat/completions", server.answer)
    runner = web.AppRunner(app)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    port = runner.addresses[0][1]
    server.url = f"http://127.0.0.1:{port}/v1"
    llm = OpenAI(
        "judge-model",
        server.url,
        "key",
        price=Price(input=2.0, output=10.0, cache_read=0.2),
    )
    yield server, llm
    await llm.close()
    await runner.cleanup()


async def test_votes_swap_the_order_and_cost_is_counted(served: tuple[Server, OpenAI]) -> None:
    server, llm = served
    judgement = await Judge(llm, votes=4).judge(TRACE, TASK)
    first, last = CRITERIA[0][0], CRITERIA[-1][0]
    order = [text.index(f"- {first}:") < text.index(f"- {last}:") for text in server.asked]
    assert order == [True, False, True, False]
    assert judgement.keep
    assert judgement.finding() is None
    assert judgement.usage.input_tokens == 4000
    assert judgement.usage.cost_usd == pytest.approx(4 * (1000 * 2.0 + 100 * 10.0) / 1e6)


async def test_a_position_bias_shows_and_costs_the_keep(served: tuple[Server, OpenAI]) -> None:
    server, llm = served
    server.biased = True
    judgement = await Judge(llm, votes=4).judge(TRACE, TASK)
    assert judgement.swing == 4
    assert not judgement.keep  # two of four: a tie counts against
    found = judgement.finding()
    assert found is not None
    assert found.kind == "judged_poor"


async def test_long_transcripts_are_read_in_chunks_and_never_cut(served: tuple[Server, OpenAI]) -> None:
    server, llm = served
    judgement = await Judge(llm, votes=1, chunk=1500).judge(TRACE, TASK)
    read = "".join(text.split("\n\nPart ", 1)[1].split(":\n", 1)[1] for text in server.asked[:-1])
    assert read.count("notes.md") == "".join(chunks(TRACE, 10**9)).count("notes.md")
    assert "notes so far" in server.asked[-1]
    assert judgement.usage.input_tokens == 1000 * len(server.asked)


async def test_answers_that_are_no_votes_are_counted(served: tuple[Server, OpenAI]) -> None:
    server, llm = served
    server.broken = 1
    judgement = await Judge(llm, votes=3).judge(TRACE, TASK)
    assert (judgement.invalid, len(judgement.votes)) == (1, 2)


async def test_the_judge_is_measured_on_the_same_labels(served: tuple[Server, OpenAI]) -> None:
    _, llm = served
    base = list(good(0, 20))
    labelled = [*unharmed(base[:4], CLEAN, 0), *mutated(base, 0, 1, ["refused_feasible"])]
    measured, usage, verdicts = await measure_judge(Judge(llm, votes=1), labelled)
    assert verdicts == len(labelled)
    assert measured.false == 0
    assert 0 < measured.hits <= measured.positives
    assert usage.cost_usd > 0


async def test_the_command_stores_what_it_measured(
    served: tuple[Server, OpenAI], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    server, _ = served
    stored = tmp_path / "calibration.json"
    Calibration({}).save(stored)
    options = ["--model", "judge-model", "--base-url", server.url, "--votes", "1"]
    assert await asyncio.to_thread(judging.main, [*options, "--calibration", str(stored)]) == 0
    measured = Calibration.load(stored).kinds["judged_poor"]
    assert measured.positives > 30
    assert measured.clean >= measured.positives
    assert measured.false == 0
    assert "a verdict" in capsys.readouterr().out


def test_without_a_key_the_command_says_which(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.delenv("OPENAI_API_KEY", raising=False)
    assert judging.main(["--model", "m"]) == 2
    assert "OPENAI_API_KEY" in capsys.readouterr().err


@pytest.mark.parametrize("size", [40, 500, 10**6])
def test_chunks_join_to_the_transcript(size: int) -> None:
    assert "".join(chunks(TRACE, size)) == chunks(TRACE, 10**9)[0]
    assert all(len(chunk) <= size for chunk in chunks(TRACE, size))


@pytest.mark.parametrize("text", ["", "{}", '{"scores": {}}', "no JSON", '{"scores": {"grounding": 9}}'])
def test_what_is_no_vote(text: str) -> None:
    assert read_vote(text) is None
