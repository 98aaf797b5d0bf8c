"""Import a NexGAP framework folder: its taxonomy, its personas, and what is wrong with them.

Expected files: `problem_types.json` (a tree of {id, en, zh, children}; needed), `persona.jsonl` ({persona,
persona_chinese} a line), `framework_config.yaml` and `config.json` (agents and tools). Real folders have
faults: ids given twice, a language missing, agents that name undeclared tools. What can be read is
read; every fault is told by file and path.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import msgspec

from nex_assets.problem_type_tree.tree import Tree, node_id
from nex_resources.config import ConfigError, read_yaml
from nex_resources.domains import Names, PersonaRule
from nex_resources.records import LeafConstraint, ProblemType

REGISTERS = ("neutral", "casual", "formal", "terse")


class Fault(msgspec.Struct, frozen=True):
    """Something wrong in a file that did not stop the import. `path` is dotted, line numbers included."""

    file: str
    path: str
    problem: str

    def __str__(self) -> str:
        return f"{self.file}: {self.path}: {self.problem}"


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


def import_nexgap(folder: Path) -> Imported:
    """Read a framework folder. Raises ConfigError where there is no taxonomy to read."""
    reader = _Reader(folder)
    tree = reader.tree()
    personas = reader.personas()
    name, description, agents, tools = reader.configuration()
    return Imported(name or folder.name, description, tree, personas, agents, tools, tuple(reader.faults))


def key_of(text: str) -> str:
    """Make a node key of any text: lower case, digits, underscores, a letter first."""
    key = re.sub(r"[^a-z0-9]+", "_", text.casefold()).strip("_")
    return key if key[:1].isalpha() else f"n_{key}".rstrip("_")


class _Reader:
    def __init__(self, folder: Path):
        self.folder = folder
        self.faults: list[Fault] = []
        self._ids: dict[str, str] = {}

    def fault(self, file: str, path: str, problem: str) -> None:
        self.faults.append(Fault(file, path, problem))

    def tree(self) -> Tree:
        file = "problem_types.json"
        value = self._json(file, needed=True)
        root = value.get("tree", value) if isinstance(value, dict) else None
        if not isinstance(root, dict):
            raise ConfigError(
                self.folder / file, "tree", "there is no tree", ("an object with id, en, zh, children",)
            )
        name = value.get("framework") or self.folder.name
        return Tree(self._nodes(root, "tree", "", key_of(str(name)), file))

    def _nodes(
        self, node: Mapping[str, Any], where: str, parent: str, path: str, file: str
    ) -> Iterator[ProblemType]:
        children = list(self._children(node, where, file))
        self._check_id(node, where, file)
        en = str(node.get("en") or node.get("name") or node.get("zh") or path.rpartition(".")[2])
        zh = str(node.get("zh") or "")
        if not zh:
            self.fault(file, f"{where}.zh", f"missing; the English name {en!r} stands in")
        leaf = not children and bool(parent)
        yield ProblemType(
            id=node_id(path),
            path=path,
            en=en,
            zh=zh or en,
            parent=parent,
            depth=path.count("."),
            description=str(node.get("description", "")),
            origin="nexgap",
            constraint=LeafConstraint(()) if leaf else None,
        )
        keys: set[str] = set()
        for place, child in children:
            key = self._free_key(child, keys, place, file)
            yield from self._nodes(child, place, node_id(path), f"{path}.{key}", file)

    def _children(
        self, node: Mapping[str, Any], where: str, file: str
    ) -> Iterator[tuple[str, Mapping[str, Any]]]:
        children = node.get("children") or []
        if not isinstance(children, list):
            self.fault(file, f"{where}.children", f"must be a list, not {type(children).__name__}; left out")
            return
        for i, child in enumerate(children):
            if isinstance(child, dict) and (child.get("id") or child.get("en") or child.get("name")):
                yield f"{where}.children.{i}", child
            else:
                self.fault(file, f"{where}.children.{i}", "must be an object with an id or a name; left out")

    def _check_id(self, node: Mapping[str, Any], where: str, file: str) -> None:
        ident = str(node.get("id") or "")
        if not ident:
            self.fault(file, f"{where}.id", "missing; the name stands in")
        elif ident in self._ids:
            self.fault(
                file, f"{where}.id", f"duplicate id {ident!r}, first at {self._ids[ident]}; both are kept"
            )
        else:
            self._ids[ident] = where

    def _free_key(self, child: Mapping[str, Any], taken: set[str], where: str, file: str) -> str:
        base = key = key_of(str(child.get("id") or child.get("en") or child.get("name")))
        number = 2
        while key in taken:
            key, number = f"{base}_{number}", number + 1
        if key != base:
            self.fault(file, where, f"a sibling has the key {base!r} already; this one is {key!r}")
        taken.add(key)
        return key

    def personas(self) -> dict[str, PersonaRule]:
        file = "persona.jsonl"
        found: dict[str, PersonaRule] = {}
        seen: dict[str, int] = {}
        for number, line in enumerate(self._text(file).splitlines(), start=1):
            if not line.strip():
                continue
            try:
                row = json.loads(line)
                en, zh = _persona(row)
            except (ValueError, AttributeError) as error:
                self.fault(file, f"line {number}", f"no persona can be read: {error}; left out")
                continue
            if en in seen:
                self.fault(file, f"line {number}", f"the same persona as line {seen[en]}; left out")
                continue
            seen[en] = number
            name = f"persona_{number:04d}"
            found[name] = _speaker(name, en, zh or en)
        return found

    def configuration(self) -> tuple[str, str, tuple[Agent, ...], dict[str, str]]:
        plain = self._json("config.json")
        text = self._text("framework_config.yaml")
        rich = read_yaml(text, self.folder / "framework_config.yaml") if text else {}
        agents = self._agents(rich, "framework_config.yaml", "agents", "agent_name")
        agents = agents or self._agents(plain, "config.json", "subagents", "name")
        tools = {**_tools(plain, "name"), **_tools(rich, "tool_name")}
        for i, agent in enumerate(agents):
            for j, tool in enumerate(agent.tools):
                if tool not in tools:
                    where = f"agents.{i}.tools.{j}"
                    self.fault(
                        "framework_config.yaml", where, f"{agent.name} names an undeclared tool {tool!r}"
                    )
        about = rich.get("framework", {}) if isinstance(rich, dict) else {}
        description = about.get("description_en") or about.get("description") or plain.get("description", "")
        return str(about.get("name", "")), str(description), agents, tools

    def _agents(self, value: Any, file: str, section: str, key: str) -> tuple[Agent, ...]:
        rows = value.get(section, []) if isinstance(value, dict) else []
        found = []
        for i, row in enumerate(rows if isinstance(rows, list) else []):
            if not isinstance(row, dict) or not row.get(key):
                self.fault(file, f"{section}.{i}.{key}", "missing; the agent is left out")
                continue
            about = str(row.get("description_en") or row.get("description") or "")
            found.append(Agent(str(row[key]), about, tuple(map(str, row.get("tools") or ()))))
        return tuple(found)

    def _text(self, file: str) -> str:
        try:
            return (self.folder / file).read_text(encoding="utf-8")
        except FileNotFoundError:
            self.fault(file, "", "no such file")
            return ""

    def _json(self, file: str, needed: bool = False) -> Any:
        path = self.folder / file
        if needed and not path.exists():
            present = sorted(p.name for p in self.folder.glob("*")) if self.folder.is_dir() else []
            raise ConfigError(
                path, "", "no such file", present, "a NexGAP framework folder holds its taxonomy here"
            )
        text = self._text(file)
        try:
            return json.loads(text) if text else {}
        except json.JSONDecodeError as error:
            where = f"line {error.lineno}, column {error.colno}"
            if needed:
                raise ConfigError(path, where, f"not valid JSON: {error.msg}") from error
            self.fault(file, where, f"not valid JSON: {error.msg}; left out")
            return {}


def _persona(row: Mapping[str, Any]) -> tuple[str, str]:
    en = row.get("persona") or row.get("persona_en") or ""
    if not en:
        raise ValueError(f"it has no key `persona`, only {', '.join(row) or 'none'}")
    return str(en), str(row.get("persona_chinese") or row.get("persona_zh") or "")


def _speaker(name: str, en: str, zh: str) -> PersonaRule:
    """Make a speaker who says who they are, where the description allows it."""
    openers: dict[str, list[str]] = {}
    if re.match(r"An? ", en):
        openers["en"] = [f"I'm {en[0].lower()}{en[1:].rstrip('.')}.", ""]
    if zh.startswith("一"):
        openers["zh"] = [f"我是{zh.rstrip('。')}。", ""]
    return PersonaRule.model_validate(
        {"name": name, "names": Names(en=en, zh=zh), "registers": list(REGISTERS), "openers": openers}
    )


def _tools(value: Any, key: str) -> dict[str, str]:
    rows = value.get("tools", []) if isinstance(value, dict) else []
    return {
        str(r[key]): str(r.get("description_en") or r.get("description") or "")
        for r in rows
        if isinstance(r, dict) and r.get(key)
    }
