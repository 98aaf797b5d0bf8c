import pytest

from nex_assets.agent_frameworks import Toolbox


@pytest.mark.parametrize(
    ("selector", "expected"),
    [
        pytest.param("time__*", ("time__convert_time", "time__get_current_time"), id="server"),
        pytest.param("time__convert_time", ("time__convert_time",), id="exact"),
        pytest.param("time__nothing", (), id="no-such-tool"),
        pytest.param("clock__*", (), id="no-such-server"),
    ],
)
def test_a_selector_resolves(toolbox: Toolbox, selector: str, expected: tuple[str, ...]) -> None:
    assert toolbox.resolve(selector) == expected


@pytest.mark.parametrize(
    ("name", "effect", "noun"),
    [
        pytest.param("retail__get_order", "read", "order", id="get"),
        pytest.param("retail__cancel_order", "write", "order", id="cancel"),
        pytest.param("sqlite__list_tables", "read", "table", id="plural"),
        pytest.param("git__git_create_branch", "write", "branch", id="server-in-the-name"),
        pytest.param("desk__getEntities", "read", "entity", id="camel-case"),
        pytest.param("gis__centroid", "read", "centroid", id="no-verb"),
        pytest.param("time__convert_time", "read", "time", id="server-is-the-object"),
    ],
)
def test_a_name_tells_effect_and_object(name: str, effect: str, noun: str) -> None:
    toolbox = Toolbox([name])
    assert (toolbox.effect(name), toolbox.object(name)) == (effect, noun)


def test_a_prefix_of_all_tools_of_a_server_says_nothing() -> None:
    toolbox = Toolbox(
        f"work__taskwarrior_{tool}" for tool in ("add_note", "get_project", "list_tags", "undo")
    )
    assert [toolbox.object(name) for name in toolbox.of("work")] == ["note", "project", "tag", "work"]


def test_a_known_effect_overrules_the_name() -> None:
    assert Toolbox(["a__get_x"], {"a__get_x": "write"}).effect("a__get_x") == "write"


def test_selectors_are_short_where_all_tools_are_there(toolbox: Toolbox) -> None:
    names = [*toolbox.of("time"), "git__git_log"]
    assert toolbox.selectors(names) == ("git__git_log", "time__*")


@pytest.mark.parametrize("parts", [1, 2, 3, 5, 8, 20])
def test_a_split_loses_and_doubles_nothing(toolbox: Toolbox, parts: int) -> None:
    groups = toolbox.split(toolbox.of("retail"), parts)
    assert len(groups) == min(parts, 7)
    assert all(groups)
    assert sorted(name for group in groups for name in group) == list(toolbox.of("retail"))
