"""Which worlds there are. A world is imported when it is first asked for."""

from __future__ import annotations

import difflib
import functools
import importlib

from nex_resources.worlds.base import World, WorldTool
from nex_resources.worlds.business import BusinessWorld

_BUSINESS = {"retail": "RETAIL", "travel": "TRAVEL", "helpdesk": "HELPDESK", "corpus": "CORPUS"}
_MODULES = {
    "sqlite": "SQLITE",
    "filesystem": "FILESYSTEM",
    "memory": "MEMORY",
    "excel": "EXCEL",
    "git": "GIT",
    "calculator": "CALCULATOR",
}


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
def _forms(server: str) -> dict[str, WorldTool]:
    return {tool.key: tool for tool in get(server).tools}


def form(key: str) -> WorldTool:
    """Return the world tool with this key: its qualified name, or `world__form` for a general tool's form."""
    found = _forms(key.partition("__")[0])
    if key not in found:
        raise KeyError(f"no tool {key!r}; the world has {', '.join(found)}")
    return found[key]


def forms(name: str) -> tuple[WorldTool, ...]:
    """Return the forms of the tool with the qualified name `name`; a KeyError says which tools there are."""
    known = _forms(name.partition("__")[0]).values()
    found = tuple(tool for tool in known if tool.spec.name == name)
    if not found:
        raise KeyError(f"no tool {name!r}; the world has {', '.join(t.spec.name for t in known)}")
    return found


def tool(name: str) -> WorldTool:
    """Return the world tool with the qualified name `name` (its first form)."""
    return forms(name)[0]


def effect_of(name: str) -> str:
    """Return `read` or `write` for the tool with the qualified name `name`."""
    return tool(name).effect
