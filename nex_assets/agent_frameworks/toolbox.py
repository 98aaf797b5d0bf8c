"""The tools of the catalogue, by server, and what their names say: effect, object and words."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Literal

from nex_assets.agent_frameworks.lexicon import Verbs, default_lexicon, singular
from nex_resources.records import split_qualified

Effect = Literal["read", "write"]


class Toolbox:
    """Qualified tool names (`server__tool`), grouped. `effects` overrides what a name suggests, `verbs`
    are the words that suggest it."""

    def __init__(
        self, names: Iterable[str], effects: Mapping[str, Effect] | None = None, verbs: Verbs | None = None
    ):
        self._verbs = verbs or default_lexicon().verbs
        self._by_server: dict[str, list[str]] = {}
        for name in sorted(set(names)):
            server, _ = split_qualified(name)
            self._by_server.setdefault(server, []).append(name)
        self._shared = {server: _shared_words(server, own) for server, own in self._by_server.items()}
        self._effects = dict(effects or {})

    @property
    def servers(self) -> tuple[str, ...]:
        return tuple(self._by_server)

    def of(self, server: str) -> tuple[str, ...]:
        """Return the qualified names of `server`'s tools, sorted; empty for a server that is not there."""
        return tuple(self._by_server.get(server, ()))

    def names(self, servers: Iterable[str] | None = None) -> tuple[str, ...]:
        return tuple(name for s in (self.servers if servers is None else servers) for name in self.of(s))

    def resolve(self, selector: str) -> tuple[str, ...]:
        """Return the tools that `selector` (`server__tool`, `server__*` or `*`) names; empty: none."""
        if selector == "*":
            return self.names()
        server, tool = split_qualified(selector)
        return self.of(server) if tool == "*" else tuple(n for n in self.of(server) if n == selector)

    def selectors(self, names: Iterable[str]) -> tuple[str, ...]:
        """Return the shortest selectors for `names`: `server__*` where all of a server's tools are there."""
        wanted = set(names)
        out: list[str] = []
        for server in sorted({split_qualified(n)[0] for n in wanted}):
            tools = self.of(server)
            out += [f"{server}__*"] if wanted.issuperset(tools) else [n for n in tools if n in wanted]
        return tuple(out)

    def effect(self, name: str) -> Effect:
        """Return whether `name` reads or writes: as given, else by its first telling verb, else read."""
        if name in self._effects:
            return self._effects[name]
        for word in self.words(name):
            if word in self._verbs.read:
                return "read"
            if word in self._verbs.write:
                return "write"
        return "read"

    def words(self, name: str) -> tuple[str, ...]:
        """Return the words of a tool's bare name in order, without those that all its server's tools have."""
        server, tool = split_qualified(name)
        words = _words(tool)
        shared = self._shared.get(server, frozenset({server}))
        return tuple(w for w in words if w not in shared) or words

    def object(self, name: str) -> str:
        """Return the noun a tool is about (`get_order_details` → `order`), or its server's name."""
        words = self.words(name)
        nouns = [
            w
            for w in words
            if w not in self._verbs.read and w not in self._verbs.write and w not in self._verbs.filler
        ]
        return singular(nouns[0] if nouns else split_qualified(name)[0])

    def split(self, names: Sequence[str], parts: int) -> list[list[str]]:
        """Part `names` into at most `parts` groups by what they are about, near in size, none empty."""
        groups: dict[tuple[str, str], list[str]] = {}
        for name in names:
            groups.setdefault((split_qualified(name)[0], self.object(name)), []).append(name)
        pieces = [groups[key] for key in sorted(groups)]
        while len(pieces) < parts and max(map(len, pieces), default=0) > 1:
            widest = max(range(len(pieces)), key=lambda i: len(pieces[i]))
            pieces[widest : widest + 1] = self._halve(pieces[widest])
        while len(pieces) > max(parts, 1):
            pieces.sort(key=lambda piece: (-len(piece), piece))
            first, second = pieces.pop(), pieces.pop()
            pieces.append(sorted(second + first))
        return sorted(pieces)

    def _halve(self, names: list[str]) -> list[list[str]]:
        reads = [n for n in names if self.effect(n) == "read"]
        writes = [n for n in names if n not in reads]
        middle = len(names) // 2
        return [reads, writes] if reads and writes else [names[:middle], names[middle:]]

    def topic(self, names: Sequence[str]) -> str:
        """Return the noun most of `names` are about; the first in the alphabet of those that tie."""
        counts = Counter(self.object(name) for name in names)
        return min(counts, key=lambda noun: (-counts[noun], noun))


def _words(tool: str) -> tuple[str, ...]:
    return tuple(part.lower() for part in re.findall(r"[A-Za-z][a-z]*|[0-9]+", tool))


def _shared_words(server: str, names: Sequence[str]) -> frozenset[str]:
    """Return the words that say nothing within a server: its name, and what most of its tools begin with."""
    first = Counter(_words(split_qualified(name)[1])[:1] for name in names)
    common, count = first.most_common(1)[0]
    return frozenset({server, *(common if len(names) > 3 and count >= 0.8 * len(names) else ())})
