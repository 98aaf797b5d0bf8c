"""Versions of a tree: every change is a new file that names its parent; none is ever rewritten."""

from __future__ import annotations

import os
from pathlib import Path

import msgspec

from nex_assets.problem_type_tree.tree import Tree
from nex_resources.records import ProblemType, content_id


class Changes(msgspec.Struct, frozen=True):
    """What differs from the parent: paths of nodes added, removed, and changed (names or constraint)."""

    added: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.added or self.removed or self.changed)


class Version(msgspec.Struct, frozen=True):
    """One state of the tree. `id` hashes the nodes and `parent`, the version that it was made from."""

    id: str
    parent: str
    note: str
    changes: Changes
    nodes: tuple[ProblemType, ...]

    @property
    def tree(self) -> Tree:
        return Tree(self.nodes)


def compare(before: Tree | None, after: Tree) -> Changes:
    """Return what `after` changes."""
    old = before.by_id if before else {}
    return Changes(
        tuple(n.path for n in after.nodes if n.id not in old),
        tuple(n.path for i, n in old.items() if i not in after.by_id),
        tuple(n.path for n in after.nodes if n.id in old and old[n.id] != n),
    )


class TreeHistory:
    """The versions in a folder, a JSON file each, and `HEAD`, which names the latest."""

    def __init__(self, folder: Path):
        self.folder = folder
        folder.mkdir(parents=True, exist_ok=True)

    def head(self) -> str:
        """Return the latest version's id, or an empty string."""
        path = self.folder / "HEAD"
        return path.read_text().strip() if path.exists() else ""

    def load(self, version: str) -> Version:
        """Return a version. Raises KeyError naming those there are."""
        path = self.folder / f"{version}.json"
        if not path.exists():
            known = ", ".join(sorted(p.stem for p in self.folder.glob("*.json"))) or "none"
            raise KeyError(f"no tree version {version!r} in {self.folder}; versions: {known}")
        return msgspec.json.decode(path.read_bytes(), type=Version)

    def commit(self, tree: Tree, note: str) -> Version:
        """Record `tree` as the child of the latest version. An equal tree makes no new version."""
        parent = self.head()
        before = self.load(parent).tree if parent else None
        changes = compare(before, tree)
        if parent and not changes:
            return self.load(parent)
        ident = content_id("treev", [parent, tree.version])
        version = Version(ident, parent, note, changes, tree.nodes)
        self._write(version)
        temporary = self.folder / f".HEAD.{os.getpid()}"
        temporary.write_text(version.id)
        temporary.replace(self.folder / "HEAD")
        return version

    def log(self) -> list[Version]:
        """Return the versions from the latest back to the first."""
        found: list[Version] = []
        version = self.head()
        while version:
            found.append(self.load(version))
            version = found[-1].parent
        return found

    def _write(self, version: Version) -> None:
        """Write the version's file; one that is there already holds the same and stays."""
        try:
            with (self.folder / f"{version.id}.json").open("xb") as file:
                file.write(msgspec.json.encode(version))
        except FileExistsError:
            return
