"""A change of rules in Dagster: quarantined rollouts are released, and only what lies downstream runs again.

The second half follows a rollout with a masked turn into the loss mask of the dataset.
"""

from __future__ import annotations

import shutil
from pathlib import Path

import dagster as dg
import msgspec
import pytest
from test_batches import SPECIMENS, row

import definitions
from nex_assets.filtered_traces import asset
from nex_assets.filtered_traces.mutators import MUTATORS
from nex_assets.filtered_traces.specimens import Specimen
from nex_resources.dagster import BATCHES, StoreIOManager, StoreResource
from nex_resources.profile import CONFIGS
from nex_resources.records import ProblemType, Sample, generator
from nex_resources.store import FrameworkRow, Store

BATCH, FORMAT = BATCHES.get_partition_keys()[0], "hermes"
STAGES = definitions.STAGES


def mutant(kind: str, number: int = 0) -> Specimen:
    made = (MUTATORS[kind](one, generator(0, kind, one.trace.id), 2) for one in SPECIMENS)
    found = [one for one in made if one is not None][number]
    return Specimen(found.family, found.trace, found.query, found.verdict)


LOOPING, ERRING = mutant("repeated_calls"), mutant("tool_error", 1)


@pytest.fixture
def store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Store:
    """A home with three rollouts: a sound one, one that loops, one with an error that it recovers from."""
    monkeypatch.setenv("NEX_HOME", str(tmp_path / "home"))
    shutil.copytree(CONFIGS, tmp_path / "configs")
    monkeypatch.setattr(asset, "CONFIGS", tmp_path / "configs")
    store = Store(tmp_path / "home")
    specimens = [SPECIMENS[0], LOOPING, ERRING]
    queries = [msgspec.structs.replace(one.query, split="train") for one in specimens]
    queries = list({query.id: query for query in queries}.values())
    leaf = ProblemType("leaf", "shop.orders", "orders", "订单")
    framework = FrameworkRow("f", "f", "", "single", 1, 1, "", (), 1, {})
    store.write("queries", queries, run_id="r", partition=BATCH)
    store.write("traces", [row(one) for one in specimens], run_id="r", partition=BATCH)
    store.write("problem_types", [leaf], run_id="r")
    store.write("agent_frameworks", [framework], run_id="r")
    return store


def run(name: str, partition: str) -> tuple[set[str], dict[str, object]]:
    """Materialize one asset for one partition; return the steps that ran and the asset's metadata."""
    selection = dg.AssetSelection.assets(name) - dg.AssetSelection.all_asset_checks()
    with dg.DagsterInstance.ephemeral() as instance:
        result = dg.materialize(
            [*STAGES],
            selection=selection,
            partition_key=partition,
            instance=instance,
            resources={
                **definitions.defs.resources,  # type: ignore[dict-item]
                "io_manager": StoreIOManager(),
                "store": StoreResource(),
            },
        )
    steps = {event.step_key for event in result.all_events if event.is_step_success}
    made = result.asset_materializations_for_node(name)[0]
    return steps, {key: value.value for key, value in made.metadata.items()}  # type: ignore[misc]


def change(path: Path, old: str, new: str) -> None:
    text = path.read_text()
    assert old in text
    path.write_text(text.replace(old, new))


def test_a_rule_change_releases_and_runs_only_downstream(store: Store, tmp_path: Path) -> None:
    steps, _ = run("filtered_traces", BATCH)
    assert steps == {"filtered_traces"}
    steps, _ = run("sft_datasets", FORMAT)
    assert steps == {"sft_datasets"}
    before = store.query("SELECT DISTINCT trace_id FROM samples")
    rollouts = store.query("SELECT id, run_id, created_at FROM traces ORDER BY id")
    assert (LOOPING.trace.id,) not in before
    reasons = store.query("SELECT reasons FROM assessments WHERE decision = 'quarantine'")
    assert "repeated_calls" in str(reasons)  # kept with its reasons, not deleted

    change(tmp_path / "configs/quality.yaml", "actions:\n", "actions:\n  repeated_calls: flag\n")
    steps, metadata = run("filtered_traces", BATCH)
    assert steps == {"filtered_traces"}
    assert metadata["released since the last run"] == [LOOPING.trace.id]
    assert metadata["quarantined since the last run"] == []
    assert metadata["reasons that no longer hold"] == {"repeated_calls": 1}
    steps, _ = run("sft_datasets", FORMAT)
    assert steps == {"sft_datasets"}
    assert (LOOPING.trace.id,) in store.query("SELECT DISTINCT trace_id FROM samples")
    assert store.query("SELECT id, run_id, created_at FROM traces ORDER BY id") == rollouts  # untouched


def test_a_masked_turn_is_followed_into_the_loss_mask(store: Store) -> None:
    run("filtered_traces", BATCH)
    run("sft_datasets", FORMAT)
    (masked,) = store.query(f"SELECT masked FROM assessments WHERE trace_id = '{ERRING.trace.id}'")
    samples = [one for one in store.read("samples", Sample) if one.trace_id == ERRING.trace.id]
    sample = samples[0]
    at = sample.mask_why.index("quality")
    assert f"[0, {at}]" in str(masked) or f"[[0,{at}]]" in str(masked)
    assert not sample.train[at]
    recovery = next(i for i in range(at + 1, len(sample.train)) if sample.train[i])
    bad, good = ERRING.trace.root.messages[at].calls[0], ERRING.trace.root.messages[recovery]
    trained = "".join(sample.text[a:b] for a, b in sample.labelled)
    assert bad.name not in trained or str(bad.arguments) not in trained
    assert all(call.name in trained for call in good.calls) or good.text in trained
    assert sum(why == "" for why in sample.mask_why) == sum(sample.train)
