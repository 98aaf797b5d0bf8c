import json
from pathlib import Path

import msgspec
import pytest

from nex_assets.problem_type_tree import (
    Changes,
    Tree,
    TreeHistory,
    TwinError,
    add_nodes,
    build_tree,
    expand,
    from_catalogue,
    from_description,
    node_id,
    sunburst_html,
)
from nex_assets.problem_type_tree.twins import similarity
from nex_resources.domains import load_domains
from nex_resources.llm.base import Completion
from nex_resources.records import LeafConstraint, ProblemType, ToolSpec, Usage, assistant
from nex_resources.worlds import get

CONFIGS = Path(__file__).parents[2] / "configs" / "domains"


@pytest.fixture(scope="module")
def tree():
    return build_tree(load_domains(CONFIGS), ["retail"])


def leaf_of(tree, key, en, zh, parent="retail.products"):
    return ProblemType(
        node_id(f"{parent}.{key}"),
        f"{parent}.{key}",
        en,
        zh,
        node_id(parent),
        2,
        constraint=LeafConstraint(("retail",)),
    )


class Scripted:
    """A model that gives prepared answers and remembers what it was asked."""

    name = "scripted"

    def __init__(self, text):
        self.text, self.asked = text, []

    async def complete(self, messages, tools, settings):
        self.asked.append(messages)
        return Completion(assistant(self.text), Usage(100, 50, cost_usd=0.01))

    async def close(self):
        pass


def answer(*items):
    return "Here you are:\n```json\n" + json.dumps(items, ensure_ascii=False) + "\n```"


async def test_a_model_adds_leaves_that_inherit(tree):
    llm = Scripted(
        answer(
            {"en": "Refund after cancelling", "zh": "取消后退款", "description": "Ask for the refund."},
            {"en": "Cancel a gift order", "zh": "取消礼品订单"},
        )
    )
    grown = await expand(tree, "retail.orders.end.cancel.done", llm)
    assert grown.added == (
        "retail.orders.end.cancel.done.refund_after_cancelling",
        "retail.orders.end.cancel.done.cancel_a_gift_order",
    )
    child = grown.tree.find(grown.added[0])
    assert child.constraint == tree.find("retail.orders.end.cancel.done").constraint
    assert child.origin == "llm"
    assert not grown.tree.find("retail.orders.end.cancel.done").leaf
    assert grown.cost_usd == 0.01
    assert "Cancel an order" in llm.asked[0][1].text


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        pytest.param(
            answer({"en": "Look up a product", "zh": "查找一件商品"}),
            "repeats retail.products.look_up",
            id="twin",
        ),
        pytest.param(answer({"en": "Price check"}), "malformed", id="one-language"),
        pytest.param(answer({"en": "Price check", "zh": "price"}), "holds no Chinese", id="not-chinese"),
        pytest.param(answer("text"), "malformed", id="not-an-object"),
        pytest.param("I cannot help.", "no JSON array", id="no-array"),
        pytest.param("[{", "broken", id="broken"),
    ],
)
async def test_what_a_model_gets_wrong_is_refused(tree, text, reason):
    grown = await expand(tree, "retail.products", Scripted(text))
    assert grown.tree.nodes == tree.nodes
    assert grown.added == ()
    assert reason in grown.refused[0]


async def test_a_leaf_that_got_no_child_stays_a_leaf(tree):
    grown = await expand(tree, "retail.products.look_up", Scripted("no"))
    assert grown.tree.find("retail.products.look_up").leaf


def test_twins_are_refused_by_name(tree):
    with pytest.raises(TwinError, match=r"retail.products.find_one repeats retail.products.look_up"):
        add_nodes(tree, [leaf_of(tree, "find_one", "Looking up a product", "找商品")])
    with pytest.raises(TwinError, match=r"retail\.products\.restock"):
        add_nodes(tree, [leaf_of(tree, "x", "Anything else", "商品补货")])
    grown = add_nodes(tree, [leaf_of(tree, "compare", "Compare two prices", "比较价格")])
    assert len(grown.nodes) == len(tree.nodes) + 1


