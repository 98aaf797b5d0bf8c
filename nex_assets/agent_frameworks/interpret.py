"""Read a natural-language description by rules: pattern, domain, servers, and the roles it names.

No model is asked. The words of the text, those of the lexicon and the names of the tools decide, and
`Reading.reasons` says which word decided what.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from nex_assets.agent_frameworks.framework import GENERAL, Reading, Role
from nex_assets.agent_frameworks.lexicon import Lexicon, PatternName, find, singular
from nex_assets.agent_frameworks.roles import default_roles, named_roles
from nex_assets.agent_frameworks.toolbox import Toolbox

NUMBERS = {
    **{"two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9},
    **{"ten": 10, "eleven": 11, "twelve": 12, "fifteen": 15, "twenty": 20, "thirty": 30},
}
_NEGATIONS = ("no", "not", "without", "never", "instead of", "rather than")
_MAX_GUESSED = 2


class NoToolsError(ValueError):
    """The text names nothing that a tool of the catalogue is for."""


def interpret(
    text: str,
    toolbox: Toolbox,
    lexicon: Lexicon,
    servers: Sequence[str] = (),
    pattern: PatternName | None = None,
) -> Reading:
    """Read `text`. `servers` and `pattern`, where given, overrule what the text says.

    Raises `NoToolsError` where neither the text nor `servers` leads to a tool.
    """
    lower = text.lower()
    domain, why_domain = _domain(lower, lexicon, servers)
    chosen, why_servers = _servers(lower, domain, toolbox, lexicon, servers)
    roles = named_roles(lower, lexicon)
    size = _size(lower, lexicon)
    chosen_pattern, why_pattern = _pattern(lower, lexicon, len(roles), pattern)
    domain = domain or chosen[0]
    known = lexicon.domains.get(domain)
    what = known.object if known else domain
    if known and not set(chosen) <= set(known.servers):  # several fields of work at once
        domain, what = GENERAL, "request"
    if chosen_pattern == "single":
        roles, why_roles = (), ""
    elif size > len([role for role in roles if role.effect != "none"]) > 0 and not _specific(roles, lexicon):
        roles = tuple(role for role in roles if role.effect == "none")  # so many workers, not these
        why_roles = f"{size} workers: the text gives their number, not their names"
    elif roles:
        why_roles = f"roles {', '.join(role.name for role in roles)}: named in the text"
    else:
        roles, why_roles = default_roles(lower, domain, lexicon)
    return Reading(
        pattern=chosen_pattern,
        domain=domain,
        what=what,
        servers=chosen,
        roles=roles,
        lead=_lead(lower, lexicon),
        size=size,
        reasons=tuple(r for r in (why_pattern, why_domain, why_servers, why_roles) if r),
    )


def _domain(lower: str, lexicon: Lexicon, servers: Sequence[str]) -> tuple[str, str]:
    """Return the domain with most words in the text; the first named wins a tie."""
    scored = []
    for name, domain in lexicon.domains.items():
        hits = {word: find(word, lower) for word in domain.words}
        found = [word for word, places in hits.items() if places]
        own = len(set(servers) & set(domain.servers))
        if found or own:
            first = min((places[0] for places in hits.values() if places), default=len(lower))
            scored.append((-len(found) - 2 * own, first, name, found))
    if not scored:
        return "", ""
    _, _, name, found = min(scored)
    return name, f"domain {name}: " + (", ".join(map(repr, found)) or "its servers are named")


def _servers(
    lower: str, domain: str, toolbox: Toolbox, lexicon: Lexicon, given: Sequence[str]
) -> tuple[tuple[str, ...], str]:
    if given:
        return tuple(given), "servers: given"
    named = [server for server in toolbox.servers if find(server, lower)]
    mentioned = [
        server
        for name, entry in lexicon.domains.items()
        if name != domain and find(name, lower)
        for server in entry.servers
        if server in toolbox.servers
    ]
    own = [s for s in lexicon.domains[domain].servers if s in toolbox.servers] if domain else []
    if named:
        extra = [] if set(named) & set(own) else own
        chosen = tuple(dict.fromkeys([*named, *extra]))
        return chosen, f"servers {', '.join(chosen)}: named in the text"
    if own or mentioned:
        chosen = tuple(dict.fromkeys([*own, *mentioned]))
        return chosen, f"servers {', '.join(chosen)}: the domain's"
    if domain:
        needed = ", ".join(lexicon.domains[domain].servers)
        raise NoToolsError(f"{domain} needs one of the servers {needed}; none of them is in the catalogue")
    guessed = _guess(lower, toolbox)
    if not guessed:
        raise NoToolsError(
            f"nothing in {lower!r} leads to a tool; name one of the servers: {', '.join(toolbox.servers)}"
        )
    return guessed, f"servers {', '.join(guessed)}: their tools share words with the text"


def _guess(lower: str, toolbox: Toolbox) -> tuple[str, ...]:
    """Return the servers whose tool names share most words with the text, at most two."""
    text_words = {singular(w) for w in re.findall(r"[a-z]{3,}", lower)}
    scores = {
        server: len(text_words & {singular(w) for tool in toolbox.of(server) for w in toolbox.words(tool)})
        for server in toolbox.servers
    }
    ranked = sorted((s for s in scores if scores[s]), key=lambda s: (-scores[s], s))
    return tuple(ranked[:_MAX_GUESSED])


def _pattern(lower: str, lexicon: Lexicon, named: int, given: PatternName | None) -> tuple[PatternName, str]:
    if given:
        return given, f"pattern {given}: given"
    hits = {
        name: [cue for cue in cues if any(not _negated(lower, at) for at in find(cue, lower))]
        for name, cues in lexicon.patterns.items()
    }
    strong = {n: found for n, found in hits.items() if found and n not in ("manager_workers", "single")}
    if strong:
        name = max(strong, key=lambda n: len(strong[n]))
        return name, f"pattern {name}: {', '.join(map(repr, strong[name]))}"
    if hits.get("single") and not named and not _is_collective(lower, lexicon):
        return "single", f"pattern single: {', '.join(map(repr, hits['single']))}"
    if hits.get("manager_workers") or named:
        cues = ", ".join(map(repr, hits["manager_workers"])) or "several roles are named"
        return "manager_workers", f"pattern manager_workers: {cues}"
    return "single", "pattern single: the text speaks of no team"


def _specific(roles: Sequence[Role], lexicon: Lexicon) -> bool:
    """Whether a role says what it does (`reader`), and is not just a hand (`worker`)."""
    return any(lexicon.heads[role.name.rsplit("_", 1)[-1]].effect in ("read", "write") for role in roles)


def _negated(lower: str, at: int) -> bool:
    before = " ".join(re.findall(r"[a-z']+", lower[:at])[-3:])
    return any(re.search(rf"\b{word}\b", before) for word in _NEGATIONS)


def _is_collective(lower: str, lexicon: Lexicon) -> bool:
    return any(find(word, lower) for word in lexicon.collectives)


def _lead(lower: str, lexicon: Lexicon) -> str:
    places = [(hits[0], word) for word in lexicon.leads if (hits := find(word, lower))]
    return min(places)[1] if places else "lead"


def _size(lower: str, lexicon: Lexicon) -> int:
    """Return how many workers the text asks for (`three workers`, `12 agents`), 0 where it does not."""
    nouns = "|".join(
        [*lexicon.heads, *(head + "s" for head in lexicon.heads), *(h[:-1] + "ies" for h in lexicon.heads)]
    )
    pattern = rf"\b(\d{{1,2}}|{'|'.join(NUMBERS)}) (?:[a-z-]+ ){{0,2}}(?:{nouns}|sub-agents|members)\b"
    found = [int(w) if w.isdigit() else NUMBERS[w] for w in re.findall(pattern, lower)]
    return max((n for n in found if n > 1), default=0)
