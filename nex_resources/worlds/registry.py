"""Which worlds there are. A world is imported when it is first asked for."""

from __future__ import annotations

import difflib
import functools
import importlib

from nex_resources.worlds.base import World, WorldTool
from nex_resources.worlds.business import BusinessWorld

_BUSINESS = {"retail": "RETAIL", "travel": "TRAVEL", "helpdesk": "HELPDESK"}
_MODULES: dict[str, str] = {}


def names() -> tuple[str, ...]:
    """Return the names of all worlds, our own first."""
    return (*_BUSINESS, *_MODULES)


def get(name: str) -> World:
    """Return the world `name`; a KeyError names the nearest one."""
    attribute = _BUSINESS.get(name) or _MODULES.get(name)
    if attribute is None:
        close = difflib.get_close_matches(name, names(), n=1)
        hint = f"; did you mean {close[0]!r}?" if close else ""
        raise KeyError(f"no world {name!r}; worlds: {', '.join(names())}{hint}")
    world: World = getattr(importlib.import_module(f"nex_resources.worlds.{name}"), attribute)
    return world


def business_worlds() -> dict[str, BusinessWorld]:
    """Return our own worlds, which `serve` can serve."""
    found = {name: get(name) for name in _BUSINESS}
    return {name: world for name, world in found.items() if isinstance(world, BusinessWorld)}


@functools.cache
def _tools(server: str) -> dict[str, WorldTool]:
    return {tool.spec.name: tool for tool in get(server).tools}


def tool(name: str) -> WorldTool:
    """Return the world tool with the qualified name `name`; a KeyError says which there are."""
    found = _tools(name.partition("__")[0])
    if name not in found:
        raise KeyError(f"no tool {name!r}; the world has {', '.join(found)}")
    return found[name]


def effect_of(name: str) -> str:
    """Return `read` or `write` for the tool with the qualified name `name`."""
    return tool(name).effect
