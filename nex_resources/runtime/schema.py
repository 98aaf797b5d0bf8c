"""The JSON Schemas of an agent's and a tool's YAML, for editors: `docs/schemas/`.

`python -m nex_resources.runtime schema docs/schemas` writes them; a test holds them in step with the models.
"""

from __future__ import annotations

import json
from pathlib import Path

from nex_resources.records.agent_yaml import AgentYaml, ToolYaml


def schemas() -> dict[str, str]:
    """Return file name → JSON Schema text."""
    return {
        "agent.schema.json": _text(AgentYaml, "NexAU agent"),
        "tool.schema.json": _text(ToolYaml, "NexAU tool"),
    }


def _text(model: type[AgentYaml] | type[ToolYaml], title: str) -> str:
    schema = model.model_json_schema(by_alias=True)
    dialect = "https://json-schema.org/draft/2020-12/schema"
    return json.dumps({"$schema": dialect, **schema, "title": title}, indent=2, ensure_ascii=False) + "\n"


def write_schemas(folder: Path) -> list[Path]:
    folder.mkdir(parents=True, exist_ok=True)
    paths = []
    for name, text in schemas().items():
        (folder / name).write_text(text, encoding="utf-8")
        paths.append(folder / name)
    return paths
