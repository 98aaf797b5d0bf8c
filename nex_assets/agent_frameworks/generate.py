"""From descriptions to validated frameworks: read, shape, write, load, check."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from nex_assets.agent_frameworks.builder import write_files
from nex_assets.agent_frameworks.descriptions import Description
from nex_assets.agent_frameworks.framework import GENERAL, Framework, Origin, framework_id
from nex_assets.agent_frameworks.interpret import interpret
from nex_assets.agent_frameworks.lexicon import Lexicon, PatternName, default_lexicon
from nex_assets.agent_frameworks.patterns import PATTERNS, Site
from nex_assets.agent_frameworks.toolbox import Toolbox
from nex_assets.agent_frameworks.validate import depth, load_checked, reachable, worlds
from nex_resources.records import AgentSpec, generator

STAGE = "agent_frameworks"


def generate(
    descriptions: Iterable[Description],
    seed: int,
    tools: Iterable[str] | Toolbox,
    lexicon: Lexicon | None = None,
) -> list[Framework]:
    """Compose one framework per description from the tools of the catalogue (qualified names).

    Equal arguments give equal frameworks. Raises `NoToolsError` or `InvalidFramework`, which name the
    description.
    """
    toolbox = tools if isinstance(tools, Toolbox) else Toolbox(tools)
    return [compose(d, seed, toolbox, lexicon or default_lexicon()) for d in descriptions]


def compose(description: Description, seed: int, toolbox: Toolbox, lexicon: Lexicon) -> Framework:
    """Compose the framework of one description."""
    reading = interpret(description.text, toolbox, lexicon, description.servers, description.pattern)
    site = Site(reading, toolbox, lexicon, generator(seed, STAGE, description.name))
    files = write_files(PATTERNS[reading.pattern](site), toolbox)
    return finish(
        description.name,
        description.text,
        files,
        toolbox,
        pattern=reading.pattern,
        domain=reading.domain,
        reasons=reading.reasons,
    )


def from_files(handwritten: Mapping[str, dict[str, str]], toolbox: Toolbox) -> list[Framework]:
    """Return the frameworks of hand-written files, by the name of their folder."""
    return [
        finish(name, "", files, toolbox, origin="handwritten", lexicon=default_lexicon())
        for name, files in handwritten.items()
    ]


def finish(
    name: str,
    description: str,
    files: dict[str, str],
    toolbox: Toolbox,
    pattern: str = "",
    domain: str = "",
    origin: Origin = "composed",
    reasons: tuple[str, ...] = (),
    lexicon: Lexicon | None = None,
) -> Framework:
    """Load and check `files`, and return them as a framework; raises `InvalidFramework`."""
    spec = load_checked(name, files, toolbox)
    served = worlds(spec, toolbox)
    text = description or spec.description
    return Framework(
        id=framework_id(files, text),
        name=name,
        description=text,
        pattern=pattern or shape_of(spec),
        nodes=len(spec.walk()),
        depth=depth(spec),
        domain=domain or _domain_of(served, lexicon or default_lexicon()),
        worlds=served,
        tools=len(reachable(spec, toolbox)),
        files=files,
        origin=origin,
        reasons=reasons,
    )


def shape_of(spec: AgentSpec) -> PatternName:
    """Return the pattern that a hierarchy's form alone shows."""
    layers = depth(spec)
    return "single" if layers == 1 else "manager_workers" if layers == 2 else "three_layer"


def _domain_of(served: tuple[str, ...], lexicon: Lexicon) -> str:
    scores = {n: len(set(served) & set(domain.servers)) for n, domain in lexicon.domains.items()}
    best = max(scores, key=lambda n: scores[n])
    return best if served and scores[best] == len(served) else GENERAL
