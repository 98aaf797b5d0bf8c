"""One batch (partition) of queries, as the profile asks for it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from nex_assets.queries.make import Batch, Claim, QueryPlan, make_queries
from nex_assets.queries.planner import WorldPlanner
from nex_resources.domains import Domains
from nex_resources.profile import Profile, split_batch
from nex_resources.records import AgentSpec, ProblemType
from nex_resources.runtime import load_agent_files
from nex_resources.store import FrameworkRow


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
    plan = QueryPlan(
        sizes=dict(wanted.queries),
        seed=profile.seed,
        unit=f"{profile.seed}/{key}",
        languages=dict(wanted.languages),
        efforts=dict(wanted.efforts),
    )
    planner = WorldPlanner(worlds, wanted.distractors)
    return make_queries(leaves, claim, planner, domains, _serving(worlds, frameworks), plan)


def leaves_of(domain: str, nodes: Sequence[ProblemType]) -> list[ProblemType]:
    """Return the leaves of `domain`. Raises BatchError if the tree has none."""
    leaves = [node for node in nodes if node.leaf and node.path.partition(".")[0] == domain]
    if not leaves:
        raise BatchError(f"the problem type tree has no leaf of domain {domain!r}; materialize it anew")
    return leaves


def _serving(worlds: Sequence[str], frameworks: Sequence[FrameworkRow]) -> Mapping[str, AgentSpec]:
    """Return the frameworks all of whose needed tools can be reached, by id."""
    serving = {
        framework.id: load_agent_files(framework.files)
        for framework in frameworks
        if set(worlds) <= set(framework.worlds)
    }
    if not serving:
        raise BatchError(f"no framework serves {', '.join(worlds)}: describe one in configs/frameworks")
    return serving
