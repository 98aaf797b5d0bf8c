"""`${env.X}`, `${variables.a.b}` and `${this_file_dir}` in a YAML file's strings.

References to the environment that may hold a secret stay as they are in an `AgentSpec`, which is written into
every trace; `resolve_env` puts the values in where they are used.
"""

from __future__ import annotations

import os
import re
from typing import Any

from nex_resources.config import ConfigError, nearest

_REFERENCE = re.compile(r"\$\{(env\.[A-Za-z_]\w*|variables(?:\.[\w-]+)+|this_file_dir)\}")
_SECRET = re.compile(
    r"mcp_servers\.\d+\.(?:command|args|env|url|headers)"
    r"|(?:middlewares|tracers|(?:before|after)_(?:model|tool)_hooks)\.\d+\.params"
    r"|tools\.\d+\.extra_kwargs"
)


def substitute(value: Any, source: str, folder: str, variables: dict[str, Any]) -> Any:
    """Return `value` with each reference replaced, but for those to the environment in places that may hold a
    secret, which are only checked. A string that is one reference only takes the variable's own type; other
    `${…}` are left as they are (tool descriptions contain them). Raises `ConfigError`."""

    def walk(item: Any, path: str, within: tuple[str, ...] = ()) -> Any:
        if isinstance(item, dict):
            return {
                key: walk(inner, f"{path}.{key}" if path else str(key), within) for key, inner in item.items()
            }
        if isinstance(item, list):
            return [walk(inner, f"{path}.{index}", within) for index, inner in enumerate(item)]
        if not isinstance(item, str) or "${" not in item:
            return item
        whole = _REFERENCE.fullmatch(item)
        if whole:
            return lookup(whole[1], path, within)
        return _REFERENCE.sub(lambda found: str(lookup(found[1], path, within)), item)

    def lookup(reference: str, path: str, within: tuple[str, ...]) -> Any:
        if reference == "this_file_dir":
            return folder
        kind, _, name = reference.partition(".")
        if kind == "env":
            found = _environment(name, source, path)
            return f"${{{reference}}}" if _SECRET.match(path) else found
        if name in within:
            raise ConfigError(source, path, f"variables form a cycle: {' → '.join((*within, name))}")
        return walk(_dig(variables, name, source, path), path, (*within, name))

    return walk(value, "")


def resolve_env(value: Any, source: str, path: str = "") -> Any:
    """Return `value` with its references to the environment replaced. Raises `ConfigError`."""
    if isinstance(value, dict):
        return {key: resolve_env(inner, source, f"{path}.{key}") for key, inner in value.items()}
    if isinstance(value, (list, tuple)):
        return [resolve_env(inner, source, f"{path}.{index}") for index, inner in enumerate(value)]
    if not isinstance(value, str) or "${env." not in value:
        return value
    return _REFERENCE.sub(
        lambda found: (
            _environment(found[1][4:], source, path.lstrip(".")) if found[1].startswith("env.") else found[0]
        ),
        value,
    )


def _environment(name: str, source: str, path: str) -> str:
    if name not in os.environ:
        raise ConfigError(source, path, f"environment variable {name} is not set")
    return os.environ[name]


def _dig(variables: dict[str, Any], name: str, source: str, path: str) -> Any:
    value: Any = variables
    for part in name.split("."):
        if not isinstance(value, dict) or part not in value:
            known = sorted(map(str, value)) if isinstance(value, dict) else []
            raise ConfigError(source, path, f"no variable {name!r}", known, nearest(part, known))
        value = value[part]
    return value
