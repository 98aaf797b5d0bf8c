"""The rules: limits, what each kind of defect leads to, and the bar a detector has to clear to drop.

`configs/quality.yaml` holds them; `configs/quality_calibration.json` holds what was measured. A kind whose
measured precision or recall lies below the bar, or whose limits changed since it was measured, may flag
but not drop: `Rules.action` enforces it.
"""

from __future__ import annotations

from functools import cached_property
from pathlib import Path

import pydantic

from nex_assets.filtered_traces.kinds import KINDS, Action
from nex_assets.filtered_traces.limits import Limits
from nex_assets.filtered_traces.measured import Calibration
from nex_resources.config import ConfigError, load_yaml, nearest
from nex_resources.records import content_id


class Bar(pydantic.BaseModel):
    """What a kind has to reach on the test half before its findings may drop a trace."""

    model_config = pydantic.ConfigDict(frozen=True, extra="forbid")

    recall: float = pydantic.Field(default=0.95, ge=0, le=1)
    precision: float = pydantic.Field(default=0.97, ge=0, le=1)


class Yield(pydantic.BaseModel):
    """The band in which the share of kept traces has to lie: below it something is broken upstream, above it
    the filters may be."""

    model_config = pydantic.ConfigDict(frozen=True, extra="forbid")

    low: float = pydantic.Field(default=0.5, ge=0, le=1)
    high: float = pydantic.Field(default=1.0, ge=0, le=1)


class QualityConfig(pydantic.BaseModel):
    """`configs/quality.yaml`. `actions` overrides kinds' defaults; `allowed_sources` lists, for `secret` and
    `personal_data`, the servers whose results are synthetic data; `max_masked_share` is of a trajectory's
    turns, above which masking gives way to quarantine."""

    model_config = pydantic.ConfigDict(frozen=True, extra="forbid")

    version: int = pydantic.Field(default=1, ge=1, le=1)
    bar: Bar = Bar()
    kept_share: Yield = Yield()
    max_masked_share: float = pydantic.Field(default=0.5, ge=0, le=1)
    actions: dict[str, Action] = {}
    allowed_sources: dict[str, tuple[str, ...]] = {}
    limits: Limits = Limits()


class Rules:
    """A configuration together with the calibration that licenses it. Without a calibration (None) every
    kind is taken at its configured action: for tests and for the calibration run itself."""

    def __init__(self, config: QualityConfig | None = None, calibration: Calibration | None = None):
        self.config = config or QualityConfig()
        self.calibration = calibration
        self.limits = self.config.limits
        self._actions = {name: self._effective(name) for name in KINDS}

    def action(self, kind: str) -> Action:
        """Return what a finding of `kind` leads to, after calibration had its say."""
        return self._actions[kind]

    def configured(self, kind: str) -> Action:
        return self.config.actions.get(kind, KINDS[kind].action)

    def _effective(self, kind: str) -> Action:
        action = self.configured(kind)
        if action in ("flag", "off") or self.calibration is None:
            return action
        return "flag" if self.why_demoted(kind) else action

    def why_demoted(self, kind: str) -> str:
        """Say why `kind` may not drop, or return an empty string."""
        if self.calibration is None:
            return ""
        measured = self.calibration.kinds.get(kind)
        if measured is None:
            return "never calibrated"
        if measured.limits != limits_id(self.limits, kind):
            return "its limits changed since it was calibrated"
        bar = self.config.bar
        if measured.recall < bar.recall:
            return f"recall {measured.recall:.3f} is below {bar.recall}"
        if measured.precision < bar.precision:
            return f"precision {measured.precision:.3f} is below {bar.precision}"
        return ""

    @cached_property
    def id(self) -> str:
        """Hash of everything that decides."""
        return content_id(
            "rules", [self.config.model_dump(mode="json", exclude={"bar", "kept_share"}), self._actions]
        )


def limits_id(limits: Limits, kind: str) -> str:
    """Hash of the limits that `kind`'s detector decides by."""
    own = getattr(limits, KINDS[kind].detector, None)
    return content_id("limits", {} if own is None else own.model_dump(mode="json"))


def load_rules(path: Path, calibration: Path | None = None) -> Rules:
    """Read the rules, and the stored calibration that licenses them. Raises `ConfigError`, which names
    file, key path and what is allowed."""
    config = load_yaml(path, QualityConfig)
    for section, names in (("actions", config.actions), ("allowed_sources", config.allowed_sources)):
        allowed = tuple(KINDS) if section == "actions" else ("secret", "personal_data")
        for name in names:
            if name not in allowed:
                raise ConfigError(
                    path, f"{section}.{name}", "no such kind of defect", allowed, nearest(name, allowed)
                )
    return Rules(config, Calibration.load(calibration) if calibration is not None else None)
