"""A profile's tree: domain files and a NexGAP folder in one, and the commands that show it."""

import subprocess
import sys

import pytest

from nex_assets.problem_type_tree import TreeHistory, profile_tree
from nex_assets.queries.batch import with_speakers
from nex_resources.config import ConfigError
from nex_resources.domains import load_domains
from nex_resources.profile import CONFIGS, ROOT, load_profile
from nex_resources.sampling import LeafCounts


def test_a_folder_takes_the_place_of_a_domain_file():
    profile, domains = load_profile("nexgap"), load_domains(CONFIGS / "domains")
    grown = profile_tree(profile, domains)
    assert {root.path for root in grown.tree.roots} == {"bakery"}
    assert all(leaf.constraint.worlds and leaf.constraint.targets for leaf in grown.tree.leaves)
    assert grown.faults == ()
    assert grown.unmatched == ()
    first = grown.tree.find("bakery.guests.customer_points").constraint
    assert first.targets == ("retail__add_points",)
    speakers = with_speakers(domains, profile.domains["bakery"]).personas
    assert (
        speakers["persona_0002"].openers["en"][0] == "I'm an apprentice in her second month at the counter."
    )
    assert speakers["persona_0001"].openers["zh"][0] == "我是一位凌晨三点开工的面包师。"
    assert speakers["persona_0004"].openers == {}


@pytest.mark.parametrize(
    ("section", "words"),
    [
        ("bakery: {nexgap: nowhere, worlds: [retail], queries: {train: 1}}", "holds no problem_types.json"),
        ("bakery: {nexgap: nexgap/corner_bakery, queries: {train: 1}}", "name the worlds"),
        ("retail: {nexgap: nexgap/corner_bakery, worlds: [retail], queries: {train: 1}}", "choose another"),
    ],
    ids=["folder", "worlds", "name"],
)
def test_a_folder_that_cannot_be_used_is_refused(tmp_path, section, words):
    text = (CONFIGS / "profiles" / "nexgap.yaml").read_text()
    head, _, tail = text.partition("domains:\n")
    path = tmp_path / "p.yaml"
    path.write_text(f"{head}domains:\n  {section}\n{tail[tail.index('frameworks:') :]}")
    with pytest.raises(ConfigError, match=words):
        load_profile(str(path))


def command(home, *arguments):
    environment = {"NEX_HOME": str(home), "PATH": "/usr/bin:/bin"}
    return subprocess.run(
        [sys.executable, "-m", "nex_assets.problem_type_tree", *arguments],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )


def test_the_tree_is_drawn_with_its_counts(tmp_path):
    tree = profile_tree(load_profile("nexgap"), load_domains(CONFIGS / "domains")).tree
    assert command(tmp_path, "draw").returncode == 1  # nothing there yet
    TreeHistory(tmp_path / "tree_versions").commit(tree, "first")
    leaves = [leaf.id for leaf in tree.leaves]
    LeafCounts(tmp_path / "leaf_counts.sqlite").sampler(leaves, 1).claim("unit", 24)
    done = command(tmp_path, "draw")
    assert done.returncode == 0, done.stderr
    assert f"{len(leaves)} leaves, 24 draws" in done.stdout
    assert '"count": 2' in (tmp_path / "problem_types.html").read_text(encoding="utf-8")
    assert "first" in command(tmp_path, "log").stdout


def test_a_folder_is_shown_with_its_faults(tmp_path):
    folder = ROOT / "tests" / "problem_type_tree" / "fixtures" / "menu_costing"
    done = command(tmp_path, "import", str(folder), "--worlds", "retail")
    assert done.returncode == 0, done.stderr
    assert "fault  persona.jsonl: line 2: the same persona as line 1" in done.stdout
    assert "leaf   menu_costing.orders.cancel_orders: retail__cancel_order" in done.stdout
