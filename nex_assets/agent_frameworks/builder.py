"""Write a tree of nodes as the declarative YAML files that the runtime loads."""

from __future__ import annotations

from typing import Any

import yaml

from nex_assets.agent_frameworks.framework import Node
from nex_assets.agent_frameworks.toolbox import Toolbox

ENTRY = "agent.yaml"
_WORKER_ITERATIONS = 12
_LEAD_ITERATIONS = 24
_DUMPER = getattr(yaml, "CSafeDumper", yaml.SafeDumper)  # libyaml where PyYAML has it


def write_files(root: Node, toolbox: Toolbox) -> dict[str, str]:
    """Return relative path → YAML text: `agent.yaml` for the root, `agents/<name>.yaml` for the others.

    A `config_path` is relative to the file that holds it.
    """
    files = {ENTRY: _yaml(agent_config(root, toolbox, "agents/"))}
    for node in root.walk()[1:]:
        files[f"agents/{node.name}.yaml"] = _yaml(agent_config(node, toolbox, ""))
    return files


def agent_config(node: Node, toolbox: Toolbox, folder: str) -> dict[str, Any]:
    """Return one agent's configuration; `folder` leads from its file to its sub-agents'."""
    config: dict[str, Any] = {
        "name": node.name,
        "description": node.description,
        "system_prompt": node.prompt,
        "max_iterations": _LEAD_ITERATIONS if node.children else _WORKER_ITERATIONS,
    }
    if node.tools:
        config["tools"] = [{"name": selector} for selector in toolbox.selectors(node.tools)]
    if node.children:
        config["sub_agents"] = [
            {"name": child.name, "config_path": f"{folder}{child.name}.yaml"} for child in node.children
        ]
    return config


def _yaml(config: dict[str, Any]) -> str:
    return yaml.dump(config, Dumper=_DUMPER, sort_keys=False, allow_unicode=True, width=100)
