"""Knowledge graph: people, projects and companies in `{W}/memory.jsonl`, behind server-memory."""

from __future__ import annotations

import copy
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from nex_resources.worlds.base import Outcome, Output, Parameter, Rows, SemanticType
from nex_resources.worlds.diff import canonical
from nex_resources.worlds.people import person_name
from nex_resources.worlds.pools import Draw
from nex_resources.worlds.server import ServerWorld, form
from nex_resources.worlds.words import CITIES, GOODS, MATERIALS, plural

FILE = "memory.jsonl"
Graph = dict[str, list[dict[str, Any]]]


class Knowledge:
    """The backing: entities and relations, one JSON object a line."""

    def make(self, draw: Draw) -> Graph:
        graph: Graph = {"entities": [], "relations": []}
        projects = [_project(draw) for _ in range(5)]
        for name in projects:
            _entity(graph, name, "project", f"budget {draw.number(1000, 90_000)}")
        for _ in range(10):
            name = person_name(draw)
            _entity(graph, name, "person", f"lives in {draw.pick(CITIES)}")
            relation = {"from": name, "to": draw.choice(projects), "relationType": "works_on"}
            graph["relations"].append(relation)
        return graph

    def open(self, state: Graph) -> KnowledgeTwin:
        return KnowledgeTwin(state)

    def write(self, state: Graph, workspace: Path) -> None:
        lines = [{"type": "entity", **e} for e in state["entities"]]
        lines += [{"type": "relation", **r} for r in state["relations"]]
        text = "\n".join(json.dumps(line, ensure_ascii=False, separators=(",", ":")) for line in lines)
        (workspace / FILE).write_text(text, encoding="utf-8")

    def read(self, workspace: Path) -> Rows:
        graph: Graph = {"entities": [], "relations": []}
        for line in (workspace / FILE).read_text(encoding="utf-8").splitlines():
            if line.strip():
                item = json.loads(line)
                kind = "entities" if item.pop("type") == "entity" else "relations"
                graph[kind].append(item)
        return _rows(graph)

    def parse(self, tool: str, text: str) -> Any:
        return json.loads(text) if text[:1] in "[{" else {"text": text}


def _project(draw: Draw) -> str:
    return draw.make(lambda rng: f"{rng.choice(MATERIALS).title()} {rng.choice(GOODS).title()}", True)


def _entity(graph: Graph, name: str, kind: str, *observations: str) -> None:
    graph["entities"].append({"name": name, "entityType": kind, "observations": list(observations)})


def _rows(graph: Graph) -> Rows:
    """Entities lie in a table named by their type, keyed by name; a relation is its own key."""
    tables: dict[str, dict[str, dict[str, Any]]] = {"person": {}, "project": {}, "relations": {}}
    for entity in graph["entities"]:
        table = tables.setdefault(entity["entityType"], {})
        table[entity["name"]] = {"observations": entity["observations"]}
    for r in graph["relations"]:
        tables["relations"][f"{r['from']} {r['relationType']} {r['to']}"] = {}
    return canonical(tables)


