from pathlib import Path

import msgspec
import pytest
import yaml

from nex_assets.agent_frameworks import (
    Description,
    Framework,
    InvalidFramework,
    Toolbox,
    from_files,
    generate,
    load_checked,
)
from nex_assets.agent_frameworks.prompts import SINGLE_LIMIT
from nex_resources.records import ToolSpec
from nex_resources.runtime import load_agent_files, select
from nex_resources.store import FrameworkRow

CONFIGS = Path(__file__).parents[2] / "configs" / "frameworks"


def one(toolbox: Toolbox, text: str, **more: object) -> Framework:
    description = Description.model_validate({"name": "tried", "text": text, **more})
    return generate([description], 0, toolbox)[0]


def test_a_code_reviewer_system_becomes_a_lead_over_reviewers(toolbox: Toolbox) -> None:
    framework = one(toolbox, "code reviewer system")
    spec = load_agent_files(framework.files)
    print(*(f"# {path}\n{text}" for path, text in framework.files.items()), sep="\n")
    assert (framework.pattern, framework.depth, spec.tools) == ("manager_workers", 2, ())
    tools = {child.name: set(child.tools) for child in spec.sub_agents}
    assert {"diff_reader", "style_reviewer", "security_reviewer", "fix_applier"} <= set(tools)
    assert tools["diff_reader"] >= {"git__git_diff", "git__git_log"}
    assert "filesystem__read_text_file" in tools["style_reviewer"]
    writes = {"git__git_commit", "filesystem__write_file"}
    assert tools["fix_applier"] >= writes
    assert not writes & (tools["style_reviewer"] | tools["diff_reader"] | tools["security_reviewer"])


@pytest.mark.parametrize(
    ("text", "depth", "nodes"),
    [
        pytest.param("a single assistant for orders", 1, 1, id="single"),
        pytest.param("a support team for orders", 2, 3, id="manager_workers"),
        pytest.param("a planner with two executors for orders", 2, 4, id="planner_executor"),
        pytest.param("three agents look at orders in parallel", 2, 5, id="parallel"),
        pytest.param("a pipeline for orders", 2, 4, id="pipeline"),
        pytest.param("an order agent and a critic", 2, 3, id="critic"),
        pytest.param("a router over four specialists for orders", 2, 5, id="router"),
        pytest.param("a company of six workers for orders", 3, 9, id="three_layer"),
    ],
)
def test_each_pattern_reaches_every_tool(toolbox: Toolbox, text: str, depth: int, nodes: int) -> None:
    framework = one(toolbox, text)
    assert (framework.depth, framework.nodes) == (depth, nodes)
    assert framework.worlds == ("retail",)
    offered = [ToolSpec(name) for name in toolbox.names()]
    agents = load_agent_files(framework.files).walk()
    reached = {tool.name for agent in agents for tool in select(agent.tools, offered)}
    assert reached == set(toolbox.of("retail"))


def test_no_text_makes_a_framework_too_large() -> None:
    wide = Toolbox(f"s{i}__{verb}_{noun}" for i in range(20) for verb in ("get", "set") for noun in "abcdef")
    servers = [f"s{i}" for i in range(20)]
    for text in ("a company of 90 workers", "a team of 90 workers", "a planner with 90 executors"):
        framework = one(wide, text, servers=servers)
        assert 21 <= framework.nodes <= 34
        assert set(framework.worlds) == set(servers)


def test_a_worker_is_told_what_its_tools_are_for(toolbox: Toolbox) -> None:
    framework = one(toolbox, "a router over two specialists for orders")
    duties = [child.description for child in load_agent_files(framework.files).sub_agents]
    assert any("customers" in duty and "products" not in duty for duty in duties)
    assert all(" in retail" in duty for duty in duties)


def test_a_lone_agents_prompt_is_short(toolbox: Toolbox) -> None:
    for seed in range(30):
        framework = generate([Description(name="lone", text="one agent for orders")], seed, toolbox)[0]
        assert len(load_agent_files(framework.files).system_prompt.split()) <= SINGLE_LIMIT


