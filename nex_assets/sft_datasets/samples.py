"""Samples from kept rollouts: one per trajectory, sub-agents' too, or one per turn where a format's
template is not prefix-stable. What a format cannot carry is left out and counted by reason."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Literal

import msgspec

from nex_assets.sft_datasets.masks import Mask, mask_of
from nex_resources.formats import FORMATS, NEXGAP, ChatFrame, Codec
from nex_resources.records import (
    Assessment,
    Message,
    Query,
    Sample,
    Thinking,
    ToolResult,
    Trace,
    Trajectory,
    edited,
)

Row = tuple[Trace, Assessment, Query]
Dialect = Literal["engine", "nexgap"]
_KEPT = frozenset({"keep", "keep_masked", "repair"})
_encoder = msgspec.json.Encoder()


class Limit(msgspec.Struct, frozen=True):
    """How long a sample may be. `size` counts what `measure` counts (characters by default). `drop` leaves
    longer samples out; `cut` keeps the turns that fit, up to the last one trained on."""

    size: int
    policy: Literal["drop", "cut"] = "drop"
    measure: Callable[[str], int] = len


class Report(msgspec.Struct):
    """What became of the rows of one format: counts, and what was left out by reason."""

    format: str
    rows: int = 0
    trajectories: int = 0
    samples: int = 0
    turns_trained: int = 0
    turns_masked: int = 0
    traces_edited: int = 0
    redacted: Counter[str] = msgspec.field(default_factory=Counter)
    characters: int = 0
    labelled_characters: int = 0
    not_kept: Counter[str] = msgspec.field(default_factory=Counter)
    unrepresentable: Counter[str] = msgspec.field(default_factory=Counter)
    trains_on_nothing: int = 0
    too_long: int = 0
    cut: int = 0
    signatures_dropped: int = 0

    @property
    def left_out(self) -> int:
        """Samples that were not written, for whatever reason."""
        return sum(self.unrepresentable.values()) + self.trains_on_nothing + self.too_long


def make_samples(
    rows: Iterable[Row],
    format: str,
    *,
    compact: bool = False,
    limit: Limit | None = None,
    domains: Mapping[str, str] | None = None,
    patterns: Mapping[str, str] | None = None,
    frame: ChatFrame | None = None,
    dialect: Dialect = "engine",
) -> tuple[list[Sample], Report]:
    """Render `rows` in `format`; see `iter_samples`, which this collects."""
    report = Report(format)
    samples = list(
        iter_samples(
            rows,
            report,
            compact=compact,
            limit=limit,
            domains=domains,
            patterns=patterns,
            frame=frame,
            dialect=dialect,
        )
    )
    return samples, report


def iter_samples(
    rows: Iterable[Row],
    report: Report,
    *,
    compact: bool = False,
    limit: Limit | None = None,
    domains: Mapping[str, str] | None = None,
    patterns: Mapping[str, str] | None = None,
    frame: ChatFrame | None = None,
    dialect: Dialect = "engine",
) -> Iterator[Sample]:
    """Yield the samples of `rows` in `report.format` and count into `report`; memory stays flat.

    `domains` maps leaf ids to domains, `patterns` framework ids to patterns. `dialect`
    is `nexgap` only to match that released data; engines do not parse it. Rows whose verdict is not
    to keep give nothing. Raises ValueError where the format is unknown.
    """
    maker = _Maker(report, compact, limit, domains or {}, patterns or {}, frame or ChatFrame(), dialect)
    for trace, assessment, query in rows:
        report.rows += 1
        if assessment.decision not in _KEPT:
            report.not_kept[assessment.decision] += 1
            continue
        report.traces_edited += bool(assessment.edits)
        report.redacted.update(assessment.redacted)
        trace = edited(trace, assessment.edits)
        for index, trajectory in enumerate(trace.trajectories):
            report.trajectories += 1
            yield from maker.samples(trace, assessment, query, index, trajectory)


class _Maker:
    def __init__(
        self,
        report: Report,
        compact: bool,
        limit: Limit | None,
        domains: Mapping[str, str],
        patterns: Mapping[str, str],
        frame: ChatFrame,
        dialect: Dialect,
    ):
        if report.format not in FORMATS:
            raise ValueError(f"unknown format {report.format!r}; known are {', '.join(sorted(FORMATS))}")
        dialects = NEXGAP if dialect == "nexgap" else FORMATS
        self.codec: Codec = dialects.get(report.format, FORMATS[report.format])
        self.report, self.compact, self.limit = report, compact, limit
        self.domains, self.patterns, self.frame = domains, patterns, frame

    def samples(
        self, trace: Trace, assessment: Assessment, query: Query, index: int, trajectory: Trajectory
    ) -> Iterator[Sample]:
        messages = self._plain(trajectory.messages)
        mask = mask_of(messages, index, assessment)
        trained = sum(mask.train)
        self.report.turns_trained += trained
        self.report.turns_masked += mask.why.count("quality")
        if not trained:
            self.report.trains_on_nothing += 1
            return
        base = Sample(
            id="",
            trace_id=trace.id,
            assessment_id=assessment.id,
            query_id=query.id,
            framework_id=trace.framework_id,
            leaf_id=query.leaf_id,
            format=self.report.format,
            agent=trajectory.agent,
            messages="",
            tools=_encoder.encode(trajectory.tools).decode(),
            text="",
            train=(),
            split=query.split,
            difficulty=query.difficulty.level,
            domain=self.domains.get(query.leaf_id, ""),
            pattern=self.patterns.get(trace.framework_id, ""),
            trajectory=index,
        )
        for turn, part in self._rows(messages, mask):
            sample = self._render(base, trajectory, messages[: len(part.train)], part, turn)
            if sample is not None:
                yield sample

    def _rows(self, messages: tuple[Message, ...], mask: Mask) -> Iterator[tuple[int, Mask]]:
        if self.frame.prefix_stable(messages, self.codec):
            yield -1, mask
            return
        for index, train in enumerate(mask.train):
            if train:
                yield index, mask.only(index)

    def _render(
        self, base: Sample, trajectory: Trajectory, messages: tuple[Message, ...], mask: Mask, turn: int
    ) -> Sample | None:
        report = self.report
        rendered = self.frame.render(messages, trajectory.tools, self.codec, mask.train, self.compact)
        if rendered.reason:
            report.unrepresentable[rendered.reason.partition(":")[0]] += 1
            return None
        if self.limit and self.limit.measure(rendered.text) > self.limit.size:
            shorter = self._cut(trajectory, messages, mask) if self.limit.policy == "cut" else None
            if shorter is None:
                report.too_long += 1
                return None
            report.cut += 1
            return self._render(
                base, trajectory, messages[:shorter], Mask(mask[0][:shorter], mask[1][:shorter]), turn
            )
        report.samples += 1
        report.characters += len(rendered.text)
        report.labelled_characters += sum(stop - start for start, stop in rendered.labelled)
        return msgspec.structs.replace(
            base,
            id=_sample_id(base, trajectory, turn, self.compact),
            messages=_encoder.encode(messages).decode(),
            text=rendered.text,
            train=mask.train,
            labelled=rendered.labelled,
            mask_why=mask.why,
            turn=turn,
        )

    def _cut(self, trajectory: Trajectory, messages: tuple[Message, ...], mask: Mask) -> int | None:
        """Return how many messages fit, counted up to the last of them that is trained on; None if none."""
        assert self.limit is not None
        ends = [index + 1 for index, train in enumerate(mask.train) if train and index + 1 < len(messages)]
        low, high = 0, len(ends)
        while low < high:
            middle = (low + high) // 2
            end = ends[middle]
            text = self.frame.render(messages[:end], trajectory.tools, self.codec, None, self.compact).text
            if self.limit.measure(text) <= self.limit.size:
                low = middle + 1
            else:
                high = middle
        return ends[low - 1] if low else None

    def _plain(self, messages: tuple[Message, ...]) -> tuple[Message, ...]:
        """Drop what belongs to a run or a provider and not to a conversation: how long calls took, so that
        equal runs give equal samples, and thinking signatures, unless the format has a place for them."""
        messages = tuple(_timeless(message) if message.results else message for message in messages)
        if self.report.format == "anthropic" or not any(_signed(message) for message in messages):
            return messages
        self.report.signatures_dropped += sum(map(_signed, messages))
        return tuple(_unsigned(message) if _signed(message) else message for message in messages)


_UNTIMED = ToolResult("", "").seconds  # the default itself, which JSON leaves out


def _timeless(message: Message) -> Message:
    results = tuple(msgspec.structs.replace(result, seconds=_UNTIMED) for result in message.results)
    return msgspec.structs.replace(message, results=results)


def _signed(message: Message) -> bool:
    thinking = message.thinking
    return len(thinking) > 1 or any(block.signature or block.redacted for block in thinking)


def _unsigned(message: Message) -> Message:
    text = "\n\n".join(block.text for block in message.thinking if block.redacted is None)
    return msgspec.structs.replace(message, thinking=(Thinking(text),) if text else ())


def _sample_id(base: Sample, trajectory: Trajectory, turn: int, compact: bool) -> str:
    key = "\0".join(
        (base.trace_id, trajectory.span, str(base.trajectory), base.format, str(turn), str(compact))
    )
    return f"sample_{hashlib.blake2b(key.encode(), digest_size=8).hexdigest()}"
