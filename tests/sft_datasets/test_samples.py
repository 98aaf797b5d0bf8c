"""Samples: labelled text is assistant turns and nothing else, and it decodes to the trace."""

from __future__ import annotations

import msgspec
import pytest
from rollouts import query, rollout, verdict

from nex_assets.sft_datasets import Limit, iter_samples, make_samples, mask_of
from nex_assets.sft_datasets.samples import Report
from nex_resources.formats import FORMATS
from nex_resources.records import Edit, Message, ToolSpec, Trace

ALL = sorted(FORMATS)
every_format = pytest.mark.parametrize("name", ALL, ids=ALL)
END = "<|im_end|>"


def said(trace: Trace, trajectory: int) -> list[Message]:
    return [message for message in trace.trajectories[trajectory].messages if message.role == "assistant"]


def content(message: Message) -> object:
    return message.text, [(call.name, call.arguments) for call in message.calls]


@every_format
@pytest.mark.parametrize("compact", [False, True], ids=["full", "compact"])
def test_labelled_ranges_decode_to_the_assistant_turns(name: str, compact: bool) -> None:
    trace = rollout()
    samples, report = make_samples([(trace, verdict(), query())], name, compact=compact)
    assert [sample.agent for sample in samples] == ["clerk", "clerk/helper"]
    assert report.samples == 2
    for index, sample in enumerate(samples):
        tools = msgspec.json.decode(sample.tools, type=tuple[ToolSpec, ...])
        pieces = [sample.text[start:stop] for start, stop in sample.labelled]
        assert all(piece.endswith(END) and piece.count(END) == 1 for piece in pieces)
        turns = [FORMATS[name].decode(piece.removesuffix(END), tools) for piece in pieces]
        assert list(map(content, turns)) == list(map(content, said(trace, index)))
        assert all(sample.text[:start].endswith("<|im_start|>assistant\n") for start, _ in sample.labelled)
        back = msgspec.json.decode(sample.messages, type=tuple[Message, ...])
        assert back == trace.trajectories[index].messages


@every_format
def test_nothing_outside_the_ranges_is_an_assistant_turn(name: str) -> None:
    samples, _ = make_samples([(rollout(), verdict(), query())], name)
    text, position, outside = samples[0].text, 0, ""
    for start, stop in samples[0].labelled:
        outside += text[position:start] + "\0"
        position = stop
    outside += text[position:]
    assert "assistant\n\0" in outside
    assert "The order is paid." not in outside
    assert "not found" in outside


def test_masked_turns_stay_in_the_context_unlabelled() -> None:
    whole, _ = make_samples([(rollout(), verdict(), query())], "hermes")
    masked, report = make_samples(
        [(rollout(), verdict(0, (0, 4), decision="keep_masked"), query())], "hermes"
    )
    assert masked[0].text == whole[0].text
    assert set(whole[0].labelled) - set(masked[0].labelled) == {whole[0].labelled[1]}
    assert masked[0].mask_why[4] == "quality"
    assert not masked[0].train[4]
    assert report.turns_masked == 1


def test_mask_gives_a_reason_for_every_message() -> None:
    messages = rollout().root.messages
    mask = mask_of(messages, 0, verdict(0, (0, 2), (1, 6)))
    assert mask.why == (
        "role:system",
        "role:user",
        "quality",
        "role:tool",
        "",
        "role:tool",
        "",
        "role:tool",
        "",
    )
    assert mask.train == tuple(not why for why in mask.why)


def test_quarantined_rollouts_give_no_samples() -> None:
    samples, report = make_samples([(rollout(), verdict(decision="quarantine"), query())], "glm")
    assert samples == []
    assert report.not_kept == {"quarantine": 1}


def test_repairs_and_redactions_are_applied_and_counted() -> None:
    trace = rollout()
    asked = trace.root.messages[1].text
    edit = Edit("/trajectories/0/messages/1/text", 0, len(asked), "Mail [email 1].")
    assessment = msgspec.structs.replace(verdict(decision="repair"), edits=(edit,), redacted={"email": 1})
    samples, report = make_samples([(trace, assessment, query())], "glm")
    assert samples
    assert asked not in samples[0].text
    assert asked not in samples[0].messages
    assert "Mail [email 1]." in samples[0].text
    assert (report.traces_edited, report.redacted) == (1, {"email": 1})


def test_an_edit_for_another_trace_is_an_error() -> None:
    assessment = msgspec.structs.replace(verdict(decision="repair"), edits=(Edit("/answer/x", 0, 1, ""),))
    with pytest.raises(ValueError, match="has nothing at /answer/x"):
        make_samples([(rollout(), assessment, query())], "glm")


def test_what_a_format_cannot_carry_is_left_out_and_counted() -> None:
    rows = [(rollout(0, "a </parameter> b"), verdict(), query()), (rollout(1), verdict(1), query(1))]
    samples, report = make_samples(rows, "qwen_xml")
    assert [(sample.trace_id, sample.agent) for sample in samples] == [
        ("trace_0", "clerk/helper"),
        ("trace_1", "clerk"),
        ("trace_1", "clerk/helper"),
    ]
    assert report.unrepresentable == {"closing tag in value": 1}
    assert report.trajectories == report.samples + report.left_out


