"""The Dagster layer: it loads light, its stages stand in lineage order, every edge maps."""

import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import dagster as dg
import pytest

from nex_resources.dagster import BATCHES
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


def test_the_schedule_asks_for_batches_that_are_not_there_yet(
    definitions: dg.Definitions, tmp_path: Path
) -> None:
    from definitions import nightly_rollouts

    keys = BATCHES.get_partition_keys()

    def night(instance: dg.DagsterInstance) -> list[str]:
        time, repository = datetime(2026, 1, 2, tzinfo=UTC), definitions.get_repository_def()
        context = dg.build_schedule_context(instance, time, repository_def=repository)
        requests = nightly_rollouts.evaluate_tick(context).run_requests
        return [request.partition_key for request in requests]

    with dg.DagsterInstance.local_temp(str(tmp_path)) as instance:
        assert night(instance) == keys[:4]
        for key in keys[:3]:
            done = dg.AssetMaterialization("filtered_traces", partition=key)
            instance.report_runless_asset_event(done)
        assert night(instance) == keys[3:7]


def test_automation_makes_what_is_missing_and_repeats_no_rollout(definitions: dg.Definitions) -> None:
    def wanted() -> dict[str, int]:
        results = dg.evaluate_automation_conditions(definitions, instance).results
        return {r.key.to_user_string(): r.true_subset.size for r in results if r.true_subset.size}

    def made(stage: str, key: str | None = None) -> None:
        instance.report_runless_asset_event(dg.AssetMaterialization(stage, partition=key))

    batches = BATCHES.get_partition_keys()
    with dg.DagsterInstance.ephemeral() as instance:
        assert "queries" not in wanted(), "what they are made from is missing"
        for stage in ("mcp_tools", "problem_type_tree", "agent_frameworks"):
            made(stage)
        assert wanted()["queries"] == len(batches)
        for key in batches:
            made("queries", key)
        assert wanted()["raw_traces"] == len(batches)
        for key in batches:
            made("raw_traces", key)
        made("agent_frameworks")
        assert {"queries", "raw_traces", "checkpoint", "evaluation"}.isdisjoint(wanted())
