from pathlib import Path

import pytest

from nex_assets.queries import WorldPlanner
from nex_resources.domains import load_domains
from nex_resources.records import AgentSpec

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="session")
def planner():
    return WorldPlanner(["retail"])


@pytest.fixture(scope="session")
def domains():
    return load_domains(ROOT / "configs" / "domains")


@pytest.fixture(scope="session")
def frameworks():
    return {"solo": AgentSpec("solo", tools=("retail__*",)), "git_only": AgentSpec("g", tools=("git__*",))}
