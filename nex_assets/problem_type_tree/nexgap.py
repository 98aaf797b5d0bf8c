"""Import a NexGAP framework folder: its taxonomy, its personas, and what is wrong with them.

Expected files: `problem_types.json` (a tree of {id, en, zh, children}; needed), `persona.jsonl` ({persona,
persona_chinese} a line), `framework_config.yaml` and `config.json` (agents and tools). Real folders have
faults: ids given twice, a language missing, agents that name undeclared tools. What can be read is
read; every fault is told by file and path.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import msgspec

from nex_assets.problem_type_tree.tree import Tree, node_id
from nex_resources.config import ConfigError
from nex_resources.domains import PersonaRule
from nex_resources.domains.nexgap import Fault, Folder, read_personas
from nex_resources.records import LeafConstraint, ProblemType

TAXONOMY, RICH, PLAIN = "problem_types.json", "framework_config.yaml", "config.json"


class Agent(msgspec.Struct, frozen=True):
    """An agent as the folder's configuration declares it."""

    name: str
    description: str = ""
    tools: tuple[str, ...] = ()


class Imported(msgspec.Struct, frozen=True):
    """A folder as read. Leaves of `tree` have empty constraints: `grounding.ground` gives them worlds."""

    name: str
    description: str
    tree: Tree
    personas: dict[str, PersonaRule]
    agents: tuple[Agent, ...]
    tools: dict[str, str]
    faults: tuple[Fault, ...]


def import_nexgap(path: Path, root: str = "") -> Imported:
    """Read the framework folder at `path`. `root` is the tree's first key, the framework's name by default.

    Raises ConfigError where there is no taxonomy to read.
    """
    folder = Folder(path)
    tree = _Taxonomy(folder).tree(root)
    personas = read_personas(folder)
    name, description, agents, tools = _configuration(folder)
    return Imported(name or path.name, description, tree, personas, agents, tools, tuple(folder.faults))


def key_of(text: str) -> str:
    """Make a node key of any text: lower case, digits, underscores, a letter first."""
    key = re.sub(r"[^a-z0-9]+", "_", text.casefold()).strip("_")
    return key if key[:1].isalpha() else f"n_{key}".rstrip("_")


class _Taxonomy:
    """Reads `problem_types.json`, remembering which ids were given where."""

    def __init__(self, folder: Folder):
        self.folder = folder
        self._ids: dict[str, str] = {}

    def fault(self, path: str, problem: str) -> None:
        self.folder.fault(TAXONOMY, path, problem)

    def tree(self, root: str) -> Tree:
        value = self.folder.json(TAXONOMY, needed=True)
        top = value.get("tree", value) if isinstance(value, dict) else None
        if not isinstance(top, dict) or not ({"id", "en", "name", "children"} & top.keys()):
            allowed = ("an object with id, en, zh, children",)
            raise ConfigError(self.folder.path / TAXONOMY, "tree", "there is no tree", allowed)
        name = root or key_of(str(value.get("framework") or self.folder.path.name))
        tree = Tree(self._nodes(top, "tree", "", name))
        if not tree.leaves:
            raise ConfigError(self.folder.path / TAXONOMY, "tree.children", "the tree has no leaf")
        return tree

    def _nodes(self, node: Mapping[str, Any], where: str, parent: str, path: str) -> Iterator[ProblemType]:
        children = list(self._children(node, where))
        self._check_id(node, where)
        en = str(node.get("en") or node.get("name") or node.get("zh") or path.rpartition(".")[2])
        zh = str(node.get("zh") or "")
        if not zh:
            self.fault(f"{where}.zh", f"missing; the English name {en!r} stands in")
        leaf = not children and bool(parent)
        yield ProblemType(
            id=node_id(path),
            path=path,
            en=en,
            zh=zh or en,
            parent=parent,
            depth=path.count("."),
            description=str(node.get("description") or ""),
            origin="nexgap",
            constraint=LeafConstraint(()) if leaf else None,
        )
        keys: set[str] = set()
        for place, child in children:
            key = self._free_key(child, keys, place)
            yield from self._nodes(child, place, node_id(path), f"{path}.{key}")

    def _children(self, node: Mapping[str, Any], where: str) -> Iterator[tuple[str, Mapping[str, Any]]]:
        children = node.get("children") or []
        if not isinstance(children, list):
            self.fault(f"{where}.children", f"must be a list, not {type(children).__name__}; left out")
            return
        for i, child in enumerate(children):
            if isinstance(child, dict) and any(child.get(key) for key in ("id", "en", "name", "zh")):
                yield f"{where}.children.{i}", child
            else:
                self.fault(f"{where}.children.{i}", "must be an object with an id or a name; left out")

    def _check_id(self, node: Mapping[str, Any], where: str) -> None:
        ident = str(node.get("id") or "")
        if not ident:
            self.fault(f"{where}.id", "missing; the name stands in")
        elif ident in self._ids:
            self.fault(f"{where}.id", f"duplicate id {ident!r}, first at {self._ids[ident]}; both are kept")
        else:
            self._ids[ident] = where

    def _free_key(self, child: Mapping[str, Any], taken: set[str], where: str) -> str:
        base = key = key_of(str(child.get("id") or child.get("en") or child.get("name") or child.get("zh")))
        number = 2
        while key in taken:
            key, number = f"{base}_{number}", number + 1
        if key != base:
            self.fault(where, f"a sibling has the key {base!r} already; this one is {key!r}")
        taken.add(key)
        return key


