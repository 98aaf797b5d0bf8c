"""Descriptions in natural language (`descriptions.yaml`) and frameworks written by hand, as files."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Annotated

import pydantic

from nex_assets.agent_frameworks.lexicon import PatternName
from nex_resources.config import ConfigError, load_yaml, nearest

Identifier = Annotated[str, pydantic.Field(pattern=r"^[a-z][a-z0-9_]*$", max_length=64)]


class Description(pydantic.BaseModel, extra="forbid", frozen=True):
    """One framework in words. `servers` and `pattern` overrule what the text says."""

    name: Identifier
    text: str = pydantic.Field(min_length=3)
    servers: list[str] = []
    pattern: PatternName | None = None


class Descriptions(pydantic.BaseModel, extra="forbid", frozen=True):
    frameworks: list[Description]


def load_descriptions(path: Path, servers: Iterable[str]) -> list[Description]:
    """Read descriptions; `servers` are those that may be named, available or not.

    Raises `ConfigError` with file, key path and what is allowed: also for a name given twice and a
    server that the catalogue does not have.
    """
    known = sorted(servers)
    found = load_yaml(path, Descriptions).frameworks
    seen: dict[str, int] = {}
    for i, description in enumerate(found):
        if description.name in seen:
            earlier = f"frameworks.{seen[description.name]}"
            raise ConfigError(
                path, f"frameworks.{i}.name", f"{description.name!r} is already {earlier}'s name"
            )
        seen[description.name] = i
        for j, server in enumerate(description.servers):
            if server not in known:
                where = f"frameworks.{i}.servers.{j}"
                hint = nearest(server, known)
                raise ConfigError(path, where, f"no server {server!r} in the catalogue", known, hint)
    return found


def load_handwritten(folder: Path) -> dict[str, dict[str, str]]:
    """Return name → files (relative path → YAML text) of each sub-folder that holds an `agent.yaml`."""
    found: dict[str, dict[str, str]] = {}
    for entry in sorted(folder.glob("*/agent.yaml")):
        root = entry.parent
        files = sorted([*root.rglob("*.yaml"), *root.rglob("*.yml")])
        found[root.name] = {p.relative_to(root).as_posix(): p.read_text(encoding="utf-8") for p in files}
    return found
