"""Read a folder of domain files, and check what no single file can tell."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from pathlib import Path
from typing import Any

import msgspec

from nex_resources.config import ConfigError, load_yaml, nearest
from nex_resources.domains.schema import Axis, Domain, NodeRule, PersonaRule, Phrasing, TextRules

PLACEHOLDER = re.compile(r"\{([a-z_][a-z0-9_]*)\}")


class Domains(msgspec.Struct, frozen=True):
    """All domain files of a folder, by domain key in file order, and what they hold together."""

    files: dict[str, Domain]
    sources: dict[str, Path]
    axes: dict[str, Axis]
    text: TextRules
    phrasings: dict[str, Phrasing]
    personas: dict[str, PersonaRule]


def load_domains(folder: Path, tools: Collection[str] | None = None) -> Domains:
    """Load `folder/*.yaml`. `tools`: the qualified names that exist, where the caller knows them.

    Raises ConfigError naming file, key path and what is allowed.
    """
    paths = sorted(folder.glob("*.yaml"))
    if not paths:
        raise ConfigError(folder, "", "holds no *.yaml file", hint="a domain is one YAML file in this folder")
    sources: dict[str, Path] = {}
    files: dict[str, Domain] = {}
    for path in paths:
        domain = load_yaml(path, Domain)
        if domain.domain in files:
            raise ConfigError(path, "domain", f"{domain.domain!r} is also in {sources[domain.domain]}")
        files[domain.domain], sources[domain.domain] = domain, path
    loaded = Domains(
        files=files,
        sources=sources,
        axes=_gather(files, sources, "axes", "name"),
        text=_merge_text(files, sources),
        phrasings=_gather(files, sources, "phrasings", "name"),
        personas=_gather(files, sources, "personas", "name"),
    )
    for key, domain in files.items():
        _check(domain, sources[key], loaded, tools)
    return loaded


def _gather(files: Mapping[str, Domain], sources: Mapping[str, Path], section: str, key: str) -> Any:
    found: dict[str, Any] = {}
    where: dict[str, str] = {}
    for name, domain in files.items():
        for i, item in enumerate(getattr(domain, section)):
            label, place = getattr(item, key), f"{section}.{i}.{key}"
            if label in found:
                raise ConfigError(sources[name], place, f"{label!r} is given twice, first in {where[label]}")
            found[label], where[label] = item, f"{sources[name]} ({place})"
    return found


def _merge_text(files: dict[str, Domain], sources: dict[str, Path]) -> TextRules:
    """Join the `text` sections; a key in two files must mean the same in both."""
    merged: dict[str, dict[str, Any]] = {section: {} for section in TextRules.model_fields}
    for name, domain in files.items():
        for section, entries in merged.items():
            for key, value in getattr(domain.text, section).items():
                if key in entries and entries[key] != value:
                    raise ConfigError(sources[name], f"text.{section}.{key}", "is also given in another file")
                entries[key] = value
    return TextRules(**merged)


def _check(domain: Domain, source: Path, loaded: Domains, tools: Collection[str] | None) -> None:
    _check_siblings(domain.tree, source, "tree")
    for axis_index, axis in enumerate(domain.axes):
        keys = [o.key for o in axis.options]
        _no_twins(keys, source, f"axes.{axis_index}.options")
    for path, node in walk_rules(domain.tree, "tree"):
        _check_siblings(node.children, source, f"{path}.children")
        _known(node.expand, loaded.axes, source, f"{path}.expand", "axis")
        _known(node.leaf.phrasings or [], loaded.phrasings, source, f"{path}.leaf.phrasings", "phrasing")
        if tools is not None:
            _known(node.leaf.targets or [], tools, source, f"{path}.leaf.targets", "tool")
        low, high = node.leaf.calls or (0, 0)
        if low > high:
            raise ConfigError(source, f"{path}.leaf.calls", f"the range [{low}, {high}] is empty")
    if tools is not None:
        for name in domain.text.tools:
            _known([name], tools, source, "text.tools", "tool")
    for i, phrasing in enumerate(domain.phrasings):
        _check_frames(phrasing, source, f"phrasings.{i}")


def walk_rules(nodes: list[NodeRule], path: str) -> Iterator[tuple[str, NodeRule]]:
    """Yield (key path in the file, node) for all nodes, parents first."""
    for i, node in enumerate(nodes):
        yield f"{path}.{i}", node
        yield from walk_rules(node.children, f"{path}.{i}.children")


def _check_siblings(nodes: list[NodeRule], source: Path, path: str) -> None:
    _no_twins([n.key for n in nodes], source, path)


def _no_twins(keys: list[str], source: Path, path: str) -> None:
    for i, key in enumerate(keys):
        if key in keys[:i]:
            first = keys.index(key)
            raise ConfigError(source, f"{path}.{i}.key", f"duplicate id {key!r}: {path}.{first} has it too")


def _known(names: list[str], known: Collection[str], source: Path, path: str, what: str) -> None:
    for i, name in enumerate(names):
        if name not in known:
            allowed = sorted(known)
            shown = allowed if len(allowed) <= 40 else [*allowed[:40], "…"]
            raise ConfigError(
                source, f"{path}.{i}", f"there is no {what} {name!r}", shown, nearest(name, allowed)
            )


def _check_frames(phrasing: Phrasing, source: Path, path: str) -> None:
    needs = {
        "do": {"steps"},
        "ask": {"facts"},
        "both": {"steps", "facts"},
        "tell": {"facts"},
        "follow": {"steps"},
        "fix": {"goal", "remedy"},
        "unless": set(),
    }
    for section, wanted in needs.items():
        for i, frame in enumerate(getattr(phrasing, section)):
            if set(PLACEHOLDER.findall(frame)) - {"is"} != wanted:
                raise ConfigError(
                    source,
                    f"{path}.{section}.{i}",
                    f"a frame here holds each of its placeholders and no other: {frame!r}",
                    sorted("{" + w + "}" for w in wanted),
                )
