"""Bad input of `make run`: one message that says where and what is allowed, and nothing half-written."""

import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from nex_resources import pipeline
from nex_resources.preflight import faults
from nex_resources.profile import CONFIGS, load_profile

QUICK = yaml.safe_load((CONFIGS / "profiles" / "quick.yaml").read_text())


def changed(tmp_path: Path, **sections: object) -> Path:
    path = tmp_path / "mine.yaml"
    path.write_text(yaml.safe_dump({**QUICK, **sections}))
    return path


@pytest.mark.parametrize(
    ("sections", "told"),
    [
        pytest.param({"seeed": 3}, "seeed: unknown key; allowed: domains,", id="unknown key"),
        pytest.param({"rollouts": {"concurrency": "many"}}, "rollouts.concurrency: ", id="wrong type"),
        pytest.param({"formats": ["opneai", "hermes"]}, "formats.0: there is no 'opneai'", id="format"),
        pytest.param({"training": {"format": "glm4"}}, "training.format: there is no 'glm4'", id="trained"),
        pytest.param(
            {"training": {"format": "hermes", "recipe": "studnt"}}, "did you mean 'student'?", id="recipe"
        ),
        pytest.param({"mcp": {"servers": ["gitt"]}}, "mcp.servers: there is no 'gitt'", id="server"),
        pytest.param(
            {"domains": {"retail": {"queries": {"train": 1}, "personas": {"ceo": 1}}}},
            "domains.retail.personas: there is no 'ceo'",
            id="persona",
        ),
        pytest.param({"teacher": {"provider": "anthropic"}}, "set the variable ANTHROPIC_API_KEY", id="key"),
    ],
)
def test_a_faulty_profile_runs_nothing(
    sections: dict[str, object],
    told: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    path = changed(tmp_path, **sections)
    monkeypatch.setenv("NEX_PROFILE", str(path))
    monkeypatch.setenv("NEX_HOME", str(tmp_path / "home"))
    monkeypatch.delenv("ANTHROPIC_API_KEY", raising=False)
    assert pipeline.main() == 2
    printed = capsys.readouterr().out
    assert told in printed
    assert "Traceback" not in printed
    if "teacher" not in sections:
        assert str(path) in printed
    assert not (tmp_path / "home").exists()


@pytest.mark.parametrize("name", sorted(p.stem for p in (CONFIGS / "profiles").glob("*.yaml")))
def test_the_shipped_profiles_pass(name: str) -> None:
    keys = {"OPENAI_API_KEY": "k", "ANTHROPIC_API_KEY": "k"}
    assert faults(load_profile(name), CONFIGS / "profiles" / f"{name}.yaml", keys) == []


FAILING = """
import dagster as dg

@dg.asset
def broken() -> int:
    raise ValueError("table 'x' has no rows:\\n  materialize y first")

@dg.asset
def doubtful() -> int:
    return 1

@dg.asset_check(asset=doubtful, blocking=True)
def sound() -> dg.AssetCheckResult:
    return dg.AssetCheckResult(passed=False, description="2 rows are incomplete")

defs = dg.Definitions(assets=[broken, doubtful], asset_checks=[sound], executor=dg.in_process_executor)
"""


@pytest.mark.parametrize(
    ("asset", "told"),
    [
        ("broken", "ValueError: table 'x' has no rows:\n  materialize y first"),
        ("doubtful", "Asset check 'sound' on 'doubtful' did not pass. Description: '2 rows are incomplete'"),
    ],
    ids=["asset", "blocking check"],
)
def test_a_failed_step_is_told_by_its_message(
    asset: str, told: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DAGSTER_HOME", str(tmp_path))
    (tmp_path / "failing.py").write_text(FAILING)
    dagster = Path(sys.executable).with_name("dagster")
    command = [dagster, "asset", "materialize", "-m", "failing", "--select", asset]
    done = subprocess.run(
        command, cwd=tmp_path, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, timeout=120
    )
    assert done.returncode == 1
    # what a step writes is copied to the output by a process that may be stopped too early: do without it
    direct = [line for line in done.stdout.splitlines() if f" - {asset}" not in line]
    assert pipeline.why("\n".join(direct)) == told


def test_a_run_that_never_began_is_told_by_the_last_lines() -> None:
    assert pipeline.why("one\n" * 40 + "Error: no such module") == "one\n" * 29 + "Error: no such module"


def test_the_command_line_shows_a_fault_without_a_stack(tmp_path: Path) -> None:
    import os

    path = changed(tmp_path, seeed=3)
    done = subprocess.run(
        [Path(sys.executable).with_name("dagster"), "asset", "list", "-m", "definitions"],
        cwd=CONFIGS.parent,
        env={**os.environ, "NEX_PROFILE": str(path)},
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert done.returncode != 0
    assert f"Error: {path}: seeed: unknown key" in done.stderr
    assert "Traceback" not in done.stderr
