"""Every number the detectors decide by, one struct a detector; `configs/quality.yaml` overrides them.

Lengths are characters unless the name says otherwise, shares are 0 to 1, counts are occurrences.
"""

from __future__ import annotations

import pydantic


class _Limits(pydantic.BaseModel):
    """Base of the limits: unknown keys are errors."""

    model_config = pydantic.ConfigDict(frozen=True, extra="forbid")


class TruncationLimits(_Limits):
    """When a text counts as cut."""

    prose_words: int = 6  # a last line shorter than this is a label, not a sentence


class RepetitionLimits(_Limits):
    """How often the same thing may be said or done."""

    unit_repeats: int = 3  # the same sentence or line, one after another
    spread_repeats: int = 4  # the same long sentence, anywhere in one message
    spread_length: int = 40
    loop_repeats: int = 5  # a run of words or characters, back to back
    loop_length: int = 40  # characters such a run has to cover
    identical_calls: int = 3  # same call, same result, nothing changed in between
    cycles: int = 3  # rounds of a cycle of calls, or between agents
    repeated_turns: int = 3  # the same long text in several turns


class HallucinationLimits(_Limits):
    """What counts as an identifier that must have been seen before it is used."""

    identifier_digits: int = 3


class GroundingLimits(_Limits):
    """What a final answer may state without having seen it."""

    small_number: int = 20  # whole numbers up to this one are counts and ordinals
    derivable_numbers: int = 80  # arithmetic over observed numbers is tried up to this many
    ungrounded_values: int = 1  # findings below this many values only flag


class RewardHackingLimits(_Limits):
    """When hard-coded branches count as special-casing."""

    literal_branches: int = 3


class VerbosityLimits(_Limits):
    """How much of a trace tool payload may be."""

    payload_share: float = 0.97
    payload_length: int = 120_000  # the share matters only from this length on
    result_length: int = 100_000  # one result, shown in full
    opaque_length: int = 6_000  # an unbroken run of base64 or hex
    filler_length: int = 6_000  # a result this long that is one thing over and over
    filler_ratio: float = 0.05  # … compresses to this share or less


class ErrorLimits(_Limits):
    """How errors may be met."""

    identical_failures: int = 3


class LanguageLimits(_Limits):
    """When an answer is in the wrong language, or in two."""

    min_letters: int = 12
    foreign_share: float = 0.5  # of letters, for an answer in another script than the question
    mixed_run: int = 2  # characters of a foreign script, back to back


class DuplicateLimits(_Limits):
    """When two traces count as near duplicates."""

    similarity: float = 0.9
    bands: int = 8


class Limits(_Limits):
    """All limits, by detector."""

    truncation: TruncationLimits = TruncationLimits()
    repetition: RepetitionLimits = RepetitionLimits()
    hallucination: HallucinationLimits = HallucinationLimits()
    grounding: GroundingLimits = GroundingLimits()
    reward_hacking: RewardHackingLimits = RewardHackingLimits()
    verbosity: VerbosityLimits = VerbosityLimits()
    errors: ErrorLimits = ErrorLimits()
    language: LanguageLimits = LanguageLimits()
    duplicates: DuplicateLimits = DuplicateLimits()
