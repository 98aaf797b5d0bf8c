"""One batch (partition) of queries, as the profile asks for it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import msgspec

from nex_assets.queries.decontamination import load_bfcl
from nex_assets.queries.dedup import encoder
from nex_assets.queries.make import Batch, Claim, QueryPlan, make_queries
from nex_assets.queries.planner import WorldPlanner
from nex_resources.config import nearest
from nex_resources.domains import Domains
from nex_resources.domains.nexgap import Folder, read_personas
from nex_resources.profile import Domain, Profile, nexgap_folder, split_batch
from nex_resources.records import ProblemType
from nex_resources.runtime import load_agent_files
from nex_resources.store import FrameworkRow


def with_speakers(domains: Domains, domain: Domain) -> Domains:
    """Return `domains` with the speakers of the NexGAP folder that `domain` comes from, if any."""
    folder = nexgap_folder(domain)
    personas = read_personas(Folder(folder)) if folder else {}
    return msgspec.structs.replace(domains, personas=personas) if personas else domains


class BatchError(ValueError):
    """A batch that cannot be made: the message names what is missing and where it would come from."""


def make_batch(
    key: str,
    profile: Profile,
    nodes: Sequence[ProblemType],
    frameworks: Sequence[FrameworkRow],
    domains: Domains,
    claim: Claim,
) -> Batch:
    """Make the queries of the batch `key` (`domain-number`). Raises BatchError."""
    name, _ = split_batch(key)
    wanted = profile.domains[name]
    leaves = leaves_of(name, nodes)
    worlds = sorted({world for leaf in leaves if leaf.constraint for world in leaf.constraint.worlds})
    serving = _serving(worlds, frameworks, wanted.frameworks)
    plan = QueryPlan(
        sizes=dict(wanted.queries),
        seed=profile.seed,
        unit=f"{profile.seed}/{key}",
        languages={str(language): weight for language, weight in wanted.languages.items()},
        efforts=dict(wanted.efforts),
        personas=dict(wanted.personas),
        fuzzed=wanted.fuzzed,
        frameworks={f.id: wanted.frameworks.get(f.name, 1.0) for f in serving},
    )
    specs = {framework.id: load_agent_files(framework.files) for framework in serving}
    domains = with_speakers(domains, wanted)
    planner = WorldPlanner(worlds, wanted.distractors)
    embed = encoder(wanted.encoder) if wanted.encoder else None
    return make_queries(leaves, claim, planner, domains, specs, plan, {"bfcl": load_bfcl()}, embed)


def leaves_of(domain: str, nodes: Sequence[ProblemType]) -> list[ProblemType]:
    """Return the leaves of `domain`. Raises BatchError if the tree has none."""
    leaves = [node for node in nodes if node.leaf and node.path.partition(".")[0] == domain]
    if not leaves:
        raise BatchError(f"the problem type tree has no leaf of domain {domain!r}; materialize it anew")
    return leaves


def _serving(
    worlds: Sequence[str], frameworks: Sequence[FrameworkRow], named: Mapping[str, float]
) -> list[FrameworkRow]:
    """Return the frameworks (of those `named`, if any are) that serve one of `worlds` or more; which of
    them can run a query is decided query by query."""
    known = {framework.name for framework in frameworks}
    for name in named:
        if name not in known:
            hint = nearest(name, known) or "see the table agent_frameworks"
            raise BatchError(f"the profile weighs a framework that is not there: {name!r}; {hint}")
    serving = [
        framework
        for framework in frameworks
        if set(worlds) & set(framework.worlds) and (not named or framework.name in named)
    ]
    if not serving:
        among = f" among {', '.join(named)}" if named else ""
        raise BatchError(f"no framework serves {', '.join(worlds)}{among}: see configs/frameworks")
    return serving
