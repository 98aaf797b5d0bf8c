"""Typed YAML: every fault becomes one `ConfigError` that names file, key path and what is allowed."""

from __future__ import annotations

import difflib
import inspect
import typing
from collections.abc import Hashable, Iterable
from pathlib import Path
from typing import Any, TypeVar

import pydantic
import yaml

M = TypeVar("M", bound=pydantic.BaseModel)


class ConfigError(ValueError):
    """A fault in a configuration file. `key_path` is dotted, list indices included."""

    def __init__(
        self, source: Path | str, key_path: str, problem: str, allowed: Iterable[str] = (), hint: str = ""
    ):
        self.source = str(source)
        self.key_path = key_path
        self.problem = problem
        self.allowed = tuple(allowed)
        self.hint = hint
        super().__init__(self._text())

    def _text(self) -> str:
        where = f"{self.source}: {self.key_path}" if self.key_path else self.source
        text = f"{where}: {self.problem}"
        if self.allowed:
            text += f"; allowed: {', '.join(self.allowed)}"
        return f"{text}; {self.hint}" if self.hint else text


class MultipleConfigError(ConfigError):
    """Several faults of one file, told at once."""

    def __init__(self, errors: list[ConfigError]):
        first = errors[0]
        super().__init__(first.source, first.key_path, first.problem, first.allowed, first.hint)
        self.errors = tuple(errors)
        self.args = ("\n".join(str(e) for e in errors),)


class _UniqueKeyLoader(yaml.SafeLoader):
    """SafeLoader that refuses a key given twice, which YAML's own loader lets win silently."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Hashable, Any]:
        seen: set[str] = set()
        for key, _ in node.value:
            if isinstance(key, yaml.ScalarNode) and key.tag != "tag:yaml.org,2002:merge":
                if key.value in seen:
                    raise yaml.MarkedYAMLError(
                        problem=f"key {key.value!r} is given twice", problem_mark=key.start_mark
                    )
                seen.add(key.value)
        return super().construct_mapping(node, deep)


def nearest(name: str, names: Iterable[str]) -> str:
    """Return `did you mean 'x'?` for the closest of `names`, or an empty string."""
    close = difflib.get_close_matches(name, list(names), n=1, cutoff=0.6)
    return f"did you mean {close[0]!r}?" if close else ""


def read_yaml(text: str, source: Path | str) -> Any:
    """Parse YAML text; a syntax fault names its line and column."""
    try:
        return yaml.load(text, _UniqueKeyLoader)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark
        place = f"line {mark.line + 1}, column {mark.column + 1}" if mark else ""
        raise ConfigError(source, place, f"not valid YAML: {error.problem}") from error


def parse_yaml(text: str, model: type[M], source: Path | str) -> M:
    """Read YAML text into `model`. `source` is what errors call it."""
    return validate(read_yaml(text, source), model, source)


def load_yaml(path: Path, model: type[M]) -> M:
    """Read the YAML file at `path` into `model`."""
    try:
        text = path.read_text(encoding="utf-8")
    except FileNotFoundError:
        siblings = sorted(p.name for p in path.parent.glob("*.y*ml")) if path.parent.is_dir() else []
        raise ConfigError(path, "", "no such file", siblings, nearest(path.name, siblings)) from None
    return parse_yaml(text, model, path)


def validate(value: Any, model: type[M], source: Path | str) -> M:
    """Validate already parsed `value` as `model`; all faults are told at once."""
    try:
        return model.model_validate({} if value is None else value)
    except pydantic.ValidationError as error:
        raise MultipleConfigError([_explain(e, model, source) for e in error.errors()]) from None


def _explain(error: Any, model: type[pydantic.BaseModel], source: Path | str) -> ConfigError:
    path = [p for p in error["loc"] if not (isinstance(p, str) and p.startswith(("function-", "tagged-")))]
    dotted = ".".join(map(str, path))
    if error["type"] == "extra_forbidden":
        names = _field_names(model, path[:-1])
        return ConfigError(source, dotted, "unknown key", names, nearest(str(path[-1]), names))
    if error["type"] == "missing":
        return ConfigError(source, dotted, "this key is required")
    if error["type"] in ("literal_error", "enum"):
        allowed = [w.strip(" '") for w in error["ctx"]["expected"].replace(" or ", ", ").split(",")]
        given = error["input"]
        return ConfigError(source, dotted, f"{given!r} is not allowed", allowed, nearest(str(given), allowed))
    given = repr(error["input"])
    shown = given if len(given) <= 80 else given[:77] + "…"
    return ConfigError(source, dotted, f"{error['msg']} (given: {shown})")


def _field_names(model: type[pydantic.BaseModel], path: list[Any]) -> list[str]:
    """Return the keys allowed where `path` leads, as far as the annotations tell."""
    models: list[type[pydantic.BaseModel]] = [model]
    for step in path:
        following: list[type[pydantic.BaseModel]] = []
        for m in models:
            field = m.model_fields.get(str(step)) or next(
                (f for f in m.model_fields.values() if f.alias == step), None
            )
            following += _models_in(field.annotation) if field else []
        models = following or models  # an index or a mapping's key: stay with the models in hand
    return sorted({f.alias or name for m in models for name, f in m.model_fields.items()})


def _models_in(annotation: Any) -> list[type[pydantic.BaseModel]]:
    if inspect.isclass(annotation) and not typing.get_origin(annotation):
        return [annotation] if issubclass(annotation, pydantic.BaseModel) else []
    return [m for a in typing.get_args(annotation) for m in _models_in(a)]
