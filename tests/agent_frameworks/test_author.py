import json
from collections.abc import Mapping, Sequence
from typing import Any

import pytest

from nex_assets.agent_frameworks import AuthorError, Description, Toolbox, author
from nex_resources.llm.base import Completion
from nex_resources.records import Message, ToolSpec, Usage, assistant

DESCRIPTION = Description(name="clock", text="one agent that tells the time", servers=["time"])
GOOD = json.dumps(
    {
        "agent.yaml": {
            "name": "clock",
            "description": "Tells the time.",
            "system_prompt": "Tell.",
            "tools": ["time__*"],
        }
    }
)
WRONG_TOOL = GOOD.replace("time__*", "tim__*")
PARTIAL = GOOD.replace("time__*", "time__convert_time")


class Scripted:
    """A model that gives prepared answers, and keeps what it was asked."""

    name = "scripted"

    def __init__(self, *answers: str):
        self._answers = list(answers)
        self.asked: list[Sequence[Message]] = []

    async def complete(
        self, messages: Sequence[Message], tools: Sequence[ToolSpec], settings: Mapping[str, Any]
    ) -> Completion:
        self.asked.append(list(messages))
        return Completion(assistant(self._answers.pop(0)), Usage(10, 5))

    async def close(self) -> None:
        return None


async def test_a_good_answer_is_taken_at_once(toolbox: Toolbox) -> None:
    llm = Scripted(f"Here it is:\n```json\n{GOOD}\n```")
    done = await author(DESCRIPTION, toolbox, llm)
    assert (done.rounds, done.framework.origin, done.framework.worlds) == (1, "llm", ("time",))
    request = llm.asked[0][1].text
    assert "time__convert_time" in request
    assert "retail" not in request


@pytest.mark.parametrize(
    ("answer", "complaint"),
    [
        pytest.param("I cannot.", "not one JSON object", id="no-json"),
        pytest.param("{}", "no file 'agent.yaml'", id="no-root"),
        pytest.param('{"agent.yaml": "x"}', "agent.yaml: not an object", id="no-object"),
        pytest.param(WRONG_TOOL, "no tool matches 'tim__*'", id="unknown-tool"),
        pytest.param(PARTIAL, "not every tool of 'time' is reachable", id="tools-left-out"),
    ],
)
async def test_a_fault_goes_back_and_is_repaired(toolbox: Toolbox, answer: str, complaint: str) -> None:
    llm = Scripted(answer, GOOD)
    done = await author(DESCRIPTION, toolbox, llm)
    assert (done.rounds, done.usage) == (2, Usage(20, 10))
    assert llm.asked[1][-2].text == answer
    assert complaint in llm.asked[1][-1].text


async def test_rounds_are_limited(toolbox: Toolbox) -> None:
    with pytest.raises(AuthorError, match=r"framework clock: not valid after 2 rounds: .*tim__") as caught:
        await author(DESCRIPTION, toolbox, Scripted(WRONG_TOOL, WRONG_TOOL, GOOD), rounds=2)
    assert caught.value.usage == Usage(20, 10)