def _configuration(folder: Folder) -> tuple[str, str, tuple[Agent, ...], dict[str, str]]:
    """Return the framework's name and description, its agents, and its tools with what they do."""
    plain = folder.mapping(PLAIN, folder.json(PLAIN))
    rich = folder.mapping(RICH, folder.yaml(RICH))
    file, agents = RICH, _agents(folder, rich, RICH, "agents", "agent_name")
    if not agents:
        file, agents = PLAIN, _agents(folder, plain, PLAIN, "subagents", "name")
    tools = {**_tools(folder, plain, PLAIN, "name"), **_tools(folder, rich, RICH, "tool_name")}
    section = "agents" if file == RICH else "subagents"
    for i, agent in agents.items():
        for j, tool in enumerate(agent.tools):
            if tool not in tools:
                where = f"{section}.{i}.tools.{j}"
                folder.fault(file, where, f"{agent.name} names an undeclared tool {tool!r}")
    about = folder.mapping(RICH, rich.get("framework") or {}, "framework")
    description = about.get("description_en") or about.get("description") or plain.get("description") or ""
    return str(about.get("name") or ""), str(description), tuple(agents.values()), tools


def _agents(folder: Folder, value: Mapping[str, Any], file: str, section: str, key: str) -> dict[int, Agent]:
    """Return the agents by their place in the file."""
    found: dict[int, Agent] = {}
    names: dict[str, int] = {}
    for i, row in enumerate(folder.rows(file, value, section)):
        if not isinstance(row, dict) or not row.get(key):
            folder.fault(file, f"{section}.{i}.{key}", "missing; the agent is left out")
            continue
        name = str(row[key])
        if name in names:
            folder.fault(
                file, f"{section}.{i}.{key}", f"{name!r} is also {section}.{names[name]}; both are kept"
            )
        names.setdefault(name, i)
        tools = row.get("tools") or ()
        if not isinstance(tools, list | tuple):
            folder.fault(
                file, f"{section}.{i}.tools", f"must be a list, not {type(tools).__name__}; left out"
            )
            tools = ()
        about = str(row.get("description_en") or row.get("description") or "")
        found[i] = Agent(name, about, tuple(map(str, tools)))
    return found


def _tools(folder: Folder, value: Mapping[str, Any], file: str, key: str) -> dict[str, str]:
    """Return what the tools do, by name; a bare string is a name."""
    found: dict[str, str] = {}
    for i, row in enumerate(folder.rows(file, value, "tools")):
        if isinstance(row, str):
            found.setdefault(row, "")
        elif isinstance(row, dict) and row.get(key):
            if str(row[key]) in found:
                folder.fault(file, f"tools.{i}.{key}", f"duplicate tool {row[key]!r}; the last one counts")
            found[str(row[key])] = str(row.get("description_en") or row.get("description") or "")
        else:
            folder.fault(file, f"tools.{i}.{key}", "missing; the tool is left out")
    return found
