"""Calibrate from the command line: `python -m nex_assets.filtered_traces`.

Reads `configs/quality.yaml`, measures every kind on specimens (and none of your rollouts), writes
`configs/quality_calibration.json` and prints the table.
"""

# ruff: noqa: E501 (wordings and scripts are easier to read unbroken)

from __future__ import annotations

import argparse
from pathlib import Path

from nex_assets.filtered_traces.calibration import calibrate
from nex_assets.filtered_traces.drawing import confusion_svg
from nex_assets.filtered_traces.rules import Rules, load_rules
from nex_assets.filtered_traces.table import calibration_table


def main() -> None:
    """Measure, store and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rules", type=Path, default=Path("configs/quality.yaml"))
    parser.add_argument("--out", type=Path, default=Path("configs/quality_calibration.json"))
    parser.add_argument("--svg", type=Path, help="where to draw the confusion matrix")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--per-kind", type=int, default=40, help="mutants a kind, half and strength")
    parser.add_argument("--negatives", type=int, default=2_400)
    parser.add_argument("--tune", action="store_true", help="try other limits on the train half and say so")
    options = parser.parse_args()
    config = load_rules(options.rules).config
    report = calibrate(
        config, seed=options.seed, per_kind=options.per_kind, negatives=options.negatives, tuned=options.tune
    )
    report.calibration.save(options.out)
    if options.svg:
        options.svg.write_text(confusion_svg(report.calibration.matrix), encoding="utf-8")
    print(calibration_table(report.calibration, Rules(report.config, report.calibration)))
    for detector in type(config.limits).model_fields:
        old, new = getattr(config.limits, detector), getattr(report.config.limits, detector)
        for name in type(old).model_fields:
            if getattr(old, name) != getattr(new, name):
                print(
                    f"limits.{detector}.{name}: {getattr(old, name)} → {getattr(new, name)}; put it into {options.rules}"
                )


if __name__ == "__main__":
    main()
