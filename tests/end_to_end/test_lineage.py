"""The whole lineage on real parts: what it leaves, that it can be traced, and that it repeats."""

from pathlib import Path

import msgspec
import pytest
from end_to_end_kit import materialize

from nex_resources.formats import FORMATS, SEVEN
from nex_resources.leaks import find_leaks
from nex_resources.records import Message, Query, Sample, ToolSpec
from nex_resources.store import TABLES, EvaluationRow, Store, TraceRow, ancestors


def test_every_table_has_rows(lineage: Store) -> None:
    for table in TABLES:
        assert lineage.query(f"SELECT count(*) FROM {table}") > [(0,)], table


def test_a_sample_is_traced_back_by_sql_over_lineage_columns(lineage: Store) -> None:
    ((sample,),) = lineage.query("SELECT min(id) FROM samples")
    tables = {ancestor.table for ancestor in ancestors(lineage, sample)}
    assert tables >= {
        "samples", "assessments", "traces", "queries", "blueprints", "agent_frameworks", "problem_types",
    }  # fmt: skip


def test_no_trace_without_its_query_and_no_sample_without_a_kept_verdict(lineage: Store) -> None:
    orphans = "SELECT count(*) FROM traces ANTI JOIN queries ON traces.query_id = queries.id"
    assert lineage.query(orphans) == [(0,)]
    dropped = (
        "SELECT count(*) FROM samples JOIN assessments ON samples.assessment_id = assessments.id "
        "WHERE decision NOT IN ('keep', 'keep_masked', 'repair')"
    )
    assert lineage.query(dropped) == [(0,)]


def test_held_out_queries_are_never_rolled_out_for_training(lineage: Store) -> None:
    sql = "SELECT count(*) FROM traces JOIN queries ON traces.query_id = queries.id WHERE split <> 'train'"
    assert lineage.query(sql) == [(0,)]


@pytest.mark.parametrize("name", SEVEN)
def test_samples_decode_to_their_trace_and_convert_without_loss(lineage: Store, name: str) -> None:
    samples = lineage.read("samples", Sample, [name])
    assert samples
    codec = FORMATS[name]
    for sample in samples:
        tools = msgspec.json.decode(sample.tools, type=tuple[ToolSpec, ...])
        for turn in msgspec.json.decode(sample.messages, type=tuple[Message, ...]):
            if turn.role != "assistant":
                continue
            back = codec.decode(codec.encode(turn, tools), tools)
            assert [(c.name, c.arguments) for c in back.calls] == [(c.name, c.arguments) for c in turn.calls]
            assert back.text.strip() == turn.text.strip()


def test_an_authentic_error_is_captured_and_flagged(lineage: Store) -> None:
    traces = [row for row in lineage.read("traces", TraceRow) if row.errors]
    assert traces, "the expert's labelled mistakes must have met real errors"
    flagged = lineage.query(
        "SELECT count(*) FROM assessments WHERE trace_id = ? AND findings LIKE '%error%'", [traces[0].id]
    )
    assert flagged == [(1,)]


def test_held_out_queries_share_nothing_with_training_ones(lineage: Store) -> None:
    queries = lineage.read("queries", Query)
    assert {q.split for q in queries} == {"train", "seen", "unseen_phrasing", "unseen_shape"}
    assert find_leaks(queries) == []


def test_evaluation_asks_each_model_the_same_held_out_queries(lineage: Store) -> None:
    rows = lineage.read("evaluations", EvaluationRow)
    asked = {model: sorted(r.query_id for r in rows if r.model == model) for model in {r.model for r in rows}}
    assert len(asked) == 3
    assert len({tuple(ids) for ids in asked.values()}) == 1
    splits = {split for (split,) in lineage.query("SELECT DISTINCT split FROM evaluations")}
    assert splits == {"seen", "unseen_phrasing", "unseen_shape"}


def test_a_second_run_with_the_same_seed_gives_the_same_queries_and_labels(
    lineage: Store, tmp_path: Path
) -> None:
    again = materialize(tmp_path)
    ids = "SELECT id, query_id, status, answer FROM traces ORDER BY id"  # the rest holds measured times
    assert lineage.query(ids) == again.query(ids)
    content = (
        "SELECT table_name, partition, sha256, rows FROM _parts WHERE table_name IN "
        "('problem_types', 'agent_frameworks', 'queries', 'assessments', 'samples') ORDER BY ALL"
    )
    assert lineage.query(content) == again.query(content)
