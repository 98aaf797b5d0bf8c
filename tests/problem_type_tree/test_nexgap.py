import json
import shutil
from pathlib import Path

import pytest

from nex_assets.problem_type_tree import build_tree, find_twins, ground, import_nexgap, unmatched
from nex_resources.config import ConfigError
from nex_resources.domains import load_domains
from nex_resources.worlds import get

FOLDER = Path(__file__).parent / "fixtures" / "menu_costing"


@pytest.fixture(scope="module")
def imported():
    return import_nexgap(FOLDER)


def test_the_tree_loads_with_both_holders_of_an_id(imported):
    paths = {n.path for n in imported.tree.leaves}
    assert {"menu_costing.orders.sources", "menu_costing.stock.sources"} <= paths
    assert "menu_costing.orders_2" in paths  # a sibling with the same id
    assert len(paths) == 8
    assert imported.tree.find("menu_costing.stock.seasonal").zh == "Seasonal Menu Poetry"


def test_personas_speak(imported):
    assert len(imported.personas) == 2
    first = imported.personas["persona_0001"]
    assert first.openers["en"][0] == "I'm a bistro owner who watches every cent."
    assert first.openers["zh"][0] == "我是一位精打细算的小餐馆老板。"


def test_agents_and_tools_are_read(imported):
    assert (imported.name, imported.description) == ("Menu Costing", "Keeps the costs of a menu in view.")
    assert [a.name for a in imported.agents] == ["Scheduler", "Coster"]
    assert imported.tools == {"price_lookup_tool": "Look up a price"}


@pytest.mark.parametrize(
    ("file", "path", "words"),
    [
        ("problem_types.json", "tree.children.1.children.1.id", "duplicate id 'sources'"),
        ("problem_types.json", "tree.children.3.id", "first at tree.children.0"),
        ("problem_types.json", "tree.children.3", "'orders_2'"),
        ("problem_types.json", "tree.children.4", "must be an object"),
        ("problem_types.json", "tree.children.1.children.2.zh", "missing"),
        ("persona.jsonl", "line 2", "same persona as line 1"),
        ("persona.jsonl", "line 4", "no key `persona`"),
        ("persona.jsonl", "line 5", "no persona can be read"),
        ("framework_config.yaml", "agents.1.tools.1", "undeclared tool 'margin_tool'"),
    ],
    ids=lambda value: value.replace(" ", "-") if isinstance(value, str) else None,
)
def test_faults_are_told_by_path(imported, file, path, words):
    assert any(f.file == file and f.path == path and words in f.problem for f in imported.faults), (
        imported.faults
    )


def test_nothing_else_is_told(imported):
    assert len(imported.faults) == 9, imported.faults
    assert str(imported.faults[0]).startswith("problem_types.json: tree.")


def test_missing_files_are_faults_but_the_taxonomy_is_needed(tmp_path):
    shutil.copy(FOLDER / "problem_types.json", tmp_path)
    found = import_nexgap(tmp_path)
    assert {f.file for f in found.faults if f.problem == "no such file"} == {
        "persona.jsonl",
        "config.json",
        "framework_config.yaml",
    }
    (tmp_path / "problem_types.json").unlink()
    with pytest.raises(ConfigError, match="no such file"):
        import_nexgap(tmp_path)


@pytest.mark.parametrize(
    ("text", "words"),
    [("{", "line 1"), ("[]", "there is no tree"), ('{"tree": 3}', "there is no tree")],
    ids=["syntax", "list", "number"],
)
def test_a_broken_taxonomy_is_refused(tmp_path, text, words):
    (tmp_path / "problem_types.json").write_text(text)
    with pytest.raises(ConfigError, match=words):
        import_nexgap(tmp_path)


def test_the_documented_form_with_names_loads(tmp_path):
    tree = {"name": "Medical Diagnosis", "children": [{"name": "Symptom Analysis"}, {"name": "Treatment"}]}
    (tmp_path / "problem_types.json").write_text(json.dumps(tree))
    assert [n.en for n in import_nexgap(tmp_path).tree.leaves] == ["Symptom Analysis", "Treatment"]


