"""What a detector may look at besides the trace."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from nex_assets.filtered_traces.limits import Limits
from nex_assets.filtered_traces.view import View
from nex_resources.records import Query, Trace, Verdict


class Context:
    """A trace's query and verdict (None for traces that come without), the limits, and its `view`."""

    __slots__ = ("allowed_sources", "limits", "query", "verdict", "view")

    def __init__(
        self,
        view: View,
        query: Query | None = None,
        verdict: Verdict | None = None,
        limits: Limits | None = None,
        allowed_sources: Mapping[str, Sequence[str]] | None = None,
    ):
        self.view = view
        self.query = query
        self.verdict = verdict
        self.limits = limits or Limits()
        self.allowed_sources = allowed_sources or {}

    @classmethod
    def of(
        cls,
        trace: Trace,
        query: Query | None = None,
        verdict: Verdict | None = None,
        limits: Limits | None = None,
        allowed_sources: Mapping[str, Sequence[str]] | None = None,
    ) -> Context:
        """Read `trace` and make its context."""
        return cls(View(trace), query, verdict, limits, allowed_sources)