class KnowledgeTwin:
    """Answers as server-memory does, with its indented JSON."""

    def __init__(self, state: Graph):
        self._seeded = state
        self._graph = copy.deepcopy(state)

    def call(self, tool: str, arguments: Mapping[str, Any]) -> Outcome:
        run = getattr(self, f"_{tool}", None)
        if run is None:
            return Outcome(f"MCP error -32602: Tool {tool} not found", error=True)
        try:
            value = run(**arguments)
        except (LookupError, TypeError) as error:
            return Outcome(str(error.args[0]), error=True)
        if isinstance(value, str):
            return Outcome(value, {"text": value})
        return Outcome(json.dumps(value, indent=2, ensure_ascii=False), value)

    def _entity(self, name: str) -> dict[str, Any] | None:
        return next((e for e in self._graph["entities"] if e["name"] == name), None)

    def _read_graph(self) -> Graph:
        return copy.deepcopy(self._graph)

    def _open_nodes(self, names: list[str]) -> Graph:
        return self._part([e for e in self._graph["entities"] if e["name"] in names])

    def _search_nodes(self, query: str) -> Graph:
        wanted = query.lower()
        return self._part(
            [
                e
                for e in self._graph["entities"]
                if any(wanted in s.lower() for s in (e["name"], e["entityType"], *e["observations"]))
            ]
        )

    def _part(self, entities: list[dict[str, Any]]) -> Graph:
        names = {e["name"] for e in entities}
        touching = [r for r in self._graph["relations"] if r["from"] in names or r["to"] in names]
        return copy.deepcopy({"entities": entities, "relations": touching})

    def _create_entities(self, entities: list[dict[str, Any]]) -> list[dict[str, Any]]:
        new = [copy.deepcopy(e) for e in entities if self._entity(e["name"]) is None]
        self._graph["entities"] += copy.deepcopy(new)
        return new

    def _create_relations(self, relations: list[dict[str, Any]]) -> list[dict[str, Any]]:
        new = [dict(r) for r in relations if r not in self._graph["relations"]]
        self._graph["relations"] += new
        return new

    def _add_observations(self, observations: list[dict[str, Any]]) -> list[dict[str, Any]]:
        added = []
        for o in observations:
            entity = self._entity(o["entityName"])
            if entity is None:
                raise LookupError(f"Entity with name {o['entityName']} not found")
            new = [c for c in o["contents"] if c not in entity["observations"]]
            entity["observations"] += new
            added.append({"entityName": o["entityName"], "addedObservations": new})
        return added

    def _delete_entities(self, entityNames: list[str]) -> str:  # noqa: N803 - the server's own name
        self._graph["entities"] = [e for e in self._graph["entities"] if e["name"] not in entityNames]
        self._graph["relations"] = [
            r for r in self._graph["relations"] if not {r["from"], r["to"]} & set(entityNames)
        ]
        return "Entities deleted successfully"

    def _delete_relations(self, relations: list[dict[str, Any]]) -> str:
        self._graph["relations"] = [r for r in self._graph["relations"] if r not in relations]
        return "Relations deleted successfully"

    def rows(self) -> Rows:
        return _rows(self._graph)

    def reset(self) -> None:
        self._graph = copy.deepcopy(self._seeded)

    def close(self) -> None:
        """Nothing is held."""


TYPES = (
    SemanticType("person", table="person"),
    SemanticType("project", table="project"),
    SemanticType("new_person"),
    SemanticType("observation"),
)
PERSON, PROJECT = Parameter("person", "person"), Parameter("project", "project")
_RELATION = {"from": {"$arg": "person"}, "to": {"$arg": "project"}, "relationType": "works_on"}

TOOLS = (
    form(
        "memory",
        "open_nodes",
        "project_of",
        "Open a person's node to see their project.",
        {"names": [{"$arg": "person"}]},
        (PERSON,),
        (
            Output("relations[only].to", "project", "person"),
            Output("entities.0.observations.0", "person.home", "person"),
        ),
    ),
    form(
        "memory",
        "search_nodes",
        "show_project",
        "Search a project's node.",
        {"query": {"$arg": "project"}},
        (PROJECT,),
        (Output("entities.0.observations.0", "project.budget", "project"),),
    ),
    form(
        "memory",
        "add_observations",
        "note_project",
        "Add an observation to a project.",
        {"observations": [{"entityName": {"$arg": "project"}, "contents": [{"$arg": "observation"}]}]},
        (PROJECT, Parameter("observation", "observation")),
        effect="write",
    ),
    form(
        "memory",
        "add_observations",
        "note_person",
        "Add an observation to a person.",
        {"observations": [{"entityName": {"$arg": "person"}, "contents": [{"$arg": "observation"}]}]},
        (PERSON, Parameter("observation", "observation")),
        effect="write",
    ),
    form(
        "memory",
        "create_entities",
        "add_person",
        "Create a person.",
        {
            "entities": [
                {"name": {"$arg": "name"}, "entityType": "person", "observations": [{"$arg": "observation"}]}
            ]
        },
        (Parameter("name", "new_person"), Parameter("observation", "observation")),
        effect="write",
    ),
    form(
        "memory",
        "create_relations",
        "assign",
        "Relate a person to a project.",
        {"relations": [_RELATION]},
        (PERSON, PROJECT),
        effect="write",
    ),
    form(
        "memory",
        "delete_relations",
        "unassign",
        "Remove a person from a project.",
        {"relations": [_RELATION]},
        (PERSON, PROJECT),
        effect="write",
    ),
    form(
        "memory",
        "delete_entities",
        "forget_person",
        "Delete a person.",
        {"entityNames": [{"$arg": "person"}]},
        (PERSON,),
        effect="write",
    ),
    form("memory", "read_graph", "read_graph", "Read the whole graph.", {}),
)


def _observation(draw: Draw) -> str:
    verb = draw.choice(("prefers", "asked for", "sold", "reviewed", "ordered"))
    return f"{verb} {draw.number(2, 60)} {draw.pick(MATERIALS)} {plural(draw.pick(GOODS))}"


FRESH = {"new_person": person_name, "observation": _observation}

MEMORY = ServerWorld("memory", Knowledge(), TYPES, TOOLS, FRESH)
