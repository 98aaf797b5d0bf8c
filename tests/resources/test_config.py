from pathlib import Path
from typing import Literal

import pydantic
import pytest

from nex_resources.config import ConfigError, load_yaml, parse_yaml


class Inner(pydantic.BaseModel, extra="forbid"):
    kind: Literal["read", "write"] = "read"
    size: int = 1


class Outer(pydantic.BaseModel, extra="forbid"):
    name: str
    inner: list[Inner] = []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("nmae: x", ["f.yaml: nmae", "unknown key", "allowed: inner, name", "'name'"], id="key"),
        pytest.param("name: x\ninner: [{knd: read}]", ["inner.0.knd", "kind, size"], id="nested-key"),
        pytest.param("name: x\ninner: [{kind: red}]", ["inner.0.kind", "'red'", "read, write"], id="literal"),
        pytest.param("name: x\ninner: [{size: big}]", ["inner.0.size", "'big'"], id="type"),
        pytest.param("inner: []", ["f.yaml: name", "required"], id="missing"),
        pytest.param("name: [", ["line 1, column 8", "not valid YAML"], id="syntax"),
        pytest.param("name: x\nname: y", ["line 2", "given twice"], id="duplicate"),
    ],
)
def test_a_fault_names_file_key_path_and_what_is_allowed(text: str, expected: list[str]) -> None:
    with pytest.raises(ConfigError) as caught:
        parse_yaml(text, Outer, "f.yaml")
    for part in expected:
        assert part in str(caught.value)


def test_all_faults_are_told_at_once() -> None:
    with pytest.raises(ConfigError) as caught:
        parse_yaml("nmae: x\ninner: [{size: big}]", Outer, "f.yaml")
    assert str(caught.value).count("f.yaml: ") == 3


def test_a_missing_file_names_its_neighbours(tmp_path: Path) -> None:
    (tmp_path / "quick.yaml").write_text("name: x")
    with pytest.raises(ConfigError, match=r"did you mean 'quick\.yaml'"):
        load_yaml(tmp_path / "quik.yaml", Outer)
