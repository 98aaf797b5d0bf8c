"""What needs servers or a model: evidence on real MCP servers, paraphrases with and without a teacher."""

from contextlib import asynccontextmanager

import msgspec
import pytest

from nex_assets.problem_type_tree import build_tree
from nex_assets.queries import QueryPlan, WorldPlanner, make_queries, reword, summary, verify_sources
from nex_resources.llm import Completion
from nex_resources.mcp import Catalogue, McpPool
from nex_resources.profile import CONFIGS
from nex_resources.records import AgentSpec, Usage, assistant


@pytest.fixture(scope="module")
def batch(domains):
    leaves = [n for n in build_tree(domains, ["fusion"]).leaves if n.path.endswith("page_to_system.address")]
    frameworks = {"any": AgentSpec("any", tools=("*",))}
    planner = WorldPlanner(["corpus", "retail", "travel"])
    plan = QueryPlan({"train": 4}, languages={"en": 1.0})
    return make_queries(leaves, lambda unit, size: [leaves[0].id] * size, planner, domains, frameworks, plan)


@pytest.fixture
def pool(tmp_path):
    @asynccontextmanager
    async def open_pool():
        async with McpPool(Catalogue.load(CONFIGS / "mcp_servers.yaml"), home=tmp_path) as live:
            yield live

    return open_pool()


class Teacher:
    """Answers with the next of `answers`."""

    def __init__(self, *answers):
        self.answers, self.closed = list(answers), False

    async def complete(self, messages, tools, settings):
        answer = self.answers.pop(0) if self.answers else "nothing more"
        return Completion(assistant(answer), Usage(10, 5, cost_usd=0.25))

    async def close(self):
        self.closed = True


async def test_evidence_is_read_again_on_real_servers(batch, pool):
    first, *others = batch.queries
    wrong = msgspec.structs.replace(first.evidence[0], quote="nobody@nowhere.example")
    forged = msgspec.structs.replace(first, evidence=(wrong,))
    found = await verify_sources(msgspec.structs.replace(batch, queries=(forged, *others)), pool)
    assert [query.id for query in found.queries] == [query.id for query in others]
    assert found.report.evidence == {"verified": len(others), "not_verified": 1}
    assert found.report.rejects["evidence:not_verified"] == 1
    assert "not in the source" in found.rejects[-1].detail


async def test_without_a_model_the_plain_texts_stay_and_the_report_says_so(batch, domains):
    same = await reword(batch, None, domains, 1.0, 1.0, 0)
    assert same.queries == batch.queries
    assert same.report.paraphrases == {"no_model": len(batch.queries)}


async def test_a_teacher_rewords_and_what_it_spoils_stays_plain(batch, domains):
    texts = [query.text for query in batch.queries]
    good = msgspec.json.encode([f"Hello! {texts[0]}"]).decode()
    teacher = Teacher(good, '["Do something else."]', "no JSON")
    done = await reword(batch, teacher, domains, 1.0, 10.0, 0)
    assert done.queries[0].text == f"Hello! {texts[0]}"
    assert done.queries[0].origin == "llm"
    assert [query.text for query in done.queries[1:]] == texts[1:]
    assert done.report.paraphrases == {
        "accepted": 1,
        "slot_lost": 1,
        "not_json": 2,
        "cost_usd": 1.0,
        "cost_per_accepted": 1.0,
    }
    assert teacher.closed


def test_a_batch_is_summed_up(batch):
    figures = summary(batch)
    assert figures["made"] == {"train": 4}
    assert figures["leaves"] == {"used": 1, "most": 4, "fewest": 4}
    assert figures["benchmarks"] == {} or "missing" in figures["benchmarks"]
    assert set(figures["variety"]) == {"en"}
    assert msgspec.json.encode(figures)
