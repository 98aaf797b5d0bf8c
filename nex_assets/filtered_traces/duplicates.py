"""Duplicates across trajectories, in one pass and with memory that does not grow with their length.

A trace's signature is made of what was asked, called and answered, not of ids and times. Equal signatures
are duplicates; MinHash bands over the calls' and answers' word pairs find near ones. The first of a group
is kept, the later ones are found: a group never loses all its members.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from hashlib import blake2b
from itertools import pairwise
from zlib import crc32

import msgspec

from nex_assets.filtered_traces.kinds import finding
from nex_assets.filtered_traces.limits import DuplicateLimits, Limits
from nex_assets.filtered_traces.measured import Measured
from nex_assets.filtered_traces.specimens import Specimen
from nex_resources.records import Finding, Message, Trace, content_id

_TOKEN = re.compile(r"\w+")
_encode = msgspec.json.Encoder(order="deterministic").encode
_MASK = (1 << 32) - 1
_MULTIPLIERS = tuple(2 * (i * 2654435761 % (1 << 31)) + 1 for i in range(1, 33))


class Signature(msgspec.Struct, frozen=True):
    """64 bits of the exact content, and the 32 minima of a MinHash."""

    trace_id: str
    exact: int
    minima: tuple[int, ...]


def exact_hash(trace: Trace) -> int:
    """Hash what was asked, called and answered to 64 bits, leaving out system prompts, call ids and times."""
    exact = blake2b(digest_size=8)
    for message, parts in _said(trace):
        exact.update("\x00".join([*parts, *(result.text for result in message.results), "\x01"]).encode())
    return int.from_bytes(exact.digest(), "big")


def _said(trace: Trace) -> Iterator[tuple[Message, list[str]]]:
    for trajectory in trace.trajectories:
        for message in trajectory.messages:
            if message.role != "system":
                calls = [f"{call.name}{_encode(call.arguments).decode()}" for call in message.calls]
                yield message, [message.role, message.text, *calls]


def signature(trace: Trace) -> Signature:
    """Sign `trace` by its messages, leaving out call ids, times and ids."""
    shingles: set[int] = set()
    for _, parts in _said(trace):
        words = _TOKEN.findall(" ".join(parts).lower())
        shingles |= {crc32(f"{a} {b}".encode()) for a, b in pairwise(words)}
    seen = shingles or {0}
    minima = tuple(min(s * m & _MASK for s in seen) for m in _MULTIPLIERS)
    return Signature(trace.id, exact_hash(trace), minima)


def similarity(a: Signature, b: Signature) -> float:
    """Estimate the Jaccard similarity of two traces' word pairs, 0 to 1."""
    return sum(x == y for x, y in zip(a.minima, b.minima, strict=True)) / len(a.minima)


class Seen:
    """The signatures met so far: 8 bytes and a table slot a trace for exact matches, and one entry a band."""

    def __init__(self, limits: DuplicateLimits | None = None):
        self.limits = limits or DuplicateLimits()
        self._exact: dict[int, str] = {}
        self._bands: dict[int, Signature] = {}

    def check(self, signed: Signature) -> Finding | None:
        """Return what `signed` repeats, and remember it if it repeats nothing."""
        first = self._exact.get(signed.exact)
        if first is not None:
            return finding("duplicate", evidence=f"the same as {first}")
        self._exact[signed.exact] = signed.trace_id
        near = self._nearest(signed)
        if near is not None:
            return finding("near_duplicate", evidence=f"{similarity(near, signed):.2f} like {near.trace_id}")
        for key in self._keys(signed):
            self._bands.setdefault(key, signed)
        return None

    def _nearest(self, signed: Signature) -> Signature | None:
        close = [self._bands[key] for key in self._keys(signed) if key in self._bands]
        best = max(close, key=lambda other: similarity(other, signed), default=None)
        return best if best is not None and similarity(best, signed) >= self.limits.similarity else None

    def _keys(self, signed: Signature) -> Iterator[int]:
        width = len(signed.minima) // self.limits.bands
        for band in range(self.limits.bands):
            yield hash((band, signed.minima[band * width : (band + 1) * width]))


def duplicates(
    traces: Iterable[Trace], limits: DuplicateLimits | None = None
) -> Iterator[tuple[str, Finding]]:
    """Yield (trace id, finding) of every trace that repeats an earlier one."""
    seen = Seen(limits)
    for trace in traces:
        found = seen.check(signature(trace))
        if found is not None:
            yield trace.id, found


def measure_duplicates(base: Sequence[Specimen], limits: Limits, seed: int) -> dict[str, Measured]:
    """Measure exact duplicates: copies under new ids have to be found, different traces must not."""
    from nex_assets.filtered_traces.rules import limits_id

    unique = {signature(one.trace).exact: one.trace for one in base}
    originals = list(unique.values())
    copies = [
        msgspec.structs.replace(
            trace, id=content_id("trace", [trace.id, seed]), started_at=trace.started_at + 60.0
        )
        for trace in originals
    ]
    found = {
        trace_id
        for trace_id, f in duplicates([*originals, *copies], limits.duplicates)
        if f.kind == "duplicate"
    }
    hits = sum(copy.id in found for copy in copies)
    false = sum(trace.id in found for trace in originals)
    return {"duplicate": Measured(hits, len(copies), false, len(originals), limits_id(limits, "duplicate"))}
