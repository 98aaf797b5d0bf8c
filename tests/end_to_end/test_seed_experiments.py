"""The first experiments that the seed document asks for, on real servers."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import yaml

from nex_assets.agent_frameworks import Description, generate
from nex_assets.filtered_traces import assess
from nex_assets.queries.blueprint import sample_blueprint
from nex_assets.queries.certificate import certify
from nex_resources.llm.expert import Expert
from nex_resources.llm.expert_slips import Mistakes
from nex_resources.mcp import Catalogue, McpPool
from nex_resources.profile import CONFIGS
from nex_resources.records import AgentSpec, Query, qualified
from nex_resources.rollouts import Outcome, Rollout, carry_out
from nex_resources.runtime import Budget, load_agent, load_agent_files

AGENT = """
name: librarian
system_prompt: You keep the library's database. Take every value from the request or a tool's result.
max_iterations: 8
tools:
  - {name: sqlite__read_query}
  - {name: sqlite__write_query}
  - {name: sqlite__list_tables}
"""


@pytest.fixture
async def pool(tmp_path: Path) -> AsyncIterator[McpPool]:
    async with McpPool(Catalogue.load(CONFIGS / "mcp_servers.yaml"), tmp_path / "mcp") as pool:
        yield pool


def ask(shape: str, seed: int = 4) -> Query:
    plan = sample_blueprint(shape.partition("/")[0], seed, shape)
    return Query(f"q_{seed}", "Please see to it.", "leaf", "fw", plan, certify(plan))


async def carry(
    pool: McpPool, folder: Path, query: Query, spec: AgentSpec, mistakes: Mistakes | None = None
) -> Outcome:
    rollout = Rollout("r", query, spec, "fw", lambda: Expert(query, spec, 0, mistakes))
    return await carry_out(rollout, pool, Budget(), folder)


async def test_1_a_minimal_agent_from_yaml_runs_to_an_answer(pool: McpPool, tmp_path: Path) -> None:
    path = tmp_path / "agent.yaml"
    path.write_text(AGENT)
    outcome = await carry(
        pool, tmp_path / "r", ask("sqlite/find_member>list_loans>return_loan"), load_agent(path)
    )
    assert outcome.verdict.success, outcome.verdict.reasons
    assert outcome.trace.status == "completed"
    assert outcome.trace.answer
    assert {tool.name for tool in outcome.trace.root.tools} <= {
        "sqlite__read_query", "sqlite__write_query", "sqlite__list_tables",
    }  # fmt: skip


def test_2_a_code_reviewer_system_becomes_two_layers(capsys: pytest.CaptureFixture[str]) -> None:
    catalogue = Catalogue.load(CONFIGS / "mcp_servers.yaml")
    tools = [qualified(name, tool) for name in ("git", "filesystem") for tool in catalogue[name].tools.names]
    (framework,) = generate([Description(name="reviewer", text="code reviewer system")], 0, tools)
    print(*framework.files.values(), sep="---\n")
    assert framework.depth == 2
    assert framework.nodes >= 3
    assert len(load_agent_files(framework.files).sub_agents) == framework.nodes - 1
    printed = list(yaml.safe_load_all(capsys.readouterr().out))
    assert "sub_agents" in printed[0]


async def test_3_an_authentic_error_is_captured_and_flagged(pool: McpPool, tmp_path: Path) -> None:
    spec = AgentSpec("desk", system_prompt="You serve customers.", tools=("retail__*",))
    query = ask("retail/get_order")
    outcome = await carry(pool, tmp_path / "r", query, spec, Mistakes(1.0, ("wrong_value",)))
    errors = [r for m in outcome.trace.root.messages for r in m.results if r.is_error]
    assert errors
    assert errors[0].error == "tool_error"
    assessment = assess(outcome.trace, query, outcome.verdict)
    assert assessment.decision == "keep_masked"
    assert "tool_error" in {finding.kind for finding in assessment.findings}
    (masked,) = {message for _, message in assessment.masked}
    assert outcome.trace.root.messages[masked].calls[0].id == errors[0].call_id
