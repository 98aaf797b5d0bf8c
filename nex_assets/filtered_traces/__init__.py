"""Quality assessment: rule detectors, the verdict over their findings, and what calibration says of them.

A detector is a file with `detect(trace, context) -> list[Finding]`; `registry.py` lists them, `kinds.py`
names every kind of defect, `limits.py` every number they decide by. `verdict.py` turns findings into
keep / keep_masked / repair / quarantine by the `Rules` of `configs/quality.yaml`; `duplicates.py` looks
across traces, `judge.py` asks a model. `mutators/` and `negatives/` make the labelled data with which
`calibration.py` measures each kind.
"""

from nex_assets.filtered_traces.batch import assess_all, verified
from nex_assets.filtered_traces.context import Context
from nex_assets.filtered_traces.kinds import ACTIONS, KINDS, Kind
from nex_assets.filtered_traces.limits import Limits
from nex_assets.filtered_traces.measured import Calibration, Measured, wilson
from nex_assets.filtered_traces.registry import DETECTORS, findings
from nex_assets.filtered_traces.rules import QualityConfig, Rules, load_rules
from nex_assets.filtered_traces.verdict import assess, decide

__all__ = [
    "ACTIONS",
    "DETECTORS",
    "KINDS",
    "Calibration",
    "Context",
    "Kind",
    "Limits",
    "Measured",
    "QualityConfig",
    "Rules",
    "assess",
    "assess_all",
    "decide",
    "findings",
    "load_rules",
    "verified",
    "wilson",
]
