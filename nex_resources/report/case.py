"""What a trace's page is made of: the trace and everything that stands around it in the lineage."""

from __future__ import annotations

import re
from typing import Any

import msgspec

from nex_resources.records import (
    AgentSpec,
    Assessment,
    Finding,
    ProblemType,
    Query,
    Sample,
    Trace,
    Verdict,
)


class FrameworkInfo(msgspec.Struct, frozen=True):
    """A framework as its page shows it. `spec` is the hierarchy, None where it does not load."""

    id: str
    name: str
    description: str = ""
    pattern: str = ""
    domain: str = ""
    spec: AgentSpec | None = None
    reasons: tuple[str, ...] = ()


class Case(msgspec.Struct, frozen=True):
    """One trace with its query, leaf, framework, verdict, assessment and samples, as far as there are."""

    trace: Trace
    query: Query | None = None
    leaf: ProblemType | None = None
    framework: FrameworkInfo | None = None
    verdict: Verdict | None = None
    assessment: Assessment | None = None
    samples: tuple[Sample, ...] = ()

    @property
    def findings(self) -> tuple[Finding, ...]:
        return self.assessment.findings if self.assessment else ()

    @property
    def decision(self) -> str:
        return self.assessment.decision if self.assessment else "not assessed"

    @property
    def masked(self) -> frozenset[tuple[int, int]]:
        """(trajectory, message) pairs that must not be trained on."""
        return frozenset(self.assessment.masked) if self.assessment else frozenset()

    @property
    def worlds(self) -> tuple[str, ...]:
        return tuple(self.query.blueprint.worlds) if self.query else ()

    @property
    def title(self) -> str:
        """What the trace was asked to do, in one line."""
        if self.query:
            return self.query.text
        first = next((m.text for m in self.trace.root.messages if m.role == "user"), "")
        return first or self.trace.id

    @property
    def href(self) -> str:
        return f"traces/{file_name(self.trace.id)}"


def file_name(identifier: str) -> str:
    """Return a file name for an id; what is not plain ASCII in it becomes `-`."""
    return re.sub(r"[^A-Za-z0-9_.-]", "-", identifier).lstrip(".")[:100] + ".html"


def train_flags(case: Case, trajectory: int) -> tuple[bool, ...]:
    """Return one flag per message: whether the loss covers it, by the assessment (a sample may say less)."""
    messages = case.trace.trajectories[trajectory].messages
    if case.decision == "quarantine":
        return (False,) * len(messages)
    return tuple(
        message.role == "assistant" and (trajectory, index) not in case.masked
        for index, message in enumerate(messages)
    )


def builtins(value: Any) -> Any:
    """Return a record as plain data, for showing it."""
    return msgspec.to_builtins(value)
