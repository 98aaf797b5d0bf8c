"""What carries over to defects that were phrased apart from the mutators."""

from __future__ import annotations

import handwritten
import handwritten_later
import pytest

from nex_assets.filtered_traces import assess
from nex_resources.records import Trace

SETS = (handwritten, handwritten_later)
CASES = [(kind, trace) for one in SETS for kind, traces in one.DEFECTS.items() for trace in traces]
SOUND = [trace for one in SETS for trace in one.SOUND]


@pytest.mark.parametrize(("kind", "trace"), CASES, ids=[f"{kind}-{i}" for i, (kind, _) in enumerate(CASES)])
def test_found(kind: str, trace: Trace) -> None:
    assert kind in {one.kind for one in assess(trace).findings if one.severity != "info"}


@pytest.mark.parametrize("trace", SOUND, ids=[trace.root.messages[1].text[:30] for trace in SOUND])
def test_sound_traces_are_not_quarantined(trace: Trace) -> None:
    assessment = assess(trace)
    assert assessment.decision in ("keep", "keep_masked"), assessment.findings
