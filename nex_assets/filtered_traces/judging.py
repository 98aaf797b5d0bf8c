"""Measure a judge on the detectors' own labels: `python -m nex_assets.filtered_traces.judging --model MODEL`.

Needs a key (`OPENAI_API_KEY`, `ANTHROPIC_API_KEY`, or `--base-url` of a server of your own). Prints recall
and precision with their intervals and what a verdict cost, and stores the counts of `judged_poor` beside the
detectors' in `configs/quality_calibration.json`, so that the bar holds for the judge as well.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import sys
from collections.abc import Sequence
from pathlib import Path

import msgspec

from nex_assets.filtered_traces.judge import Judge, measure_judge
from nex_assets.filtered_traces.labelled import CLEAN, NEGATIVE, Labelled, mutated, unharmed
from nex_assets.filtered_traces.measured import Calibration, Measured
from nex_assets.filtered_traces.negatives import hard_negatives
from nex_assets.filtered_traces.rules import limits_id, load_rules
from nex_assets.filtered_traces.specimens import good
from nex_resources.llm.base import LLM
from nex_resources.llm.teacher import MissingKeyError, make_client
from nex_resources.profile import CONFIGS, Teacher
from nex_resources.records import Usage


def labels(seed: int, each: int) -> list[Labelled]:
    """Return labelled traces of the test half: `each` mutants a kind, and as many sound ones in all, half of
    them hard negatives."""
    base = list(good(seed, 400))
    bad = [one for one in mutated(base, seed, each) if one.half == "test" and one.strength == 2]
    clean = [one for one in unharmed(base, CLEAN, seed) if one.half == "test"]
    hard = [one for one in unharmed(hard_negatives(seed, 600), NEGATIVE, seed) if one.half == "test"]
    half = (len(bad) + 1) // 2
    return [*bad, *clean[:half], *hard[:half]]


def told(measured: Measured, usage: Usage, verdicts: int) -> str:
    """Say in two lines what was measured and what it cost."""
    (low, high), (least, most) = measured.recall_interval, measured.precision_interval
    cost = usage.cost_usd / verdicts if verdicts else 0.0
    return (
        f"judged_poor: recall {measured.recall:.3f} ({low:.3f} to {high:.3f}), "
        f"precision {measured.precision:.3f} ({least:.3f} to {most:.3f})\n"
        f"{verdicts} verdicts, {usage.input_tokens:,} tokens in, "
        f"{usage.output_tokens:,} out, ${cost:.4f} a verdict"
    )


async def _measure(llm: LLM, votes: int, shown: Sequence[Labelled]) -> tuple[Measured, Usage, int]:
    try:
        return await measure_judge(Judge(llm, votes=votes), shown)
    finally:
        await llm.close()


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure, store, print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--provider", choices=("openai", "openai_responses", "anthropic"), default="openai")
    parser.add_argument("--model", required=True)
    parser.add_argument("--base-url", default="", help="a server of your own; needs no key")
    parser.add_argument("--votes", type=int, default=4)
    parser.add_argument("--each", type=int, default=1, help="mutants a kind")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--calibration", type=Path, default=CONFIGS / "quality_calibration.json")
    options = parser.parse_args(arguments)
    teacher = Teacher(provider=options.provider, model=options.model, base_url=options.base_url)
    try:
        llm = make_client(teacher, os.environ)
    except MissingKeyError as error:
        print(f"error: {error}", file=sys.stderr)
        return 2
    shown = labels(options.seed, options.each)
    measured, usage, verdicts = asyncio.run(_measure(llm, options.votes, shown))
    limits = load_rules(CONFIGS / "quality.yaml").limits
    measured = msgspec.structs.replace(measured, limits=limits_id(limits, "judged_poor"))
    stored = Calibration.load(options.calibration)
    kinds = {**stored.kinds, "judged_poor": measured}
    msgspec.structs.replace(stored, kinds=kinds).save(options.calibration)
    print(told(measured, usage, verdicts))
    return 0


if __name__ == "__main__":
    sys.exit(main())
