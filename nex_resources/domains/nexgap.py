"""A NexGAP framework folder: its files read with their faults told by path, and the speakers in them.

The problem type tree takes the folder's taxonomy, queries its personas; both read it through `Folder`.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any, get_args

import msgspec

from nex_resources.config import ConfigError, read_yaml
from nex_resources.domains.schema import Names, PersonaRule, Register

PERSONAS = "persona.jsonl"
INTRODUCTION = 16
"""Words of an introduction at most (`I'm a bistro owner who …`); a longer one is a life story."""


class Fault(msgspec.Struct, frozen=True):
    """Something wrong in a file that did not stop the import. `path` is dotted, line numbers included."""

    file: str
    path: str
    problem: str

    def __str__(self) -> str:
        return f"{self.file}: {self.path}: {self.problem}" if self.path else f"{self.file}: {self.problem}"


class Folder:
    """The files of one folder. What cannot be read is left out, and `faults` says so."""

    def __init__(self, path: Path):
        self.path = path
        self.faults: list[Fault] = []

    def fault(self, file: str, path: str, problem: str) -> None:
        self.faults.append(Fault(file, path, problem))

    def text(self, file: str) -> str:
        """Return a file's text without a byte order mark; bytes that are no UTF-8 are told."""
        try:
            data = (self.path / file).read_bytes()
        except FileNotFoundError:
            self.fault(file, "", "no such file")
            return ""
        try:
            return data.decode("utf-8-sig")
        except UnicodeDecodeError as error:
            line = data[: error.start].count(b"\n") + 1
            self.fault(file, f"line {line}", "holds bytes that are not UTF-8; they are replaced")
            return data.decode("utf-8-sig", errors="replace")

    def json(self, file: str, *, needed: bool = False) -> Any:
        """Return a file's JSON value, or an empty object. Raises ConfigError where a needed file has none."""
        if needed and not (self.path / file).exists():
            present = sorted(p.name for p in self.path.glob("*")) if self.path.is_dir() else []
            hint = "a NexGAP framework folder holds its taxonomy here"
            raise ConfigError(self.path / file, "", "no such file", present, hint)
        text = self.text(file)
        try:
            return json.loads(text) if text else {}
        except json.JSONDecodeError as error:
            where = f"line {error.lineno}, column {error.colno}"
            if needed:
                raise ConfigError(self.path / file, where, f"not valid JSON: {error.msg}") from error
            self.fault(file, where, f"not valid JSON: {error.msg}; left out")
            return {}

    def yaml(self, file: str) -> Any:
        """Return a file's YAML value, or an empty mapping."""
        text = self.text(file)
        try:
            return read_yaml(text, self.path / file) if text else {}
        except ConfigError as error:
            self.fault(file, error.key_path, f"{error.problem}; left out")
            return {}

    def mapping(self, file: str, value: Any, path: str = "") -> Mapping[str, Any]:
        """Return `value` where it is an object; what else it is, is told."""
        if isinstance(value, dict):
            return value
        self.fault(file, path, f"must be an object, not {type(value).__name__}; left out")
        return {}

    def rows(self, file: str, value: Mapping[str, Any], section: str) -> list[Any]:
        """Return the list under `section`; what else is there, is told."""
        found = value.get(section) or []
        if isinstance(found, list):
            return found
        self.fault(file, section, f"must be a list, not {type(found).__name__}; left out")
        return []


def read_personas(folder: Folder) -> dict[str, PersonaRule]:
    """Return the folder's speakers by name (`persona_0001`, numbered by line), each once."""
    found: dict[str, PersonaRule] = {}
    seen: dict[str, int] = {}
    for number, line in enumerate(folder.text(PERSONAS).splitlines(), start=1):
        if not line.strip():
            continue
        where = f"line {number}"
        try:
            en, zh, other = _persona(json.loads(line))
        except ValueError as error:
            folder.fault(PERSONAS, where, f"no persona can be read: {error}; left out")
            continue
        if en in seen:
            folder.fault(PERSONAS, where, f"the same persona as line {seen[en]}; left out")
            continue
        seen[en] = number
        if not zh:
            folder.fault(PERSONAS, where, f"no `persona_chinese`{other}; the English stands in")
        found[f"persona_{number:04d}"] = _speaker(f"persona_{number:04d}", en, zh)
    return found


def _persona(row: Any) -> tuple[str, str, str]:
    """Return the English and the Chinese text, and which other keys the row has."""
    if not isinstance(row, dict):
        raise ValueError(f"it is a {type(row).__name__}, not an object")
    en = row.get("persona") or row.get("persona_en") or ""
    zh = row.get("persona_chinese") or row.get("persona_zh") or ""
    if not en:
        raise ValueError(f"it has no key `persona`, only {', '.join(row) or 'none'}")
    others = [k for k in row if k not in ("persona", "persona_en", "persona_chinese", "persona_zh")]
    return str(en), str(zh), f" (it has {', '.join(others)})" if others else ""


def _speaker(name: str, en: str, zh: str) -> PersonaRule:
    """Make a speaker who says who they are, where the description's first clause is one that can be said."""
    openers: dict[str, list[str]] = {}
    clause = re.split(r"[,;]|\.\s", en.strip())[0].rstrip(". ")
    if re.match(r"An? ", clause) and len(clause.split()) <= INTRODUCTION:
        openers["en"] = [f"I'm {clause[0].lower()}{clause[1:]}.", ""]
    clause = re.split(r"[，,；;。]", zh.strip())[0]
    if re.match(r"[一某][位名个]", clause) and len(clause) <= 2 * INTRODUCTION:
        openers["zh"] = [f"我是{clause}。", ""]
    return PersonaRule.model_validate(
        {
            "name": name,
            "names": Names(en=en, zh=zh or en),
            "registers": list(get_args(Register)),
            "openers": openers,
        }
    )
