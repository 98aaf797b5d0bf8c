"""What the quality stage says of a trace: findings, and the decision they lead to."""

from __future__ import annotations

from typing import Literal

import msgspec

from nex_resources.records.edits import Edit

Severity = Literal["info", "flag", "drop"]
Decision = Literal["keep", "keep_masked", "repair", "quarantine"]


class Finding(msgspec.Struct, frozen=True, omit_defaults=True):
    """One defect at one place. `span` is a [start, end) range of characters in the field named by
    `where` (`text`, `calls.0.arguments`, `results.1.text`); `evidence` quotes it or says why."""

    detector: str
    kind: str
    severity: Severity
    trajectory: int = 0
    message: int = -1  # index in the trajectory; -1: the whole of it
    where: str = ""
    span: tuple[int, int] | None = None
    evidence: str = ""


class Assessment(msgspec.Struct, frozen=True, omit_defaults=True):
    """The verdict on one trace. `masked` lists (trajectory, message) pairs that must not be trained on;
    `edits` are what to change before it is trained on (repairs, and what is redacted; `redacted` counts the
    latter by label); `rules` is the hash of the configuration that decided; `signature` hashes what was
    asked, called and answered, by which repeats are found across batches."""

    id: str
    trace_id: str
    decision: Decision
    reasons: tuple[str, ...] = ()
    findings: tuple[Finding, ...] = ()
    masked: tuple[tuple[int, int], ...] = ()
    rules: str = ""
    edits: tuple[Edit, ...] = ()
    redacted: dict[str, int] = {}
    signature: str = ""