def test_equal_seeds_give_equal_frameworks(toolbox: Toolbox) -> None:
    descriptions = [Description(name=f"d{i}", text=f"a team of {i} workers for trips") for i in range(2, 6)]
    assert generate(descriptions, 1, toolbox) == generate(descriptions, 1, toolbox)
    assert generate(descriptions, 1, toolbox) != generate(descriptions, 2, toolbox)
    assert generate(descriptions[::-1], 1, toolbox) == generate(descriptions, 1, toolbox)[::-1]


def test_a_framework_fits_its_table(toolbox: Toolbox) -> None:
    framework = one(toolbox, "a support team for orders")
    row = msgspec.convert(framework, FrameworkRow, from_attributes=True)
    assert msgspec.to_builtins(row) == msgspec.to_builtins(framework)


AGENT = {"name": "lead", "system_prompt": "Lead."}


@pytest.mark.parametrize(
    ("files", "told"),
    [
        pytest.param({"agent.yaml": AGENT}, "no agent has a tool", id="no-tools"),
        pytest.param(
            {"agent.yaml": AGENT | {"tools": [{"name": "retail__get_ordr"}]}},
            "lead: no tool matches 'retail__get_ordr'; did you mean 'retail__get_order'",
            id="no-such-tool",
        ),
        pytest.param(
            {"agent.yaml": AGENT | {"tools": [{"name": "time__*"}], "max_iteration": 3}},
            "agent.yaml: max_iteration: unknown key",
            id="loader",
        ),
        pytest.param(
            {
                "agent.yaml": AGENT
                | {"sub_agents": [{"name": "lead", "config_path": "b.yaml"}], "tools": [{"name": "time__*"}]},
                "b.yaml": AGENT,
            },
            "name 'lead' is used 2 times",
            id="name-twice",
        ),
        pytest.param(
            {"agent.yaml": AGENT | {"tools": [{"name": "time__*"}]}, "b.yaml": AGENT | {"name": "b"}},
            "1 files belong to agents that no sub_agents entry reaches",
            id="unreachable",
        ),
        pytest.param(
            {
                "agent.yaml": AGENT
                | {"tools": ["time__*"], "sub_agents": [{"name": "a", "config_path": "1.yaml"}]},
                "1.yaml": AGENT | {"name": "a", "sub_agents": [{"name": "b", "config_path": "2.yaml"}]},
                "2.yaml": AGENT | {"name": "b", "sub_agents": [{"name": "c", "config_path": "3.yaml"}]},
                "3.yaml": AGENT | {"name": "c"},
            },
            "4 layers; at most 3",
            id="too-deep",
        ),
        pytest.param(
            {
                "agent.yaml": AGENT
                | {
                    "tools": ["time__*"],
                    "sub_agents": [{"name": f"w{i}", "config_path": f"w{i}.yaml"} for i in range(34)],
                },
                **{f"w{i}.yaml": AGENT | {"name": f"w{i}"} for i in range(34)},
            },
            "35 agents; at most 34",
            id="too-many",
        ),
        pytest.param(
            {"agent.yaml": {"name": "Lead", "system_prompt": " ", "tools": ["time__*"]}},
            "name 'Lead' is not a tool name",
            id="name",
        ),
    ],
)
def test_a_broken_hierarchy_is_told(toolbox: Toolbox, files: dict[str, object], told: str) -> None:
    texts = {path: yaml.safe_dump(config) for path, config in files.items()}
    with pytest.raises(InvalidFramework) as caught:
        load_checked("broken", texts, toolbox)
    assert "framework broken: " in str(caught.value)
    assert told in str(caught.value)


def test_a_framework_by_hand_is_taken_as_it_is(toolbox: Toolbox) -> None:
    files = {"agent.yaml": yaml.safe_dump(AGENT | {"tools": ["time__*"], "description": "The clock."})}
    framework = from_files({"clock": files}, toolbox)[0]
    assert (framework.origin, framework.pattern, framework.domain) == ("handwritten", "single", "time")
    assert framework.description == "The clock."
