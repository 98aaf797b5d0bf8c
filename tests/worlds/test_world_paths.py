"""Paths and descriptors: each leads to one value or says why not."""

from __future__ import annotations

import pytest

from nex_resources.records import Step
from nex_resources.worlds import PathError, fill, references, resolve

RESULT = {
    "orders": [{"id": "A", "total": 5, "status": "new"}, {"id": "B", "total": 9, "status": "old"}],
    "n": 2,
}


@pytest.mark.parametrize(
    ("path", "value"),
    [
        ("n", 2),
        ("orders.1.id", "B"),
        ("orders[status=new].id", "A"),
        ("orders[max:total].id", "B"),
        ("orders[min:total].id", "A"),
        ("orders[total=9].id", "B"),
    ],
)
def test_resolve(path: str, value: object) -> None:
    assert resolve(RESULT, path) == value


@pytest.mark.parametrize(
    ("path", "problem"),
    [
        ("x", "no 'x'"),
        ("orders.5.id", "no '5'"),
        ("orders[status=gone].id", "selects 0 rows of 2"),
        ("orders[only].id", "selects 2 rows of 2"),
        ("n[only]", "needs a list"),
        ("orders[first].id", "no selector"),
    ],
)
def test_paths_that_lead_nowhere_say_why(path: str, problem: str) -> None:
    with pytest.raises(PathError, match=problem):
        resolve(RESULT, path)


def test_a_tie_is_no_descriptor() -> None:
    with pytest.raises(PathError, match="selects 2 rows"):
        resolve({"rows": [{"n": 3, "id": 1}, {"n": 3, "id": 2}]}, "rows[max:n].id")


def test_fill_and_references() -> None:
    arguments = {
        "a": {"$slot": "x"},
        "b": [{"$from": "s1", "path": "n"}],
        "c": "select {{s1:n}} from {{x}}",
        "d": {"k": 1},
    }
    step = Step("s2", "w__t", arguments)
    assert [(r.argument, r.step, r.path) for r in references(step)] == [("b", "s1", "n"), ("c", "s1", "n")]
    filled = fill(arguments, {"x": "t"}, lambda s, p: resolve(RESULT, p))
    assert filled == {"a": "t", "b": [2], "c": "select 2 from t", "d": {"k": 1}}
