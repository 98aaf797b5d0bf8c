import subprocess
import sys
from pathlib import Path

import duckdb
import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from nex_resources.records import (
    Assessment,
    Blueprint,
    Certificate,
    Query,
    Sample,
    Step,
    Trace,
    Trajectory,
    Verdict,
    user,
)
from nex_resources.store import EmptyTableError, Store, StoreError, TraceRow, ancestors, from_row, to_row
from nex_resources.store.rows import to_frame
from nex_resources.store.tables import TABLES, ToolRow


def tool(number: int, server: str = "s") -> ToolRow:
    return ToolRow(
        f"tool_{server}_{number:05d}", server, f"t{number}", "d", True, "stdio", "1", "read", True, "h", "",
        1.0, 2.0, "", "text", {"type": "object"},
    )  # fmt: skip


def write(store: Store, rows: list[ToolRow], partition: str = "") -> None:
    store.write("mcp_tools", rows, run_id="r", partition=partition)


def test_a_partition_is_replaced_and_never_doubled(tmp_path: Path) -> None:
    store = Store(tmp_path)
    write(store, [tool(1), tool(2)], "a")
    write(store, [tool(3)], "b")
    write(store, [tool(1), tool(4)], "a")
    assert [row.tool for row in store.read("mcp_tools", ToolRow)] == ["t1", "t3", "t4"]
    assert [row.tool for row in store.read("mcp_tools", ToolRow, ["b"])] == ["t3"]
    assert store.query("SELECT count(*) FROM mcp_tools") == [(3,)]
    assert len(list((tmp_path / "parts" / "mcp_tools").iterdir())) == 2


def test_an_empty_table_says_what_to_do(tmp_path: Path) -> None:
    store = Store(tmp_path)
    with pytest.raises(EmptyTableError, match=r"'mcp_tools' has no rows.*materialize"):
        store.read("mcp_tools", ToolRow)
    write(store, [])
    with pytest.raises(EmptyTableError):
        store.read("mcp_tools", ToolRow, [""])
    assert store.read("mcp_tools", ToolRow, allow_empty=True) == []


def test_an_unknown_table_or_column_is_named() -> None:
    with pytest.raises(StoreError, match="no table 'tols'"):
        Store(Path("unused")).frame("tols")
    with pytest.raises(ValueError, match="colour"):
        to_frame([{"colour": 1}], TABLES["mcp_tools"].schema)


def test_a_failed_write_leaves_the_old_rows(tmp_path: Path) -> None:
    store = Store(tmp_path)
    write(store, [tool(1)])

    class Broken(ToolRow, frozen=True):
        colour: str = "red"

    broken = Broken(**msgspec.structs.asdict(tool(2)))
    with pytest.raises(ValueError, match="colour"):
        store.write("mcp_tools", [broken], run_id="r")
    assert [row.tool for row in store.read("mcp_tools", ToolRow)] == ["t1"]


WRITER = """
import sys
from pathlib import Path
sys.path.insert(0, {tests!r})
from test_store import tool, write
from nex_resources.store import Store
store = Store(Path({home!r}))
for batch in range(5):
    write(store, [tool(batch * 100 + i, {name!r}) for i in range(100)], {name!r} + str(batch))
"""


def test_four_processes_writing_at_once_lose_no_row(tmp_path: Path) -> None:
    tests = str(Path(__file__).parent)
    processes = [
        subprocess.Popen([sys.executable, "-c", WRITER.format(tests=tests, home=str(tmp_path), name=name)])
        for name in "abcd"
    ]
    assert [process.wait(60) for process in processes] == [0, 0, 0, 0]
    assert Store(tmp_path).query("SELECT count(*), count(DISTINCT id) FROM mcp_tools") == [(2000, 2000)]


HOLDER = """
import duckdb, sys, time
con = duckdb.connect(sys.argv[1], read_only=True)
print(flush=True)
time.sleep(1)
"""


def test_a_reader_outside_our_lock_delays_a_writer_but_loses_nothing(tmp_path: Path) -> None:
    store = Store(tmp_path)
    write(store, [tool(1)])
    holder = subprocess.Popen(
        [sys.executable, "-c", HOLDER, str(store.database)], stdout=subprocess.PIPE, text=True
    )
    assert holder.stdout
    holder.stdout.readline()
    write(store, [tool(1), tool(2)])
    assert holder.wait(10) == 0
    con = duckdb.connect(str(store.database), read_only=True)
    assert con.execute("SELECT count(*) FROM mcp_tools").fetchall() == [(2,)]


json_values = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53), 2**53) | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=6,
)


@given(arguments=st.dictionaries(st.text(min_size=1), json_values), text=st.text())
def test_a_record_survives_its_row(arguments: dict[str, object], text: str) -> None:
    plan = Blueprint("bp", "task", "s", {"retail": 1}, (Step("s1", "retail__x", arguments),), slots=arguments)
    query = Query("q", text, "leaf", "fw", plan, Certificate(runs=3, order=(("a", "b"),)))
    assert from_row(to_row(query), Query) == query


def test_ancestors_of_a_sample_reach_the_leaf_by_sql_alone(tmp_path: Path) -> None:
    store = Store(tmp_path)
    plan = Blueprint("bp_1", "task", "s", {}, ())
    query = Query("q_1", "text", "leaf_1", "fw_1", plan, Certificate())
    trace = Trace("t_1", "q_1", "fw_1", "completed", "a", (Trajectory("root", "s", (user("x"),)),))
    verdict = Verdict(True, True, True)
    row = TraceRow("t_1", "q_1", "fw_1", "completed", True, "expert", 1, 0, 0, 0.1, "a", verdict, trace)
    sample = Sample("x_1", "t_1", "a_1", "q_1", "fw_1", "leaf_1", "openai", "root", "[]", "[]", "", (True,))
    store.write("queries", [query], run_id="r")
    store.write("traces", [row], run_id="r")
    store.write("assessments", [Assessment("a_1", "t_1", "keep")], run_id="r")
    store.write("samples", [sample], run_id="r")
    found = [(a.depth, a.table, a.id) for a in ancestors(store, "x_1")]
    assert found == [
        (0, "samples", "x_1"), (1, "assessments", "a_1"), (1, "traces", "t_1"), (2, "", "fw_1"),
        (2, "queries", "q_1"), (3, "", "leaf_1"), (3, "blueprints", "bp_1"),
    ]  # fmt: skip
