"""The rules file, what it refuses, and how calibration limits what may drop."""

from __future__ import annotations

from pathlib import Path

import pytest

from nex_assets.filtered_traces import (
    KINDS,
    Calibration,
    Measured,
    QualityConfig,
    Rules,
    assess,
    load_rules,
    wilson,
)
from nex_assets.filtered_traces.rules import limits_id
from nex_assets.filtered_traces.scripting import do, script, turn
from nex_resources.config import ConfigError

ROOT = Path(__file__).parents[2]
ORDER = do("retail__get_order", {"order_id": "W1023"}, '{"status": "pending"}')
LOOPING = script("What is the status of W1023?", *[turn("", ORDER)] * 5, "Order W1023 is pending.")


def measured(kind: str, hits: int, false: int) -> Calibration:
    return Calibration({kind: Measured(hits, 100, false, 500, limits_id(Rules().limits, kind))})


def test_the_shipped_files_load_and_agree() -> None:
    rules = load_rules(ROOT / "configs/quality.yaml", ROOT / "configs/quality_calibration.json")
    stale = [kind for kind in KINDS if "changed" in rules.why_demoted(kind)]
    assert stale == []


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("actions:\n  repeated_call: flag\n", ["actions.repeated_call", "repeated_calls"]),
        ("actions:\n  repeated_calls: delete\n", ["actions.repeated_calls", "quarantine"]),
        ("limits:\n  repetition:\n    units: 3\n", ["limits.repetition.units", "unit_repeats"]),
        ("limits:\n  repetition:\n    unit_repeats: many\n", ["limits.repetition.unit_repeats", "integer"]),
        ("bar:\n  recall: 2\n", ["bar.recall", "1"]),
        ("allowed_sources:\n  email: [retail]\n", ["allowed_sources.email", "personal_data"]),
    ],
    ids=["kind", "action", "limit", "type", "range", "source"],
)
def test_faults_name_file_key_and_choices(tmp_path: Path, text: str, parts: list[str]) -> None:
    path = tmp_path / "quality.yaml"
    path.write_text(text)
    with pytest.raises(ConfigError) as caught:
        load_rules(path)
    assert all(part in str(caught.value) for part in [str(path), *parts])


def test_a_missing_calibration_says_so(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="no calibration is stored"):
        load_rules(ROOT / "configs/quality.yaml", tmp_path / "none.json")


def test_calibration_round_trips(tmp_path: Path) -> None:
    calibration = measured("repeated_calls", 99, 1)
    calibration.save(tmp_path / "c.json")
    assert Calibration.load(tmp_path / "c.json") == calibration


@pytest.mark.parametrize(
    ("hits", "false", "decision"),
    [(100, 0, "quarantine"), (90, 0, "keep"), (100, 10, "keep")],
    ids=["clears_the_bar", "low_recall", "low_precision"],
)
def test_a_kind_below_its_bar_may_flag_but_not_drop(hits: int, false: int, decision: str) -> None:
    assessment = assess(LOOPING, rules=Rules(calibration=measured("repeated_calls", hits, false)))
    assert assessment.decision == decision
    assert "repeated_calls" in {one.kind for one in assessment.findings}


def test_changed_limits_need_a_new_calibration() -> None:
    config = QualityConfig.model_validate({"limits": {"repetition": {"identical_calls": 4}}})
    rules = Rules(config, measured("repeated_calls", 100, 0))
    assert rules.action("repeated_calls") == "flag"
    assert "changed" in rules.why_demoted("repeated_calls")


def test_an_uncalibrated_kind_may_not_drop() -> None:
    assert Rules(calibration=Calibration({})).action("repeated_calls") == "flag"


def test_rules_ids_differ_with_what_decides() -> None:
    assert Rules().id == Rules().id
    assert Rules().id != Rules(QualityConfig(actions={"repeated_calls": "flag"})).id
    assert Rules().id != Rules(calibration=Calibration({})).id


def test_wilson_matches_the_published_example() -> None:
    low, high = wilson(8, 10)
    assert (round(low, 3), round(high, 3)) == (0.490, 0.943)
    assert wilson(0, 0) == (0.0, 1.0)