def test_frame_tokens_in_a_message_are_not_written() -> None:
    samples, report = make_samples([(rollout(0), verdict(), query())], "openai")
    assert len(samples) == 2
    broken = msgspec.structs.replace(
        rollout(0).root, messages=(Message("user", "<|im_end|>"), Message("assistant", "x"))
    )
    trace = msgspec.structs.replace(rollout(0), trajectories=(broken,))
    samples, report = make_samples([(trace, verdict(), query())], "openai")
    assert samples == []
    assert report.unrepresentable == {"reserved token in text": 1}


def test_trajectories_that_train_on_nothing_are_counted() -> None:
    places = [(0, index) for index in (2, 4, 6, 8)]
    samples, report = make_samples([(rollout(), verdict(0, *places), query())], "minimax")
    assert [sample.agent for sample in samples] == ["clerk/helper"]
    assert report.trains_on_nothing == 1


def test_prefix_unstable_templates_give_one_row_per_turn() -> None:
    trace = rollout(later=True, thinking=True)
    samples, _ = make_samples([(trace, verdict(), query())], "hermes")
    rows = [sample for sample in samples if sample.agent == "clerk"]
    assert [row.turn for row in rows] == [2, 4, 6, 8, 10]
    assert all(len(row.labelled) == 1 and sum(row.train) == 1 for row in rows)
    assert "I need the order." in rows[0].text
    assert rows[-1].text.count("I need the order.") == 1  # the earlier one is dropped, as templates do
    assert len({row.id for row in rows}) == len(rows)
    whole, _ = make_samples([(trace, verdict(), query())], "nexau_xml")
    assert [sample.turn for sample in whole] == [-1, -1]


@every_format
def test_histories_are_prefixes_where_the_template_is_stable(name: str) -> None:
    from nex_resources.formats import ChatFrame

    trace, frame, codec = rollout(later=True), ChatFrame(), FORMATS[name]
    messages, tools = trace.root.messages, trace.root.tools
    assert frame.prefix_stable(messages, codec)
    whole = frame.render(messages, tools, codec).text
    for index, message in enumerate(messages):
        if message.role == "assistant":
            assert whole.startswith(
                frame.render(messages[:index], tools, codec, add_generation_prompt=True).text
            )


@pytest.mark.parametrize("policy", ["drop", "cut"])
def test_truncation_is_explicit(policy: str) -> None:
    row = (rollout(), verdict(), query())
    whole = make_samples([row], "deepseek")[0][0]
    size = whole.labelled[1][1] + 40
    limit = Limit(size, policy)  # type: ignore[arg-type]
    samples, report = make_samples([row], "deepseek", limit=limit)
    roots = [sample for sample in samples if sample.agent == "clerk"]
    if policy == "drop":
        assert roots == []
        assert report.too_long == 1
    else:
        assert report.cut == 1
        assert roots[0].labelled == whole.labelled[:2]
        assert len(roots[0].text) <= size
        assert roots[0].text.rstrip().endswith(END)


def test_nothing_fits_is_counted_too() -> None:
    samples, report = make_samples([(rollout(), verdict(), query())], "hermes", limit=Limit(10, "cut"))
    assert samples == []
    assert report.too_long == 2


def test_provider_signatures_are_dropped_and_counted() -> None:
    from nex_resources.records import Thinking

    signed = Message("assistant", "Yes.", (Thinking("Why", signature="xyz"), Thinking(redacted="abc")))
    trajectory = msgspec.structs.replace(rollout().root, messages=(Message("user", "Sure?"), signed))
    trace = msgspec.structs.replace(rollout(), trajectories=(trajectory,))
    samples, report = make_samples([(trace, verdict(), query())], "hermes")
    assert report.signatures_dropped == 1
    assert "xyz" not in samples[0].messages
    assert "Why" in samples[0].text


def test_equal_runs_give_equal_samples_however_long_their_calls_took() -> None:
    def timed(trace: Trace, seconds: float) -> Trace:
        return msgspec.json.decode(
            msgspec.json.encode(trace).replace(b'"call_id"', b'"seconds":%f,"call_id"' % seconds), type=Trace
        )

    slow, fast = (make_samples([(timed(rollout(), s), verdict(), query())], "glm")[0] for s in (2.5, 0.1))
    assert slow == fast
    assert "seconds" not in slow[0].messages


def test_lineage_labels_and_ids() -> None:
    rows = [(rollout(), verdict(), query(level=4, split="seen"))]
    first, _ = make_samples(rows, "glm", domains={"leaf_0": "retail"}, patterns={"framework_0": "plan"})
    again = list(
        iter_samples(rows, Report("glm"), domains={"leaf_0": "retail"}, patterns={"framework_0": "plan"})
    )
    assert first == again
    row = first[0]
    assert (row.query_id, row.assessment_id, row.leaf_id) == ("query_0", "assessment_0", "leaf_0")
    assert (row.domain, row.pattern, row.difficulty, row.split) == ("retail", "plan", 4, "seen")
    assert len({sample.id for sample in first}) == 2


def test_unknown_formats_are_named() -> None:
    with pytest.raises(ValueError, match=r"unknown format 'qwen'; known are .*qwen_xml"):
        make_samples([], "qwen")
