"""Deal the tools of servers out to roles, so that every tool has an owner."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from nex_assets.agent_frameworks.framework import Role
from nex_assets.agent_frameworks.lexicon import Lexicon, plural, singular
from nex_assets.agent_frameworks.roles import make_role
from nex_assets.agent_frameworks.toolbox import Toolbox
from nex_resources.records import split_qualified

_GROUP_HEADS = {"read": ("finder", "reader", "inspector"), "write": ("editor", "handler", "operator")}
_MIXED_HEADS = ("specialist", "clerk", "agent")


def deal(
    roles: Sequence[Role], names: Sequence[str], what: str, toolbox: Toolbox, lexicon: Lexicon
) -> tuple[Role, ...]:
    """Give each role the tools of its effect that its words point to, or all of that effect.

    What nobody got goes to the nearest role that may have it; where none may, `what_editor` joins.
    """
    dealt = [msgspec.structs.replace(role, tools=_fitting(role, names, toolbox)) for role in roles]
    owned = {name for role in dealt for name in role.tools}
    rest = [name for name in names if name not in owned]
    orphans: list[str] = []
    for name in rest:
        nearest = _nearest(name, dealt, toolbox)
        if nearest is None:
            orphans.append(name)
        else:
            dealt[nearest] = _with(dealt[nearest], name)
    if orphans:
        taken = {role.name for role in dealt}
        head = "editor" if all(toolbox.effect(n) == "write" for n in orphans) else "operator"
        extra = make_role(what if f"{what}_{head}" not in taken else f"{what} backup", head, lexicon)
        dealt.append(msgspec.structs.replace(extra, tools=tuple(orphans)))
    return tuple(dealt)


def split_roles(
    names: Sequence[str], parts: int, toolbox: Toolbox, lexicon: Lexicon, style: int = 0
) -> tuple[Role, ...]:
    """Part `names` into about `parts` roles, servers kept apart, each named after what its tools are for.

    `style` picks among the heads that fit, so that equal splits need not have equal names.
    """
    servers = sorted({split_qualified(name)[0] for name in names})
    roles: dict[str, Role] = {}
    for server, share in zip(servers, _shares(servers, names, parts), strict=True):
        own = [name for name in names if split_qualified(name)[0] == server]
        for group in toolbox.split(own, share):
            role = _group_role(group, server, share, roles, toolbox, lexicon, style)
            roles[role.name] = role
    return tuple(roles.values())


def _fitting(role: Role, names: Sequence[str], toolbox: Toolbox) -> tuple[str, ...]:
    if role.effect == "none":
        return ()
    allowed = [n for n in names if role.effect == "any" or toolbox.effect(n) == role.effect]
    matched = [n for n in allowed if _affinity(role, n, toolbox)]
    servers = {split_qualified(n)[0] for n in matched}
    if len(servers) == 1 and len({split_qualified(n)[0] for n in names}) > 1:
        return tuple(n for n in allowed if split_qualified(n)[0] in servers)
    return tuple(matched or allowed)


def _affinity(role: Role, name: str, toolbox: Toolbox) -> int:
    words = {singular(w) for w in toolbox.words(name)} | {singular(split_qualified(name)[0])}
    return len(words & role.words)


def _nearest(name: str, roles: Sequence[Role], toolbox: Toolbox) -> int | None:
    effect = toolbox.effect(name)
    able = [i for i, role in enumerate(roles) if role.effect in ("any", effect)]
    return max(able, key=lambda i: (_affinity(roles[i], name, toolbox), -len(roles[i].tools)), default=None)


def _with(role: Role, name: str) -> Role:
    return msgspec.structs.replace(role, tools=(*role.tools, name))


def _shares(servers: Sequence[str], names: Sequence[str], parts: int) -> list[int]:
    """Return how many roles each server gets: one at least, the rest where a role has most tools."""
    counts = [sum(split_qualified(n)[0] == server for n in names) for server in servers]
    shares = [1] * len(servers)
    for _ in range(parts - len(servers)):
        able = [i for i in range(len(servers)) if shares[i] < counts[i]]
        if not able:
            break
        widest = max(able, key=lambda i: counts[i] / shares[i])
        shares[widest] += 1
    return shares


def _gloss(group: Sequence[str], topic: str, server: str, toolbox: Toolbox) -> str:
    """Return what a group of tools is for, its main topic first: `orders, products and cities in retail`."""
    others = sorted({toolbox.object(name) for name in group} - {topic})
    named = [plural(noun) for noun in [topic, *others[:2]]]
    return f"{' and '.join([', '.join(named[:-1]), named[-1]]) if len(named) > 1 else named[0]} in {server}"


def _group_role(
    group: Sequence[str],
    server: str,
    share: int,
    taken: dict[str, Role],
    toolbox: Toolbox,
    lexicon: Lexicon,
    style: int,
) -> Role:
    effects = {toolbox.effect(name) for name in group}
    heads = _MIXED_HEADS if len(effects) > 1 else _GROUP_HEADS[effects.pop()]
    topic = server if share == 1 else toolbox.topic(group)
    head = heads[style % len(heads)]
    candidates = [topic, f"{server} {topic}", *(f"{server} {w}" for n in group for w in toolbox.words(n))]
    gloss = _gloss(group, topic, server, toolbox) if topic != server else f"the {server} side of a request"
    for what in candidates:
        role = make_role(what, head, lexicon, gloss)
        if role.name not in taken:
            return msgspec.structs.replace(role, tools=tuple(group))
    role = make_role(f"{server} {topic}", head, lexicon, gloss)
    name = next(n for i in range(2, len(taken) + 3) if (n := f"{role.name}_{i}") not in taken)
    return msgspec.structs.replace(role, name=name, tools=tuple(group))
