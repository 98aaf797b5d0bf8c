"""The bench's load, small: every rollout succeeds, connections are reused, memory does not grow."""

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent / "runtime"))
from compare import measure, mock


@pytest.mark.slow
def test_two_thousand_rollouts_leave_memory_as_it_was():
    with mock() as url:
        row = measure(sys.executable, "ours", url, concurrency=64, latency=0, rollouts=2000)
    assert row["succeeded"] == 2000
    assert row["requests"] == 2000 * 6
    assert row["connections"] <= 64
    settled = row["memory_mb"][4]  # after 30% of the rollouts
    assert row["memory_mb"][-1] - settled < 4
    assert row["peak_mb"] < 250
