"""Models under evaluation on a real server: baselines that were asked before are not asked again."""

from pathlib import Path

import msgspec
import pytest

from nex_assets.evaluation.live import Contestant, compete
from nex_assets.queries.blueprint import sample_blueprint
from nex_assets.queries.certificate import certify
from nex_resources.llm import LLM
from nex_resources.llm.expert import Expert
from nex_resources.mcp import Catalogue, McpPool
from nex_resources.profile import CONFIGS
from nex_resources.records import AgentSpec, Query
from nex_resources.rollouts import Outcome
from nex_resources.runtime import Budget

SPEC = AgentSpec("desk", system_prompt="You serve customers.", tools=("retail__*",))


def query(number: int) -> Query:
    plan = sample_blueprint("retail", number, "retail/get_order")
    return Query(f"q_{number}", "Look it up.", "leaf", "fw", plan, certify(plan), split="seen")


@pytest.mark.parametrize("lasting", [True, False], ids=["lasting", "asked each time"])
async def test_what_a_lasting_contestant_did_is_kept(tmp_path: Path, lasting: bool) -> None:
    opened: list[str] = []

    async def evaluate(asked: Query, version: str = "1") -> Outcome:
        def start() -> LLM:
            opened.append(asked.id)
            return Expert(asked, SPEC)

        async with McpPool(Catalogue.load(CONFIGS / "mcp_servers.yaml"), tmp_path / "mcp") as pool:
            model = Contestant("base", version, start, lasting)
            agents = {asked.id: ("fw", SPEC)}
            limits = {"seed": 0, "concurrency": 1, "max_iterations": 5}
            (outcome,) = await compete(model, [asked], agents, pool, Budget(), tmp_path / "r", **limits)
        return outcome

    first, again = await evaluate(query(1)), await evaluate(query(1))
    assert first.verdict.success
    assert len(opened) == (1 if lasting else 2)
    if lasting:
        assert msgspec.json.encode(again) == msgspec.json.encode(first)
    await evaluate(query(1), "2")
    assert len(opened) == (2 if lasting else 3), "another version is asked anew"
    assert len(list((tmp_path / "r" / "base").iterdir())) == (1 if lasting else 0)
