"""Find the roles that a description names, or those of a team that does such work."""

from __future__ import annotations

import re

from nex_assets.agent_frameworks.framework import Role
from nex_assets.agent_frameworks.lexicon import Lexicon, find, plural, singular

_TOKEN = re.compile(r"[a-z]+(?:-[a-z]+)*|[0-9]+|[,.;:()]")
_LIST_WORDS = ("for", "on", "of", "covering")


def named_roles(lower: str, lexicon: Lexicon) -> tuple[Role, ...]:
    """Return the roles named in lower-case text, in order: `a diff reader, style and security reviewers`.

    Fewer than two are no team: the phrase then says what the system does (`code reviewer system`).
    """
    tokens = _TOKEN.findall(re.sub(r"['’]s\b", "", lower))
    phrases: list[tuple[str, str]] = []  # (what, head)
    for i, token in enumerate(tokens):
        head = singular(token)
        if head not in lexicon.heads or _collective_follows(tokens, i, lexicon):
            continue
        modifiers = _modifiers(tokens, i, lexicon, coordinated=token != head)
        if not modifiers:
            modifiers = _listed(tokens, i, lexicon) if token != head else [""]
        phrases += [(what, head) for what in modifiers]
    roles = {r.name: r for what, head in phrases if (r := make_role(what, head, lexicon)).name}
    return tuple(roles.values()) if len(roles) > 1 else ()


def default_roles(lower: str, domain: str, lexicon: Lexicon) -> tuple[tuple[Role, ...], str]:
    """Return the team that does the first action named, in `domain`, and why; empty where none is named."""
    places = [
        (hits[0], name)
        for name, action in lexicon.actions.items()
        for word in action.words
        if (hits := find(word, lower))
    ]
    entry = lexicon.domains.get(domain)
    if not places or entry is None:
        return (), ""
    name = min(places)[1]
    roles: list[Role] = []
    for phrase in lexicon.actions[name].team:
        what, _, head = phrase.rpartition(" ")
        if what == "{aspect}":
            roles += [make_role(aspect, head, lexicon, gloss) for aspect, gloss in entry.aspects.items()]
        else:
            roles.append(make_role(what.format(object=entry.object), head, lexicon))
    unique = {role.name: role for role in roles}
    return tuple(unique.values()), f"roles: the {name} team for {domain}"


def make_role(what: str, head: str, lexicon: Lexicon, gloss: str = "") -> Role:
    """Return the role `what head`; `gloss` says what it looks at where `what` alone would be too short."""
    entry = lexicon.heads[head]
    words = tuple(w for w in re.findall(r"[a-z][a-z0-9]*", what) if w not in lexicon.stop_words)
    own = f"{what} requests" if what in lexicon.domains else plural(what) if what else "the work"
    topic = gloss or own
    name = "_".join([*words, head])
    return Role(name, entry.duty.format(what=topic), entry.effect, frozenset(map(singular, words)))


def _collective_follows(tokens: list[str], i: int, lexicon: Lexicon) -> bool:
    return i + 1 < len(tokens) and tokens[i + 1] in lexicon.collectives


def _modifiers(tokens: list[str], i: int, lexicon: Lexicon, coordinated: bool) -> list[str]:
    """Return what stands before the head at `i`: one phrase, or several where its plural joins them."""
    phrases: list[str] = []
    current: list[str] = []
    at = i - 1
    while at >= 0:
        token = tokens[at]
        joins = token in (",", "and", "or")
        if joins and coordinated and (current or phrases):
            phrases, current = ([" ".join(current), *phrases] if current else phrases), []
        elif joins or len(current) == 2 or not _can_modify(token, lexicon):
            break
        else:
            current = [token, *current]
        at -= 1
    return [" ".join(current), *phrases] if current else phrases


def _can_modify(token: str, lexicon: Lexicon) -> bool:
    known = token in lexicon.stop_words or token in lexicon.leads or singular(token) in lexicon.heads
    return token[0].isalpha() and not known


def _listed(tokens: list[str], i: int, lexicon: Lexicon) -> list[str]:
    """Return the items of `reviewers for style, security and tests`; empty where no list follows."""
    if i + 1 >= len(tokens) or tokens[i + 1] not in _LIST_WORDS:
        return []
    items: list[str] = []
    current: list[str] = []
    for token in [*tokens[i + 2 :], "."]:
        if token in (",", "and") or not token[0].isalpha():
            if current:
                items.append(" ".join(singular(w) for w in current[-2:]))
            current = []
            if token not in (",", "and"):
                break
        elif singular(token) in lexicon.heads:  # the next role of the text, no item of this list
            break
        elif token not in lexicon.stop_words:
            current.append(token)
        elif current:
            items.append(" ".join(singular(w) for w in current[-2:]))
            break
    return items
