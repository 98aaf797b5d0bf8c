"""The shipped descriptions and hand-written frameworks, over the shipped catalogue and worlds."""

import logging
from pathlib import Path

import pytest

from nex_assets.agent_frameworks import Toolbox, all_frameworks, load_descriptions
from nex_assets.agent_frameworks.lexicon import default_lexicon
from nex_resources import worlds
from nex_resources.config import ConfigError
from nex_resources.mcp import Catalogue

CONFIGS = Path(__file__).parents[2] / "configs"
FOLDER = CONFIGS / "frameworks"


@pytest.fixture(scope="module")
def tools() -> list[str]:
    servers = Catalogue.load(CONFIGS / "mcp_servers.yaml").servers
    listed = {f"{name}__{tool}" for name, server in servers.items() for tool in server.tools.names}
    return sorted(listed | {tool.spec.name for name in worlds.names() for tool in worlds.get(name).tools})


def test_all_shipped_frameworks_are_valid(tools: list[str]) -> None:
    frameworks = all_frameworks(FOLDER, tools, generated=5, seed=0)
    by_name = {framework.name: framework for framework in frameworks}
    assert len(by_name) == len(frameworks) >= 30
    assert {f.pattern for f in frameworks} >= {"single", "manager_workers", "parallel", "router", "critic"}
    assert by_name["retail_service"].origin == "handwritten"
    assert by_name["retail_service"].worlds == ("retail",)
    for world in worlds.names():  # evaluation lets one agent act alone in each
        assert any(framework.worlds == (world,) and framework.nodes == 1 for framework in frameworks), world


def test_the_lexicon_and_the_catalogue_know_the_same_servers() -> None:
    catalogue = set(Catalogue.load(CONFIGS / "mcp_servers.yaml").servers)
    lexicon = {server for domain in default_lexicon().domains.values() for server in domain.servers}
    assert lexicon <= catalogue  # a domain without tools could never be built
    assert catalogue - lexicon <= {"everything"}  # else add the server to a domain of lexicon.yaml


def test_what_needs_an_absent_server_is_left_out_with_its_reason(
    tools: list[str], caplog: pytest.LogCaptureFixture
) -> None:
    present = [tool for tool in tools if tool.split("__")[0] in ("git", "sqlite")]
    with caplog.at_level(logging.WARNING):
        names = {f.name for f in all_frameworks(FOLDER, present, generated=0, seed=0)}
    assert {"git_single", "database_single", "code_reviewer"} <= names
    assert not {"retail_single", "retail_service", "service_company"} & names
    assert "retail_service is left out: no tool of retail is available" in caplog.text


@pytest.mark.parametrize(
    ("text", "told"),
    [
        pytest.param(
            "frameworks: [{name: a, text: a team, servers: [retial]}]",
            ["descriptions.yaml: frameworks.0.servers.0: no server 'retial'", "did you mean 'retail'"],
            id="server",
        ),
        pytest.param(
            "frameworks: [{name: a, text: a team, pattern: star}]",
            ["frameworks.0.pattern: 'star' is not allowed", "three_layer"],
            id="pattern",
        ),
        pytest.param(
            "frameworks: [{name: a, text: a team}, {name: a, text: a desk}]",
            ["frameworks.1.name: 'a' is already frameworks.0's name"],
            id="name-twice",
        ),
        pytest.param("frameworks: [{name: A b, text: a team}]", ["frameworks.0.name"], id="name"),
        pytest.param("framework: []", ["framework: unknown key", "allowed: frameworks"], id="key"),
    ],
)
def test_a_fault_in_the_descriptions_is_told(
    tmp_path: Path, toolbox: Toolbox, text: str, told: list[str]
) -> None:
    (tmp_path / "descriptions.yaml").write_text(text)
    with pytest.raises(ConfigError) as caught:
        load_descriptions(tmp_path / "descriptions.yaml", toolbox.servers)
    for part in told:
        assert part in str(caught.value)
