"""Files: project notes of `key: value` lines in `{W}/notes`, behind server-filesystem."""

from __future__ import annotations

import posixpath
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from nex_resources.worlds.base import Outcome, Output, Parameter, Rows, SemanticType
from nex_resources.worlds.business import outputs
from nex_resources.worlds.people import person_name
from nex_resources.worlds.pools import Draw
from nex_resources.worlds.server import ServerWorld, form
from nex_resources.worlds.words import GOODS, MATERIALS, plural

ROOT = "/workspace"
FOLDERS = ("notes", "archive")
Tree = dict[str, str]  # path under the workspace → text; a folder ends with "/"


class Notes:
    """The backing: a small tree of text files."""

    def make(self, draw: Draw) -> Tree:
        tree: Tree = {f"{folder}/": "" for folder in FOLDERS}
        for number in range(10):
            path = _path(draw, FOLDERS[number >= 8])
            tree[path.removeprefix(f"{ROOT}/")] = _note(draw)
        return tree

    def open(self, state: Tree) -> NotesTwin:
        return NotesTwin(state)

    def write(self, state: Tree, workspace: Path) -> None:
        for path, text in state.items():
            place = workspace / path
            if path.endswith("/"):
                place.mkdir(parents=True, exist_ok=True)
            else:
                place.parent.mkdir(parents=True, exist_ok=True)
                place.write_text(text, encoding="utf-8")

    def read(self, workspace: Path) -> Rows:
        tree: Tree = {}
        for place in sorted(workspace.rglob("*")):
            path = place.relative_to(workspace).as_posix()
            if any(part.startswith(".") for part in path.split("/")):
                continue
            if place.is_dir():
                tree[f"{path}/"] = ""
            elif place.is_file():
                tree[path] = place.read_text(encoding="utf-8", errors="replace")
        return _rows(tree)

    def parse(self, tool: str, text: str) -> Any:
        """A note becomes its keys; a listing becomes `entries`."""
        if tool == "list_directory":
            lines = sorted(line.split("] ", 1) for line in text.splitlines() if "] " in line)
            return {"entries": [{"kind": kind.strip("[").lower(), "name": name} for kind, name in lines]}
        pairs = [line.partition(": ") for line in text.splitlines()]
        return {"text": text} | {key: _typed(value) for key, colon, value in pairs if colon}


def _typed(value: str) -> Any:
    try:
        return float(value) if "." in value else int(value)
    except ValueError:
        return value


def _path(draw: Draw, folder: str) -> str:
    return draw.make(
        lambda rng: f"{ROOT}/{folder}/{rng.choice(MATERIALS)}_{rng.choice(GOODS)}{rng.randint(2, 99)}.txt",
        True,
    )


def _note(draw: Draw) -> str:
    day, budget = draw.date(), draw.amount(100, 9000)
    return f"owner: {person_name(draw)}\nbudget: {budget:.2f}\ndue: {day}\n"


def _rows(tree: Tree) -> Rows:
    files = {f"{ROOT}/{p}": {"content": t.strip()} for p, t in tree.items() if not p.endswith("/")}
    return {"files": files, "folders": {f"{ROOT}/{p.rstrip('/')}": {} for p in tree if p.endswith("/")}}


