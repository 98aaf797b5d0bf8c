"""Resolve `package.module:name` strings of a config, with errors that say what is wrong."""

from __future__ import annotations

import importlib
from typing import Any

from nex_resources.config import ConfigError, nearest


def resolve_import(target: str) -> Any:
    """Import `package.module:name` (the name may be dotted). Raises `ConfigError`."""
    module_name, colon, name = target.partition(":")
    if not colon:
        raise ConfigError(target, "", "not of the form `package.module:name`")
    try:
        value: Any = importlib.import_module(module_name)
    except ModuleNotFoundError as error:
        raise ConfigError(target, "", f"module {error.name!r} is not installed") from error
    for part in name.split("."):
        if not hasattr(value, part):
            known = [known for known in dir(value) if not known.startswith("_")]
            raise ConfigError(target, "", f"{module_name} has no {name!r}", hint=nearest(part, known))
        value = getattr(value, part)
    return value
