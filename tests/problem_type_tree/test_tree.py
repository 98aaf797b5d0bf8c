import shutil
from pathlib import Path

import msgspec
import pytest

from nex_assets.problem_type_tree import Tree, TreeError, build_tree, from_rows, node_id, to_rows
from nex_resources.config import ConfigError
from nex_resources.domains import load_domains
from nex_resources.records import LeafConstraint, ProblemType

CONFIGS = Path(__file__).parents[2] / "configs" / "domains"
NAMES = "names: {en: X, zh: 某}"


@pytest.fixture(scope="module")
def tree():
    return build_tree(load_domains(CONFIGS))


def write(folder: Path, text: str) -> Path:
    shutil.copy(CONFIGS / "common.yaml", folder)
    (folder / "d.yaml").write_text(f"domain: d\n{NAMES}\nworlds: [retail]\n{text}", encoding="utf-8")
    return folder


def test_leaves_inherit_and_expand(tree):
    leaf = tree.find("retail.orders.end.cancel.refused")
    assert leaf.leaf
    assert leaf.constraint == LeafConstraint(("retail",), "negative", ("retail__cancel_order",))
    assert (leaf.en, leaf.origin) == ("Cancel an order: against policy", "expansion")
    parent = tree.by_id[leaf.parent]
    assert not parent.leaf
    assert [n.path.rpartition(".")[2] for n in tree.children(parent.id)] == ["done", "refused"]


def test_every_node_is_bilingual(tree):
    assert all(n.en and n.zh and any("\u4e00" <= c <= "\u9fff" for c in n.zh) for n in tree.nodes)


def test_rows_round_trip_in_any_order(tree):
    rows = to_rows(tree)
    again = from_rows(reversed(rows))
    assert again.by_id == tree.by_id
    assert {r["tree_version"] for r in rows} == {tree.version}
    assert sum(r["leaf"] for r in rows) == len(tree.leaves) > 10


def test_renaming_keeps_ids_and_changes_the_version(tmp_path):
    write(tmp_path, "tree: [{key: a, names: {en: One, zh: 一}}]")
    before = build_tree(load_domains(tmp_path))
    write(tmp_path, "tree: [{key: a, names: {en: Other, zh: 二}}]")
    after = build_tree(load_domains(tmp_path))
    assert before.by_id.keys() == after.by_id.keys() == {node_id("d"), node_id("d.a")}
    assert before.version != after.version


def test_axes_multiply(tmp_path):
    write(tmp_path, f"tree: [{{key: a, {NAMES}, expand: [outcome, effort]}}]")
    tree = build_tree(load_domains(tmp_path))
    assert len(tree.leaves) == 4
    leaf = tree.find("d.a.refused.long")
    assert (leaf.constraint.kind, leaf.constraint.calls, leaf.depth) == ("negative", (4, 8), 3)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(
            f"tree: [{{key: a, {NAMES}}}, {{key: a, {NAMES}}}]", ["tree.1.key", "duplicate id 'a'"], id="twin"
        ),
        pytest.param(
            f"tree: [{{key: a, {NAMES}, expand: [outcom]}}]",
            ["tree.0.expand.0", "no axis 'outcom'", "allowed: effort, outcome", "did you mean 'outcome'"],
            id="dangling-axis",
        ),
        pytest.param(
            f"tree: [{{key: a, {NAMES}, leaf: {{targets: [retail__cancel]}}}}]",
            ["tree.0.leaf.targets.0", "no tool 'retail__cancel'", "retail__cancel_order"],
            id="dangling-tool",
        ),
        pytest.param(
            f"tree: [{{key: a, {NAMES}, leaf: {{phrasings: [en_plane]}}}}]",
            ["tree.0.leaf.phrasings.0", "en_plain"],
            id="dangling-phrasing",
        ),
        pytest.param(
            f"tree: [{{key: a, {NAMES}, leaf: {{calls: [4, 2]}}}}]", ["leaf.calls", "empty"], id="empty-range"
        ),
        pytest.param(
            f"tree: [{{key: a, {NAMES}, leef: {{}}}}]", ["tree.0.leef", "unknown key", "leaf"], id="key"
        ),
        pytest.param("tree: [{key: a, names: {en: X}}]", ["tree.0.names.zh", "required"], id="one-language"),
        pytest.param(f"tree: [{{key: A b, {NAMES}}}]", ["tree.0.key", "'A b'"], id="bad-key"),
        pytest.param(
            "text: {tools: {retail__nope: {}}}",
            ["text.tools.0", "no tool 'retail__nope'"],
            id="words-for-nothing",
        ),
        pytest.param(
            "phrasings: [{name: p, language: en, do: ['{step}'], ask: ['{facts}'], both: ['{steps} {facts}'],"
            " tell: ['{facts}'], join: [' ']}]",
            ["phrasings.0.do.0", "{steps}"],
            id="bad-frame",
        ),
        pytest.param("domain2: x", ["domain2", "unknown key"], id="top-level"),
    ],
)
def test_faults_name_file_and_key_path(tmp_path, text, expected):
    write(tmp_path, text)
    with pytest.raises(ConfigError) as caught:
        load_domains(tmp_path, tools={"retail__cancel_order"} | _all_tools())
    message = str(caught.value)
    assert str(tmp_path / "d.yaml") in message
    for part in expected:
        assert part in message


def _all_tools() -> set[str]:
    domains = load_domains(CONFIGS)
    return set(domains.text.tools)


def test_an_empty_folder_says_so(tmp_path):
    with pytest.raises(ConfigError, match=r"holds no \*\.yaml"):
        load_domains(tmp_path)


@pytest.mark.parametrize(
    ("change", "message"),
    [
        pytest.param({"id": "pt_a"}, "duplicate id", id="duplicate"),
        pytest.param({"parent": "pt_zzz"}, "missing or comes later", id="orphan"),
        pytest.param({"parent": "pt_leaf"}, "is a leaf", id="below-a-leaf"),
    ],
)
def test_a_tree_refuses_what_is_no_forest(change, message):
    root = ProblemType("pt_a", "a", "A", "甲")
    leaf = ProblemType("pt_leaf", "a.l", "L", "叶", "pt_a", 1, constraint=LeafConstraint(("retail",)))
    extra = msgspec.structs.replace(ProblemType("pt_b", "a.b", "B", "乙", "pt_a", 1), **change)
    with pytest.raises(TreeError, match=message):
        Tree([root, leaf, extra])