class NotesTwin:
    """Answers as server-filesystem does, for the tools that blueprints use."""

    def __init__(self, state: Tree):
        self._seeded = state
        self._tree = dict(state)
        self._parse = Notes().parse

    def call(self, tool: str, arguments: Mapping[str, Any]) -> Outcome:
        run = getattr(self, f"_{tool}", None)
        if run is None:
            return Outcome(f"MCP error -32602: Tool {tool} not found", error=True)
        try:
            text = run(**arguments)
        except (OSError, TypeError) as error:
            return Outcome(str(error.args[-1]), error=True)
        return Outcome(text, self._parse(tool, text))

    def _inside(self, path: str) -> str:
        whole = posixpath.normpath(path)
        if not f"{whole}/".startswith(f"{ROOT}/"):
            raise OSError(f"Access denied - path outside allowed directories: {whole} not in {ROOT}")
        return whole.removeprefix(ROOT).lstrip("/")

    def _read_text_file(self, path: str) -> str:
        found = self._tree.get(self._inside(path))
        if found is None:
            raise OSError(f"ENOENT: no such file or directory, open '{path}'")
        return found

    def _parent(self, path: str) -> None:
        folder = posixpath.dirname(path)
        if folder and f"{folder}/" not in self._tree:
            raise OSError(f"Parent directory does not exist: {ROOT}/{folder}")

    def _write_file(self, path: str, content: str) -> str:
        inside = self._inside(path)
        self._parent(inside)
        self._tree[inside] = content
        return f"Successfully wrote to {path}"

    def _edit_file(self, path: str, edits: list[dict[str, str]]) -> str:
        text = self._read_text_file(path)
        for edit in edits:
            if edit["oldText"] not in text:
                raise OSError(f"Could not find exact match for edit:\n{edit['oldText']}")
            text = text.replace(edit["oldText"], edit["newText"], 1)
        self._tree[self._inside(path)] = text
        return f"Edited {path}"

    def _move_file(self, source: str, destination: str) -> str:
        text = self._read_text_file(source)
        target = self._inside(destination)
        self._parent(target)
        del self._tree[self._inside(source)]
        self._tree[target] = text
        return f"Successfully moved {source} to {destination}"

    def _create_directory(self, path: str) -> str:
        self._tree[self._inside(path) + "/"] = ""
        return f"Successfully created directory {path}"

    def _list_directory(self, path: str) -> str:
        inside = self._inside(path)
        names = [p.rstrip("/") for p in self._tree if posixpath.dirname(p.rstrip("/")) == inside]
        kinds = {n: "[DIR]" if f"{n}/" in self._tree else "[FILE]" for n in names}
        return "\n".join(f"{kinds[n]} {posixpath.basename(n)}" for n in sorted(names))

    def rows(self) -> Rows:
        return _rows(self._tree)

    def reset(self) -> None:
        self._tree = dict(self._seeded)

    def close(self) -> None:
        """Nothing is held."""


TYPES = (
    SemanticType("path", table="files"),
    SemanticType("new_path"),
    SemanticType("new_folder"),
    SemanticType("line"),
    SemanticType("owner"),
    SemanticType("due_day"),
    SemanticType("current_owner", seen=True),
    SemanticType("current_due", seen=True),
    SemanticType("folder", choices=tuple(f"{ROOT}/{folder}" for folder in FOLDERS)),
)
PATH = Parameter("path", "path")


def _edit(name: str, description: str, key: str, old: str, new: str) -> Any:
    edit = {"oldText": f"{key}: {{{{old}}}}", "newText": f"{key}: {{{{new}}}}"}
    return form(
        "filesystem",
        "edit_file",
        name,
        description,
        {"path": {"$arg": "path"}, "edits": [edit]},
        (PATH, Parameter("old", old), Parameter("new", new)),
        effect="write",
    )


TOOLS = (
    form(
        "filesystem",
        "read_text_file",
        "read_note",
        "Read a note.",
        {"path": {"$arg": "path"}},
        (PATH,),
        (
            *outputs("note", "owner", "budget", "due"),
            Output("owner", "current_owner", "note", ask=False),
            Output("due", "current_due", "note", ask=False),
        ),
    ),
    form(
        "filesystem",
        "write_file",
        "write_note",
        "Write a new note.",
        {"path": {"$arg": "path"}, "content": {"$arg": "line"}},
        (Parameter("path", "new_path"), Parameter("line", "line")),
        effect="write",
    ),
    _edit("set_owner", "Change a note's owner.", "owner", "current_owner", "owner"),
    _edit("set_due", "Change a note's due date.", "due", "current_due", "due_day"),
    form(
        "filesystem",
        "move_file",
        "move_note",
        "Move a note.",
        {"source": {"$arg": "path"}, "destination": {"$arg": "destination"}},
        (PATH, Parameter("destination", "new_path")),
        effect="write",
    ),
    form(
        "filesystem",
        "create_directory",
        "make_folder",
        "Create a folder.",
        {"path": {"$arg": "folder"}},
        (Parameter("folder", "new_folder"),),
        effect="write",
    ),
    form(
        "filesystem",
        "list_directory",
        "list_folder",
        "List a folder.",
        {"path": {"$arg": "folder"}},
        (Parameter("folder", "folder"),),
    ),
)


def _line(draw: Draw) -> str:
    return (
        f"{draw.choice(('buy', 'check', 'sell', 'send'))} {draw.number(2, 90)} "
        f"{draw.pick(MATERIALS)} {plural(draw.pick(GOODS))}"
    )


FRESH = {
    "new_path": lambda draw: _path(draw, draw.choice(FOLDERS)),
    "new_folder": lambda draw: f"{ROOT}/{draw.make(lambda rng: f'{rng.choice(GOODS)}_{rng.randint(2, 99)}')}",
    "line": _line,
    "owner": person_name,
    "due_day": lambda draw: draw.date("2027-01-05", 200),
}

FILESYSTEM = ServerWorld("filesystem", Notes(), TYPES, TOOLS, FRESH)
