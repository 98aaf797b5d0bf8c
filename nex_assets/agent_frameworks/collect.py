"""All frameworks of an installation: described, written by hand, and generated."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

import yaml

from nex_assets.agent_frameworks.combine import generate_many
from nex_assets.agent_frameworks.descriptions import Description, load_descriptions, load_handwritten
from nex_assets.agent_frameworks.framework import Framework
from nex_assets.agent_frameworks.generate import from_files, generate
from nex_assets.agent_frameworks.interpret import NoToolsError, interpret
from nex_assets.agent_frameworks.lexicon import Lexicon, default_lexicon
from nex_assets.agent_frameworks.toolbox import Toolbox
from nex_resources.records import split_qualified

logger = logging.getLogger(__name__)


def all_frameworks(folder: Path, tools: Iterable[str], generated: int, seed: int) -> list[Framework]:
    """Return the frameworks of `folder` (`descriptions.yaml`, `handwritten/*/agent.yaml`) and `generated`
    more, over the available `tools` (qualified names).

    What needs a server that is known but not available is left out with a warning that says so; a
    server that nobody knows is a `ConfigError`, a broken hierarchy an `InvalidFramework`.
    """
    toolbox, lexicon = Toolbox(tools), default_lexicon()
    known = {*toolbox.servers, *(s for domain in lexicon.domains.values() for s in domain.servers)}
    descriptions = load_descriptions(folder / "descriptions.yaml", known)
    handwritten = load_handwritten(folder / "handwritten")
    absent = unavailable(descriptions, handwritten, toolbox, lexicon)
    for name, reason in absent.items():
        logger.warning("framework %s is left out: %s", name, reason)
    return [
        *generate([d for d in descriptions if d.name not in absent], seed, toolbox, lexicon),
        *from_files({name: files for name, files in handwritten.items() if name not in absent}, toolbox),
        *(generate_many(generated, seed, toolbox, lexicon) if generated else ()),
    ]


def unavailable(
    descriptions: Sequence[Description],
    handwritten: Mapping[str, dict[str, str]],
    toolbox: Toolbox,
    lexicon: Lexicon,
) -> dict[str, str]:
    """Return name → reason of the frameworks whose servers are not available."""
    absent: dict[str, str] = {}
    for description in descriptions:
        missing = [s for s in description.servers if s not in toolbox.servers]
        if missing:
            absent[description.name] = _reason(missing)
            continue
        try:
            interpret(description.text, toolbox, lexicon, description.servers, description.pattern)
        except NoToolsError as error:
            absent[description.name] = str(error)
    for name, files in handwritten.items():
        missing = sorted(_servers_named(files) - set(toolbox.servers))
        if missing:
            absent[name] = _reason(missing)
    return absent


def _reason(missing: Sequence[str]) -> str:
    return f"no tool of {', '.join(missing)} is available; install these servers or add them to the profile"


def _servers_named(files: Mapping[str, str]) -> set[str]:
    """Return the servers that selectors in `files` name; what is no agent file is the loader's to judge."""
    configs = [yaml.safe_load(text) for text in files.values()]
    tools = [tool for c in configs if isinstance(c, dict) for tool in c.get("tools") or ()]
    names = [tool["name"] if isinstance(tool, dict) else tool for tool in tools]
    return {server for name in names if (server := split_qualified(str(name))[0])}
