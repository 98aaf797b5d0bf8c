"""The IO manager in real runs: partitions in and out, and what an empty upstream table says."""

from pathlib import Path

import dagster as dg
import msgspec
import pytest

from nex_resources.dagster import StoreIOManager, table_metadata
from nex_resources.records import Query, Sample
from nex_resources.store import Store

SAMPLE = Sample("s", "t", "a", "q", "f", "l", "openai", "root", "[]", "[]", "", (True,))
KEYS = dg.StaticPartitionsDefinition(["one", "two"])


@dg.asset(
    partitions_def=KEYS, metadata=table_metadata("samples"), backfill_policy=dg.BackfillPolicy.single_run()
)
def source(context: dg.AssetExecutionContext) -> dict[str, list[Sample]]:
    return {
        key: [msgspec.structs.replace(SAMPLE, id=f"{key}_{i}") for i in range(2)]
        for key in context.partition_keys
    }


@dg.asset(
    ins={"source": dg.AssetIn(partition_mapping=dg.AllPartitionMapping())}, metadata=table_metadata("samples")
)
def gathered(source: list[Sample]) -> list[Sample]:
    return [msgspec.structs.replace(sample, id=f"all_{sample.id}") for sample in source]


@dg.asset(metadata=table_metadata("queries"))
def empty() -> list[Query]:
    return []


@dg.asset(metadata=table_metadata("samples"))
def downstream(empty: list[Query]) -> list[Sample]:
    return []


@pytest.fixture
def resources(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> dict[str, object]:
    monkeypatch.setenv("NEX_HOME", str(tmp_path))
    return {"io_manager": StoreIOManager()}


RANGE = {"dagster/asset_partition_range_start": "one", "dagster/asset_partition_range_end": "two"}


def test_a_range_is_one_run_and_all_partitions_are_gathered(
    resources: dict[str, object], tmp_path: Path
) -> None:
    with dg.DagsterInstance.ephemeral() as instance:
        shared = {"resources": resources, "instance": instance}
        assert dg.materialize([source], tags=RANGE, **shared).success
        assert dg.materialize([source, gathered], selection=[gathered], **shared).success
    rows = Store(tmp_path).query("SELECT partition, count(*) FROM samples GROUP BY ALL ORDER BY ALL")
    assert rows == [("", 4), ("one", 2), ("two", 2)]


def test_an_empty_upstream_table_fails_the_downstream_asset_with_that_reason(
    resources: dict[str, object],
) -> None:
    result = dg.materialize([empty, downstream], resources=resources, raise_on_error=False)
    assert not result.success
    (failure,) = [event for event in result.all_events if event.is_step_failure]
    assert "table 'queries' has no rows: materialize the asset that writes it first" in str(
        failure.step_failure_data.error
    )
