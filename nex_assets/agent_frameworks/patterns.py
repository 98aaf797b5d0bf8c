"""The shapes a framework can have, one function each: a reading and the tools become a tree of nodes."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from typing import NamedTuple

import msgspec

from nex_assets.agent_frameworks.dealing import deal, split_roles
from nex_assets.agent_frameworks.framework import GENERAL, MAX_NODES, Node, Reading, Role
from nex_assets.agent_frameworks.lexicon import Lexicon, PatternName
from nex_assets.agent_frameworks.prompts import lead_prompt, single_prompt, worker_prompt
from nex_assets.agent_frameworks.roles import make_role
from nex_assets.agent_frameworks.toolbox import Toolbox
from nex_resources.records import split_qualified

_MAX_TEAMS = 8
_LONE_NAMES = ("agent", "assistant", "clerk", "helper")


class Site(NamedTuple):
    """All that a pattern builds from."""

    reading: Reading
    toolbox: Toolbox
    lexicon: Lexicon
    rng: random.Random

    @property
    def tools(self) -> tuple[str, ...]:
        return self.toolbox.names(self.reading.servers)

    @property
    def title(self) -> str:
        """The field of work, as names and prompts call it."""
        return "service" if self.reading.domain == GENERAL else self.reading.domain

    def role(self, what: str, head: str, tools: Sequence[str] = ()) -> Role:
        return msgspec.structs.replace(make_role(what, head, self.lexicon), tools=tuple(tools))

    def reads(self, tools: Sequence[str]) -> tuple[str, ...]:
        return tuple(name for name in tools if self.toolbox.effect(name) == "read")


def single(site: Site) -> Node:
    """One agent with all the tools."""
    name = f"{site.title}_{site.rng.choice(_LONE_NAMES)}"
    prompt = single_prompt(name, site.title, site.rng)
    return Node(name, f"Settles {site.title} requests alone.", prompt, site.tools)


def manager_workers(site: Site) -> Node:
    """A lead without tools over workers that share them out."""
    return _lead(site, _workers(site, default=max(2, len(site.reading.servers))))


def planner_executor(site: Site) -> Node:
    """A lead over a planner, who only thinks, and executors who hold the tools."""
    reading = site.reading
    planners = [r for r in reading.roles if r.effect == "none"] or [site.role(reading.what, "planner")]
    doers = [r for r in reading.roles if r.effect != "none" and not r.name.endswith("executor")]
    if doers and not reading.size:
        executors = deal(doers, site.tools, reading.what, site.toolbox, site.lexicon)
    elif reading.size > 1 or len(reading.servers) > 1:
        parts = min(max(reading.size, len(reading.servers)), MAX_NODES - 2)
        executors = split_roles(site.tools, parts, site.toolbox, site.lexicon, site.rng.randrange(3))
    else:
        executors = (site.role(site.title, "executor", site.tools),)
    return _lead(site, [*planners, *executors])


def parallel(site: Site) -> Node:
    """Workers that are asked at once, and an aggregator that merges what they report."""
    workers = _workers(site, default=max(3, len(site.reading.servers)))
    merges = any(role.effect == "none" for role in workers)
    return _lead(site, [*workers, *([] if merges else [site.role(site.reading.what, "aggregator")])])


def pipeline(site: Site) -> Node:
    """Stages in order: find out, do, check; or those that the text names."""
    reading = site.reading
    if reading.roles or reading.size > 3:
        return _lead(site, _workers(site, default=reading.size))
    reads = site.reads(site.tools)
    stages = [site.role(reading.what, "scout", reads), site.role(reading.what, "operator", site.tools)]
    if reading.size != 2:
        stages.append(site.role("result", "checker", reads))
    return _lead(site, [stage for stage in stages if stage.tools])


def critic(site: Site) -> Node:
    """Authors who do the work, and a critic who can read but not write."""
    reading = site.reading
    critics = [r for r in reading.roles if r.name.rsplit("_", 1)[-1] == "critic"]
    others = [r for r in reading.roles if r not in critics]
    judge = critics[0] if critics else site.role(reading.what, "critic")
    if others:
        authors = deal(others, site.tools, reading.what, site.toolbox, site.lexicon)
    elif reading.size > 2:
        authors = split_roles(site.tools, reading.size - 1, site.toolbox, site.lexicon)
    else:
        authors = (site.role(site.title, "author", site.tools),)
    judge = msgspec.structs.replace(judge, tools=site.reads(site.tools))
    return _lead(site, [*authors, judge])


def router(site: Site) -> Node:
    """A root that passes each request to the one specialist whose tools it needs."""
    return _lead(site, _workers(site, default=max(3, len(site.reading.servers))))


def three_layer(site: Site) -> Node:
    """A director over leads over workers."""
    teams = _teams(site)
    taken = {role.name for _, roles in teams for role in roles}
    leads: list[Node] = []
    for topic, roles in teams:
        name = next(n for n in _names(f"{topic}_lead") if n not in taken)
        taken.add(name)
        children = tuple(_worker(site, role) for role in roles)
        prompt = lead_prompt(name, "three_layer", [c.name for c in children], site.rng)
        leads.append(Node(name, f"Leads the {topic} team: {_list(roles)}.", prompt, (), children))
    lead = site.reading.lead if site.reading.lead != "lead" else "director"
    return _root(site, leads, next(n for n in _names(f"{site.title}_{lead}") if n not in taken))


PATTERNS: dict[PatternName, Callable[[Site], Node]] = {
    "single": single,
    "manager_workers": manager_workers,
    "planner_executor": planner_executor,
    "parallel": parallel,
    "pipeline": pipeline,
    "critic": critic,
    "router": router,
    "three_layer": three_layer,
}


def _workers(site: Site, default: int) -> Sequence[Role]:
    """Return the roles of the text or action with their tools, or as many as asked for."""
    reading = site.reading
    if reading.roles:
        return deal(reading.roles, site.tools, reading.what, site.toolbox, site.lexicon)
    parts = min(reading.size or default, MAX_NODES - 2)  # beside them the lead, and at times one more
    return split_roles(site.tools, parts, site.toolbox, site.lexicon, site.rng.randrange(3))


def _teams(site: Site) -> list[tuple[str, list[Role]]]:
    """Return (topic, roles) per team: by effect where roles are named, by server, or by object."""
    reading = site.reading
    if len(reading.roles) > 1:
        dealt = deal(reading.roles, site.tools, reading.what, site.toolbox, site.lexicon)
        findings = [role for role in dealt if role.effect == "read"]
        deeds = [role for role in dealt if role not in findings]
        halves = [("inquiry", findings), ("delivery", deeds)]
        if findings and deeds:
            return halves
    style = site.rng.randrange(3)
    shares = _by_server(reading.servers) if len(reading.servers) > 1 else {}
    size = min(reading.size or max(4, 2 * len(reading.servers)), MAX_NODES - 1 - max(len(shares), 6))
    roles = split_roles(site.tools, size, site.toolbox, site.lexicon, style)
    if shares:
        return [
            (topic, [role for role in roles if split_qualified(role.tools[0])[0] in servers])
            for topic, servers in shares.items()
        ]
    count = max(2, round(len(roles) ** 0.5))
    groups = [list(roles[i::count]) for i in range(min(count, len(roles)))]
    topics = [site.toolbox.topic([name for role in group for name in role.tools]) for group in groups]
    distinct = len(set(topics)) == len(topics)
    return [
        (t if distinct else f"{t}_{i}", g) for i, (t, g) in enumerate(zip(topics, groups, strict=True), 1)
    ]


def _by_server(servers: Sequence[str]) -> dict[str, Sequence[str]]:
    """Return team → its servers: one each, or several where there would be too many teams."""
    each = -(-len(servers) // _MAX_TEAMS)
    teams = [servers[i : i + each] for i in range(0, len(servers), each)]
    return {team[0]: team for team in teams}


def _lead(site: Site, roles: Sequence[Role]) -> Node:
    taken = {role.name for role in roles}
    name = next(n for n in _names(f"{site.title}_{site.reading.lead}") if n not in taken)
    return _root(site, [_worker(site, role) for role in roles], name)


def _root(site: Site, children: Sequence[Node], name: str) -> Node:
    reading = site.reading
    members = [child.name for child in children]
    prompt = lead_prompt(name, reading.pattern, members, site.rng)
    return Node(name, f"Takes {site.title} requests and delegates them.", prompt, (), tuple(children))


def _worker(site: Site, role: Role) -> Node:
    duty = role.duty[:1].upper() + role.duty[1:] + "."
    prompt = worker_prompt(role.name, role.duty, bool(role.tools), site.rng)
    return Node(role.name, duty, prompt, role.tools)


def _names(name: str) -> Sequence[str]:
    return [name, *(f"{name}_{i}" for i in range(2, 40))]


def _list(roles: Sequence[Role]) -> str:
    return ", ".join(role.name.replace("_", " ") for role in roles)
