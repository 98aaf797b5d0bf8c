"""The Dagster layer: it loads light, its stages stand in lineage order, every edge maps."""

import subprocess
import sys

import dagster as dg
import pytest

from nex_resources.profile import ROOT


@pytest.fixture(scope="module")
def definitions() -> dg.Definitions:
    from definitions import defs

    return defs


LINEAGE = [
    "problem_type_tree",
    "agent_frameworks",
    "queries",
    "raw_traces",
    "filtered_traces",
    "sft_datasets",
    "checkpoint",
    "evaluation",
]


def test_the_eight_stages_stand_in_lineage_order(definitions: dg.Definitions) -> None:
    from definitions import STAGES

    names = [stage.key.to_user_string() for stage in STAGES]
    assert [name for name in names if name in LINEAGE] == LINEAGE
    seen: set[str] = set()
    for stage in STAGES:
        upstream = {key.to_user_string() for key in stage.dependency_keys}
        assert upstream <= seen, f"{stage.key} stands before what it reads: {upstream - seen}"
        seen.add(stage.key.to_user_string())


def test_every_stage_has_a_description_a_group_an_owner_and_a_table(definitions: dg.Definitions) -> None:
    graph = definitions.resolve_asset_graph()
    for key in graph.materializable_asset_keys:
        node = graph.get(key)
        assert node.description, key
        assert node.group_name != "default", key
        assert node.owners, key
        assert node.kinds, key
        assert node.metadata["dagster/table_name"], key


def test_every_edge_maps_partitions(definitions: dg.Definitions) -> None:
    graph = definitions.resolve_asset_graph()
    edges = 0
    with dg.DagsterInstance.ephemeral() as instance:
        for key in graph.materializable_asset_keys:
            node = graph.get(key)
            for parent in node.parent_keys:
                source = graph.get(parent).partitions_def
                if source is None:
                    continue
                mapping = graph.get_partition_mapping(key, parent)
                subset = node.partitions_def.subset_with_all_partitions() if node.partitions_def else None
                found = mapping.get_upstream_mapped_partitions_result_for_partitions(
                    subset, node.partitions_def, source, dynamic_partitions_store=instance
                )
                assert not found.required_but_nonexistent_subset.get_partition_keys(), (key, parent)
                assert list(found.partitions_subset.get_partition_keys()), (key, parent)
                edges += 1
    assert edges >= 7


def test_definitions_import_nothing_heavy() -> None:
    heavy = ["torch", "transformers", "mcp", "aiohttp", "anthropic", "openai"]
    code = f"import sys, definitions; print([m for m in {heavy} if m in sys.modules])"
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True, timeout=60
    )
    assert done.stdout.strip() == "[]"


def test_an_unknown_profile_is_named_with_the_known_ones(monkeypatch: pytest.MonkeyPatch) -> None:
    from nex_resources.config import ConfigError
    from nex_resources.profile import load_profile

    monkeypatch.setenv("NEX_PROFILE", "embeded")
    with pytest.raises(ConfigError, match=r"no profile 'embeded'.*did you mean 'embedded'"):
        load_profile()


@pytest.mark.parametrize("name", sorted(p.stem for p in (ROOT / "configs" / "profiles").glob("*.yaml")))
def test_every_profile_loads(name: str) -> None:
    from nex_resources.profile import load_profile

    assert load_profile(name).name == name


def test_a_keyed_teacher_without_its_key_says_which_variable(monkeypatch: pytest.MonkeyPatch) -> None:
    from nex_resources.llm.teacher import MissingKeyError, make_teacher
    from nex_resources.profile import load_profile

    teacher = load_profile("anthropic").teacher
    with pytest.raises(MissingKeyError, match=r"ANTHROPIC_API_KEY.*NEX_PROFILE=embedded"):
        make_teacher(teacher, 0, {})
