"""`${env.X}`, `${variables.a.b}` and `${this_file_dir}` in a YAML file's strings."""

from __future__ import annotations

import os
import re
from typing import Any

from nex_resources.config import ConfigError, nearest

_REFERENCE = re.compile(r"\$\{(env\.[A-Za-z_]\w*|variables(?:\.[\w-]+)+|this_file_dir)\}")


def substitute(value: Any, source: str, folder: str, variables: dict[str, Any]) -> Any:
    """Return `value` with each reference replaced. A string that is one reference only takes the variable's
    own type; other `${…}` are left as they are (tool descriptions contain them)."""

    def walk(item: Any, path: str) -> Any:
        if isinstance(item, dict):
            return {key: walk(inner, f"{path}.{key}" if path else str(key)) for key, inner in item.items()}
        if isinstance(item, list):
            return [walk(inner, f"{path}.{index}") for index, inner in enumerate(item)]
        if not isinstance(item, str) or "${" not in item:
            return item
        whole = _REFERENCE.fullmatch(item)
        if whole:
            return lookup(whole[1], path)
        return _REFERENCE.sub(lambda found: str(lookup(found[1], path)), item)

    def lookup(reference: str, path: str) -> Any:
        if reference == "this_file_dir":
            return folder
        kind, _, name = reference.partition(".")
        if kind == "env":
            if name not in os.environ:
                raise ConfigError(source, path, f"environment variable {name} is not set")
            return os.environ[name]
        return _dig(variables, name, source, path)

    return walk(value, "")


def _dig(variables: dict[str, Any], name: str, source: str, path: str) -> Any:
    value: Any = variables
    for part in name.split("."):
        if not isinstance(value, dict) or part not in value:
            known = sorted(map(str, value)) if isinstance(value, dict) else []
            raise ConfigError(source, path, f"no variable {name!r}", known, nearest(part, known))
        value = value[part]
    return value
