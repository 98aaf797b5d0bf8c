"""What can be known to be wrong before anything runs: names a profile or a domain file gives that nobody has.

`load_profile` refuses a faulty profile by itself; what is looked up here costs more than a code location
should pay at each start, so `make run` does it once, before its first stage.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from pathlib import Path

from nex_resources.config import ConfigError, nearest
from nex_resources.domains import load_domains
from nex_resources.llm.teacher import MissingKeyError, require_key
from nex_resources.mcp.catalogue import Catalogue, CatalogueError
from nex_resources.profile import CONFIGS, Profile


def faults(profile: Profile, path: Path, environment: Mapping[str, str]) -> list[str]:
    """Return every fault of `profile` (read from `path`) and of what it refers to, one message each."""
    return [str(error) for error in _faults(profile, path, environment)]


def _faults(profile: Profile, path: Path, environment: Mapping[str, str]) -> Iterator[Exception]:
    try:
        require_key(profile.teacher, environment)
    except MissingKeyError as error:
        yield error
    try:
        catalogue = Catalogue.load(CONFIGS / "mcp_servers.yaml")
    except CatalogueError as error:
        yield error
    else:
        if isinstance(profile.mcp.servers, list):
            yield from _unknown(path, "mcp.servers", profile.mcp.servers, catalogue.servers)
    try:
        personas = load_domains(CONFIGS / "domains").personas
    except ConfigError as error:
        yield error
    else:
        for name, domain in profile.domains.items():
            yield from _unknown(path, f"domains.{name}.personas", list(domain.personas), personas)


def _unknown(path: Path, key: str, names: list[str], known: Collection[str]) -> Iterator[ConfigError]:
    for name in names:
        if name not in known:
            yield ConfigError(path, key, f"there is no {name!r} here", sorted(known), nearest(name, known))
