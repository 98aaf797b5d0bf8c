"""Where the files of an agent come from: a folder on disk, or a mapping of relative paths to texts."""

from __future__ import annotations

import posixpath
from collections.abc import Mapping
from importlib.resources import files
from pathlib import Path
from typing import Protocol

from nex_resources.config import ConfigError, nearest


class Source(Protocol):
    """Resolves a path named in the file `base`, and reads what it resolved. Paths are plain strings."""

    def resolve(self, path: str, base: str) -> str: ...

    def read(self, path: str, asked_by: str, key_path: str) -> str: ...

    def folder(self, path: str) -> str: ...

    def beside(self, path: str) -> list[str]:
        """Return the other files in the folder of `path` and below it, relative to it."""
        ...


class DiskSource:
    """Files on disk. A path is relative to the file that names it, absolute, or `package:resource`."""

    def resolve(self, path: str, base: str) -> str:
        if Path(path).is_absolute():
            return path
        package, colon, resource = path.partition(":")
        if colon:
            return str(files(package).joinpath(resource))
        return str((Path(base).parent / path).resolve())

    def read(self, path: str, asked_by: str, key_path: str) -> str:
        file = Path(path)
        if file.is_dir() or not file.exists():
            beside = sorted(other.name for other in file.parent.glob("*")) if file.parent.is_dir() else []
            raise ConfigError(
                asked_by, key_path, f"no such file: {path}", beside[:20], nearest(file.name, beside)
            )
        return file.read_text(encoding="utf-8")

    def folder(self, path: str) -> str:
        return str(Path(path).parent.resolve())

    def beside(self, path: str) -> list[str]:
        own, folder = Path(path), Path(path).parent
        found = (file for file in folder.rglob("*") if file.is_file() and file != own)
        return sorted(str(file.relative_to(folder)) for file in found if "__pycache__" not in file.parts)


class MappingSource:
    """Files held in memory, by POSIX path relative to a common root."""

    def __init__(self, texts: Mapping[str, str]):
        self._texts = {posixpath.normpath(path): text for path, text in texts.items()}

    def resolve(self, path: str, base: str) -> str:
        return posixpath.normpath(posixpath.join(posixpath.dirname(base), path))

    def read(self, path: str, asked_by: str, key_path: str) -> str:
        if path not in self._texts:
            known = sorted(self._texts)
            raise ConfigError(asked_by, key_path, f"no such file: {path}", known, nearest(path, known))
        return self._texts[path]

    def folder(self, path: str) -> str:
        return posixpath.dirname(path) or "."

    def beside(self, path: str) -> list[str]:
        start = posixpath.dirname(path)
        found = (name for name in self._texts if posixpath.dirname(name).startswith(start) and name != path)
        return sorted(posixpath.relpath(name, start or ".") for name in found)
