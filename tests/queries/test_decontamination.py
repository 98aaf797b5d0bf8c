import importlib.util
import json

import msgspec
import pytest

from nex_assets.queries import QueryPlan, make_queries
from nex_assets.queries.decontamination import decontaminate, find_contamination, load_bfcl, read_bfcl
from nex_assets.queries.diversity import compare, distinct, diversity, self_bleu
from nex_resources.records import LeafConstraint, ProblemType

LEAF = ProblemType("pt_1", "d.x", "x", "x", constraint=LeafConstraint(("retail",)))


@pytest.fixture(scope="module")
def queries(planner, domains, frameworks):
    plan = QueryPlan({"train": 60}, efforts={"1": 1, "2-3": 1})
    return make_queries([LEAF], lambda _, n: [LEAF.id] * n, planner, domains, frameworks, plan).queries


@pytest.fixture
def bench(tmp_path, queries):
    """A folder in BFCL's form that holds one of our questions, and tools like ours."""

    def bench(question="", tool="nothing", parameters=("x", "y")):
        row = {
            "id": "simple_0",
            "question": [[{"role": "user", "content": question}]],
            "function": [
                {"name": f"api.{tool}", "parameters": {"properties": {key: {} for key in parameters}}}
            ],
        }
        (tmp_path / "BFCL_v4_simple.json").write_text(json.dumps(row) + "\n")
        (tmp_path / "BFCL_v4_ids.json").write_text(json.dumps({"a": [1]}, indent=1))
        (tmp_path / "multi_turn_func_doc").mkdir(exist_ok=True)
        doc = {"name": "lone", "parameters": {"properties": {"a": {}}}}
        (tmp_path / "multi_turn_func_doc" / "m.json").write_text(json.dumps(doc) + "\n")
        return read_bfcl(tmp_path)

    return bench


def specs(planner):
    return {name: tool.spec for name, tool in planner.tools.items()}


def test_a_folder_is_read(bench):
    found = bench("one two three")
    assert found.tools == {"nothing", "lone"}
    assert ("nothing", ("x", "y")) in found.schemas
    assert found.questions == 1


def test_a_copied_question_is_removed(bench, queries, planner):
    longest = max((q for q in queries if q.language == "en"), key=lambda q: len(q.text))
    kept, report = decontaminate(queries, specs(planner), {"bfcl": bench(f"Hello. {longest.text}")})
    assert longest not in kept
    assert report.removed == len(queries) - len(kept) >= 1
    assert report.by_reason["bfcl:ngram"] >= 1


def test_a_shared_schema_is_removed_and_a_shared_name_told(bench, queries, planner):
    name = "retail__place_order"
    users = {q.id for q in queries if name in {s.tool for s in q.blueprint.steps}}
    assert users
    same = bench(tool="place_order", parameters=("quantity", "product_id", "customer_id"))
    kept, _ = decontaminate(queries, specs(planner), {"bfcl": same})
    assert {q.id for q in queries} - {q.id for q in kept} == users
    alike = bench(tool="place_order", parameters=("quantity", "item"))
    kept, report = decontaminate(queries, specs(planner), {"bfcl": alike})
    assert len(kept) == len(queries)
    assert report.by_reason == {"bfcl:tool_name": len(users)}


def test_one_parameter_is_nobodys_own(bench, queries, planner):
    found = find_contamination(
        queries, specs(planner), [bench(tool="cancel_order", parameters=("order_id",))]
    )
    assert {c.what for c in found} == {"tool_name"}


def test_a_missing_benchmark_is_told(queries, planner):
    kept, report = decontaminate(queries, specs(planner), {"bfcl": None})
    assert len(kept) == len(queries)
    assert report.missing == ("bfcl",)


@pytest.mark.skipif(importlib.util.find_spec("bfcl_eval") is None, reason="bfcl-eval is not installed")
def test_the_real_benchmark(queries, planner):
    bfcl = load_bfcl()
    assert len(bfcl.tools) > 1000
    kept, _ = decontaminate(queries, specs(planner), {"bfcl": bfcl})
    assert len(kept) == len(queries)


def test_diversity_figures():
    same, various = ["a b c d e f"] * 5, ["a b c d e f", "g h i j k l", "m n o p q r"]
    assert diversity(same).self_bleu == pytest.approx(1.0)
    assert diversity(various).self_bleu < 0.3
    assert distinct([t.split() for t in same], 1) == pytest.approx(6 / 30)
    assert diversity(various).distinct_2 == 1.0
    assert self_bleu([["a"]]) == 0.0


def test_our_text_is_more_various_than_one_template(queries):
    english = compare(queries)["en"]
    assert english.ours.self_bleu < english.single_template.self_bleu
    assert english.ours.distinct_3 > english.single_template.distinct_3


def test_queries_survive_json(queries):
    for query in queries[:5]:
        assert msgspec.json.decode(msgspec.json.encode(query), type=type(query)) == query
