"""Tool verbosity: payload that crowds out the agent's own words, opaque blobs, endless filler.

Length alone is no defect: a long file that was asked for is legitimate, and only flagged.
"""

from __future__ import annotations

import re
import zlib

from nex_assets.filtered_traces.context import Context
from nex_assets.filtered_traces.kinds import finding
from nex_assets.filtered_traces.limits import VerbosityLimits
from nex_resources.records import Finding, Trace

_BREAKS = re.compile(r"[\s\",]+")
_OPAQUE = re.compile(r"[A-Za-z0-9+/=_-]+")


def detect(trace: Trace, context: Context) -> list[Finding]:
    """Find payload that is out of proportion."""
    limits = context.limits.verbosity
    found: list[Finding] = []
    for thread in context.view.threads:
        sizes = [len(text) for _, text in thread.observed]
        payload = sum(sizes)
        if max(sizes, default=0) >= min(limits.opaque_length, limits.filler_length, limits.result_length):
            for index, message in enumerate(thread.messages):
                for position, result in enumerate(message.results):
                    if why := _result(result.text, limits):
                        where = f"results.{position}.text"
                        span = (0, len(result.text))
                        found.append(
                            finding("oversized_result", "drop", thread.index, index, where, span, why)
                        )
        if payload < limits.payload_length:
            continue
        own = sum(len(m.text) for m in thread.messages) + len(thread.written)
        if payload >= limits.payload_share * (payload + own):
            why = f"{payload:,} of {payload + own:,} characters are tool payload"
            found.append(finding("payload_share", "flag", thread.index, evidence=why))
    return found


def _result(text: str, limits: VerbosityLimits) -> str:
    if len(text) >= limits.result_length:
        return f"{len(text):,} characters in one result"
    if len(text) >= limits.opaque_length and (run := _longest_run(text, limits.opaque_length)):
        return f"{run:,} characters of encoded data"
    if len(text) >= limits.opaque_length and not text.isascii() and _is_binary(text[: limits.opaque_length]):
        return f"{len(text):,} characters of a binary file"
    if len(text) >= limits.filler_length:
        ratio = len(zlib.compress(text.encode(), 1)) / len(text.encode())
        if ratio <= limits.filler_ratio:
            return f"{len(text):,} characters that compress to {ratio:.1%}"
    return ""


_UNPRINTABLE = re.compile(r"[\x00-\x08\x0e-\x1f\x7f-\x9f\u2400-\u2426\ufffd]")
_BINARY = 0.1  # share of characters that no text has


def _is_binary(text: str) -> bool:
    return len(_UNPRINTABLE.findall(text)) >= _BINARY * len(text)


def _longest_run(text: str, enough: int) -> int:
    """Length of the longest unbroken run of base64 or hex characters, or 0 below `enough`."""
    longest = max(_BREAKS.split(text), key=len, default="")
    return len(longest) if len(longest) >= enough and _OPAQUE.fullmatch(longest) else 0
