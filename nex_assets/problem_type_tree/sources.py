"""The tree that a profile asks for: domains from their files, others from a NexGAP folder."""

from __future__ import annotations

from collections.abc import Mapping

import msgspec

from nex_assets.problem_type_tree.grounding import ground, unmatched
from nex_assets.problem_type_tree.nexgap import import_nexgap
from nex_assets.problem_type_tree.tree import Tree, build_tree
from nex_resources import worlds
from nex_resources.domains import Domains
from nex_resources.profile import Profile, nexgap_folder


class Grown(msgspec.Struct, frozen=True):
    """A tree, the faults of imported folders (`domain: file: path: problem`), and the leaves whose words
    fitted no tool: these are spread evenly over the tools there are."""

    tree: Tree
    faults: tuple[str, ...] = ()
    unmatched: tuple[str, ...] = ()


def profile_tree(profile: Profile, domains: Domains) -> Grown:
    """Return the tree of all domains of `profile`. Raises ConfigError where a folder has no taxonomy."""
    nodes = list(build_tree(domains, only=list(profile.domains)).nodes)
    faults: list[str] = []
    lost: list[str] = []
    for name, domain in profile.domains.items():
        folder = nexgap_folder(domain)
        if folder is None:
            continue
        imported = import_nexgap(folder, root=name)
        tree, matches = ground(imported.tree, tools_of(domain.worlds))
        nodes += tree.nodes
        faults += [f"{name}: {fault}" for fault in imported.faults]
        lost += unmatched(matches)
    return Grown(Tree(nodes), tuple(faults), tuple(lost))


def tools_of(names: list[str]) -> Mapping[str, worlds.WorldTool]:
    """Return the tools of the worlds `names` by qualified name."""
    return {tool.spec.name: tool for name in names for tool in worlds.get(name).tools}
