import pytest

from nex_assets.agent_frameworks import NoToolsError, Toolbox, interpret
from nex_assets.agent_frameworks.lexicon import default_lexicon, plural, singular


@pytest.mark.parametrize(
    ("text", "pattern"),
    [
        ("a single assistant for orders", "single"),
        ("answers questions about a shop", "single"),
        ("code reviewer system", "manager_workers"),
        ("a planner with three executors for trips", "planner_executor"),
        ("agents that read tickets in parallel", "parallel"),
        ("a pipeline for files", "pipeline"),
        ("an order clerk whose work a critic double-checks", "critic"),
        ("a dispatcher that routes tickets to clerks", "router"),
        ("a company with departments for orders and trips", "three_layer"),
        ("a team for orders, without a planner", "manager_workers"),
        ("处理订单的团队", "manager_workers"),
    ],
)
def test_the_text_decides_the_pattern(toolbox: Toolbox, text: str, pattern: str) -> None:
    assert interpret(text, toolbox, default_lexicon()).pattern == pattern


@pytest.mark.parametrize(
    ("text", "servers"),
    [
        ("an assistant for orders", ("retail",)),
        ("code reviewer system", ("git", "filesystem")),
        ("a team for tickets of the helpdesk", ("helpdesk",)),
        ("workers for retail and travel", ("retail", "travel")),
        ("an agent that knows employees", ("helpdesk",)),  # no domain word: a tool's name tells
    ],
)
def test_the_text_decides_the_servers(toolbox: Toolbox, text: str, servers: tuple[str, ...]) -> None:
    assert interpret(text, toolbox, default_lexicon()).servers == servers


@pytest.mark.parametrize(
    ("text", "roles"),
    [
        pytest.param(
            "a lead with a diff reader, style and security reviewers for code",
            ["diff_reader", "style_reviewer", "security_reviewer"],
            id="shared-head",
        ),
        pytest.param(
            "auditors for schema and integrity and a record keeper for a database",
            ["schema_auditor", "integrity_auditor", "record_keeper"],
            id="list-after-head",
        ),
        pytest.param(
            "code reviewer system",
            ["diff_reader", "style_reviewer", "security_reviewer", "test_reviewer", "fix_applier"],
            id="action-and-domain",
        ),
        pytest.param("four workers for orders", [], id="a-number-names-nobody"),
        pytest.param("one agent for orders", [], id="alone"),
    ],
)
def test_the_text_names_the_roles(toolbox: Toolbox, text: str, roles: list[str]) -> None:
    assert [role.name for role in interpret(text, toolbox, default_lexicon()).roles] == roles


def test_given_servers_and_pattern_overrule_the_text(toolbox: Toolbox) -> None:
    reading = interpret("a team for orders", toolbox, default_lexicon(), ["time"], "router")
    assert (reading.servers, reading.pattern) == (("time",), "router")
    assert "pattern router: given" in reading.reasons


@pytest.mark.parametrize(
    ("text", "told"),
    [
        pytest.param("an assistant for gardening", "name one of the servers: filesystem, git", id="unknown"),
        pytest.param("an assistant for slides", "presentations needs one of the servers power", id="absent"),
    ],
)
def test_a_text_that_leads_to_no_tool_is_told(toolbox: Toolbox, text: str, told: str) -> None:
    with pytest.raises(NoToolsError, match=told):
        interpret(text, toolbox, default_lexicon())


@pytest.mark.parametrize("word", ["order", "entity", "branch", "box", "address", "status", "analysis", "key"])
def test_plural_and_singular_agree(word: str) -> None:
    assert singular(plural(word)) == word
