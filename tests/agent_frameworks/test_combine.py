import itertools

import pytest

from nex_assets.agent_frameworks import Toolbox, diversity, generate_many, to_markdown
from nex_assets.agent_frameworks.combine import TEMPLATES, describe_many
from nex_assets.agent_frameworks.interpret import interpret
from nex_assets.agent_frameworks.lexicon import default_lexicon

COUNT = 200


@pytest.fixture(scope="module")
def frameworks(toolbox: Toolbox):  # type: ignore[no-untyped-def]
    return generate_many(COUNT, 0, toolbox)


def test_two_hundred_frameworks_are_valid_and_unlike_each_other(frameworks, toolbox: Toolbox) -> None:  # type: ignore[no-untyped-def]
    report = diversity(frameworks)
    assert (report.frameworks, report.structures) == (COUNT, COUNT)
    assert len({framework.id for framework in frameworks}) == COUNT
    assert set(report.patterns) == set(TEMPLATES)
    assert min(report.patterns.values()) >= COUNT / 20
    assert set(report.depths) == {1, 2, 3}
    assert min(report.nodes) == 1
    assert 24 <= max(report.nodes) <= 34
    assert set(report.worlds) == set(toolbox.servers)


def test_the_reading_finds_the_pattern_that_the_grammar_meant(toolbox: Toolbox) -> None:
    lexicon = default_lexicon()
    wrong = [
        description.text
        for description in itertools.islice(describe_many(1, toolbox, lexicon), 400)
        if interpret(description.text, toolbox, lexicon).pattern != description.name.rsplit("_", 1)[0]
    ]
    assert wrong == []


def test_the_same_seed_gives_the_same_frameworks(toolbox: Toolbox) -> None:
    assert generate_many(20, 3, toolbox) == generate_many(20, 3, toolbox)
    assert generate_many(20, 3, toolbox) != generate_many(20, 4, toolbox)


def test_more_than_the_catalogue_allows_is_told() -> None:
    with pytest.raises(ValueError, match=r"1 servers gave \d+ different frameworks, not 500"):
        generate_many(500, 0, Toolbox(["time__get_current_time"]))


def test_the_report_renders_as_tables(frameworks) -> None:  # type: ignore[no-untyped-def]
    page = to_markdown(diversity(frameworks))
    assert page.startswith("200 frameworks, 200 structures")
    assert "| three_layer |" in page