def test_grounding_finds_the_tools_that_the_words_mean(imported):
    tools = {t.spec.name: t for t in get("retail").tools}
    tree, matches = ground(imported.tree, tools)
    first = {m.leaf.rpartition(".")[2]: m.targets[0] for m in matches}
    assert first["cancel_orders"] == "retail__cancel_order"
    assert first["change_quantities"] == "retail__set_quantity"
    assert first["restocking"] == "retail__restock"
    assert first["orders_2"] in ("retail__add_points", "retail__get_customer", "retail__find_customer")
    assert all(n.constraint.worlds == ("retail",) and n.constraint.targets for n in tree.leaves)
    assert unmatched(matches) == ["menu_costing.stock.seasonal"]
    assert tree.find("menu_costing.stock.sources").constraint.calls[0] == 2  # a comparison takes two calls


def test_grounding_is_repeatable_and_leaves_grounded_trees_alone(imported):
    tools = {t.spec.name: t for t in get("retail").tools}
    once, _ = ground(imported.tree, tools)
    again, matches = ground(once, tools)
    assert again.nodes == once.nodes
    assert matches == []
    ours = build_tree(load_domains(Path(__file__).parents[2] / "configs" / "domains"))
    assert ground(ours, tools)[0].nodes == ours.nodes
    with pytest.raises(ValueError, match="at least one world"):
        ground(imported.tree, {})


def test_our_own_tree_has_no_twins():
    ours = build_tree(load_domains(Path(__file__).parents[2] / "configs" / "domains"))
    assert [t for t in find_twins(ours, 0.9) if t.similarity >= 0.9] == []


TAXONOMY = {"tree": {"id": "r", "en": "R", "zh": "根", "children": [{"id": "a", "en": "A", "zh": "甲"}]}}


@pytest.mark.parametrize(
    ("file", "text", "fault"),
    [
        ("config.json", "[1, 2]", "config.json: must be an object, not list; left out"),
        ("config.json", "{", "config.json: line 1, column 2: not valid JSON"),
        (
            "framework_config.yaml",
            "agents: [a\n b: c",
            "framework_config.yaml: line 2, column 3: not valid YAML",
        ),
        (
            "framework_config.yaml",
            "agents: {a: 1}",
            "framework_config.yaml: agents: must be a list, not dict",
        ),
        ("framework_config.yaml", "framework: hello", "framework_config.yaml: framework: must be an object"),
        ("framework_config.yaml", "tools: [{x: 1}]", "framework_config.yaml: tools.0.tool_name: missing"),
        (
            "framework_config.yaml",
            "tools: [{tool_name: t}, {tool_name: t}]",
            "framework_config.yaml: tools.1.tool_name: duplicate tool 't'",
        ),
        (
            "framework_config.yaml",
            "agents: [{agent_name: a}, {agent_name: a, tools: t}]",
            "framework_config.yaml: agents.1.tools: must be a list, not str",
        ),
        ("persona.jsonl", "[1]", "persona.jsonl: line 1: no persona can be read: it is a list"),
        (
            "persona.jsonl",
            '{"persona": "A cook", "pasta_chinese": "一位厨师"}',
            "persona.jsonl: line 1: no `persona_chinese` (it has pasta_chinese); the English stands in",
        ),
    ],
    ids=lambda value: "" if " " in str(value) else str(value),
)
def test_what_is_wrong_with_a_file_stops_nothing(tmp_path, file, text, fault):
    (tmp_path / "problem_types.json").write_bytes(b"\xef\xbb\xbf" + json.dumps(TAXONOMY).encode())
    (tmp_path / file).write_text(text)
    imported = import_nexgap(tmp_path)
    assert any(str(found).startswith(fault) for found in imported.faults), imported.faults
    assert [leaf.en for leaf in imported.tree.leaves] == ["A"]


def test_a_long_description_is_introduced_by_its_first_clause(tmp_path):
    (tmp_path / "problem_types.json").write_text(json.dumps(TAXONOMY))
    life = {
        "persona": "A night baker in a small town, who has seen three owners come and go since 2011",
        "persona_chinese": "一位小镇的夜班面包师，自2011年以来见过三任老板",
    }
    (tmp_path / "persona.jsonl").write_text(json.dumps(life))
    openers = import_nexgap(tmp_path).personas["persona_0001"].openers
    assert openers["en"] == ["I'm a night baker in a small town.", ""]
    assert openers["zh"] == ["我是一位小镇的夜班面包师。", ""]