@pytest.mark.parametrize(
    ("a", "b", "low", "high"),
    [
        ("Cancel an order", "cancel AN order", 1, 1),
        ("取消订单", "取消订单", 1, 1),
        ("Return", "Cancel", 0, 0.3),
    ],
    ids=["case", "chinese", "different"],
)
def test_similarity(a, b, low, high):
    assert low <= similarity(a, b) <= high


def test_every_change_is_a_version_with_its_parent(tree, tmp_path):
    history = TreeHistory(tmp_path / "versions")
    first = history.commit(tree, "from the domain files")
    assert (first.parent, history.commit(tree, "again").id) == ("", first.id)
    grown = add_nodes(tree, [leaf_of(tree, "compare", "Compare two prices", "比较价格")])
    second = history.commit(grown, "one more")
    assert second.parent == first.id
    assert second.changes == Changes(added=("retail.products.compare",))
    renamed = Tree(
        msgspec.structs.replace(n, en="Renamed") if n.path == "retail.products" else n for n in tree.nodes
    )
    third = history.commit(renamed, "renamed, and the new one dropped")
    assert third.changes == Changes((), ("retail.products.compare",), ("retail.products",))
    back = history.commit(tree, "as it was")
    assert back.id != first.id  # a return is a version of its own
    assert [v.note for v in history.log()] == [
        "as it was",
        "renamed, and the new one dropped",
        "one more",
        "from the domain files",
    ]
    assert history.load(second.id).tree.nodes == grown.nodes
    with pytest.raises(KeyError, match="versions: treev_"):
        history.load("treev_0")


def test_a_catalogue_becomes_a_tree():
    specs = [
        ToolSpec("git__git_commit", "Record changes\nmore"),
        ToolSpec("git__git_status"),
        ToolSpec("sqlite__create_table"),
        ToolSpec("files__deleteFile"),
        ToolSpec("files__frobnicate"),
    ]
    tree = from_catalogue(specs)
    assert {n.path for n in tree.leaves} == {
        "catalogue.git.other.git_commit",
        "catalogue.git.read.git_status",
        "catalogue.sqlite.create.create_table",
        "catalogue.files.remove.deletefile",
        "catalogue.files.other.frobnicate",
    }
    leaf = tree.find("catalogue.git.other.git_commit")
    assert leaf.constraint == LeafConstraint(("git",), targets=("git__git_commit",))
    assert leaf.description == "Record changes"


def test_a_description_becomes_a_tree():
    tools = {t.spec.name: t for t in get("retail").tools}
    tree = from_description("Cancel pending orders and restock products; write sonnets about Tuesday.", tools)
    assert {n.en: n.constraint.targets[0] for n in tree.leaves} == {
        "Cancel pending orders": "retail__cancel_order",
        "restock products": "retail__restock",
    }
    with pytest.raises(ValueError, match="fits a tool"):
        from_description("Sing sonnets", tools)


def test_the_sunburst_holds_tree_and_counts(tree):
    leaf = tree.find("retail.products.look_up")
    odd = msgspec.structs.replace(leaf, en="</script><b>")
    nodes = [odd if n.id == leaf.id else n for n in tree.nodes]
    page = sunburst_html(Tree(nodes), {leaf.id: 42}, "Types & more")
    assert page.count("</script>") == 1
    assert "http" not in page.replace("http://www.w3.org/2000/svg", "")  # nothing is fetched
    start = page.index("const data = ") + len("const data = ")
    data, _ = json.JSONDecoder().raw_decode(page[start:])
    retail = data["children"][0]
    products = next(c for c in retail["children"] if c["path"] == "retail.products")
    assert {c["path"]: c["count"] for c in products["children"]}["retail.products.look_up"] == 42
