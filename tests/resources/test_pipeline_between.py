"""Running a part of the lineage."""

from nex_resources.pipeline import STAGES, between, steps
from nex_resources.profile import load_profile


def test_a_change_of_rules_runs_verdicts_and_datasets_only() -> None:
    profile = load_profile()
    chosen = between(steps(profile), "filtered_traces", "sft_datasets")
    assert {step.select for step in chosen} == {"filtered_traces", "sft_datasets"}
    assert [s.partitions for s in chosen if s.select == "filtered_traces"] == profile.batches()
    assert chosen[0].title == f"filtered_traces [{profile.batches()[0]}]"


def test_by_default_everything_runs() -> None:
    every = steps(load_profile())
    assert between(every, STAGES[0], STAGES[-1]) == every
