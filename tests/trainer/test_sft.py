"""Training on a tiny random Llama: the loss both ways, what is labelled, that it learns, and repeats."""

import json
import subprocess
import sys
import time
from pathlib import Path

import pytest
import torch
from conftest import conversation
from transformers import AutoModelForCausalLM, AutoTokenizer

from nex_assets.checkpoint import training_command
from nex_resources.trainer import SpecError, TrainSpec, read_manifest, read_spec, train, write_spec
from nex_resources.trainer.data import prepare, schedule
from nex_resources.trainer.loss import batch_loss, common_prefix, packed_loss, plain_loss
from nex_resources.trainer.sft import rate_at
from nex_resources.trainer.template import IGNORED, Template, encode


def spec_of(tiny: Path, samples: Path, out: Path, **changes) -> TrainSpec:
    values = {"learning_rate": 3e-3, "batch_size": 4, "threads": 2, "seed": 3} | changes
    return TrainSpec(samples=str(samples), base=str(tiny), out=str(out), **values)


@pytest.fixture(scope="session")
def parts(tiny):
    model = AutoModelForCausalLM.from_pretrained(tiny).train()
    return model, AutoTokenizer.from_pretrained(tiny)


def examples_of(tokenizer, count=6):
    spec = TrainSpec(samples="", base="", out="")
    return prepare([conversation(n) for n in range(count)], tokenizer, spec).examples


def test_labelled_tokens_decode_to_assistant_turns_with_their_stop_token(parts):
    _, tokenizer = parts
    template, talk = Template(), conversation(7)
    rendered = template.render(talk.messages, talk.tools, talk.train)
    example = encode(tokenizer, rendered.text, rendered.labelled)
    labelled = tokenizer.decode([label for label in example.labels if label != IGNORED])
    assert labelled == (
        '<tool_call>\n{"name": "retail__get_order", "arguments": {"order_id": "O4007"}}\n'
        "</tool_call><|im_end|>"
        "The status is pending.<|im_end|>"
    )
    assert tokenizer.decode(example.ids) == rendered.text


def test_every_prompt_is_a_prefix_of_what_was_trained_on(parts):
    _, tokenizer = parts
    template, talk = Template(), conversation(1)
    rendered = template.render(talk.messages, talk.tools)
    trained = encode(tokenizer, rendered.text, rendered.labelled).ids
    for turn in (2, 4):
        prompt = template.prompt(talk.messages[:turn], talk.tools)
        ids = tokenizer(prompt, add_special_tokens=False)["input_ids"]
        assert trained[: len(ids)] == ids


@pytest.mark.parametrize("count", [6, 1], ids=["shared prefix", "one row"])
def test_packing_changes_neither_loss_nor_gradients(parts, count):
    model, tokenizer = parts
    examples = examples_of(tokenizer, count)
    assert common_prefix(examples) > 16
    found = []
    for loss in (lambda: plain_loss(model, examples, 0), lambda: packed_loss(model, examples)):
        model.zero_grad()
        total, count = loss()
        (total / count).backward()
        gradients = torch.cat([p.grad.flatten() for p in model.parameters()])
        found.append((total.item(), count, gradients))
    (plain, n, g), (shared, m, h) = found
    assert n == m == sum(example.labelled for example in examples)
    assert shared == pytest.approx(plain, rel=1e-6)
    assert torch.allclose(g, h, atol=1e-6)


def test_long_rows_take_the_fused_kernel_to_the_same_end(parts, monkeypatch):
    model, tokenizer = parts
    examples = examples_of(tokenizer, 3)
    written, _ = packed_loss(model, examples)
    monkeypatch.setattr("nex_resources.trainer.packed.SHORT", 0)
    fused, _ = packed_loss(model, examples)
    assert fused.item() == pytest.approx(written.item(), rel=1e-6)


def test_the_loss_is_that_of_transformers(parts):
    model, tokenizer = parts
    (example,) = examples_of(tokenizer, 1)
    total, count = batch_loss(model, [example], 0)
    theirs = model(torch.tensor([example.ids]), labels=torch.tensor([example.labels])).loss
    assert float(total / count) == pytest.approx(float(theirs), rel=1e-5)


def test_the_common_prefix_ends_before_the_first_label(parts):
    _, tokenizer = parts
    example = examples_of(tokenizer, 1)[0]
    first = next(i for i, label in enumerate(example.labels) if label != IGNORED)
    assert common_prefix([example, example]) == first - 1


def test_an_epoch_takes_every_sample_once_and_the_order_follows_the_seed(parts):
    _, tokenizer = parts
    examples = examples_of(tokenizer, 11)
    one = TrainSpec(samples="", base="", out="", batch_size=3, epochs=2, seed=1)
    batches = schedule(examples, one)
    assert sorted(i for batch in batches for i in batch) == sorted([*range(11), *range(11)])
    assert batches == schedule(examples, one)
    assert batches != schedule(
        examples, TrainSpec(samples="", base="", out="", batch_size=3, epochs=2, seed=2)
    )


def test_training_learns_and_equal_seeds_give_equal_weights(tiny, samples, tmp_path):
    first, second = (train(spec_of(tiny, samples, tmp_path / n, epochs=8), lambda p: None) for n in "ab")
    assert first.losses[-1] < 0.5 * first.losses[0]
    assert first.weights_sha256 == second.weights_sha256
    assert first.id == second.id == read_manifest(tmp_path / "a").id
    other = train(spec_of(tiny, samples, tmp_path / "c", epochs=8, seed=4), lambda p: None)
    assert other.weights_sha256 != first.weights_sha256


def test_a_killed_run_goes_on_and_ends_with_the_same_weights(tiny, samples, tmp_path):
    whole = train(spec_of(tiny, samples, tmp_path / "whole", epochs=2), lambda p: None)

    class KilledError(Exception):
        pass

    def die(progress):
        if progress.step == 4:
            raise KilledError

    interrupted = spec_of(tiny, samples, tmp_path / "resumed", epochs=2, save_seconds=0.0)
    with pytest.raises(KilledError):
        train(interrupted, die)
    assert not (tmp_path / "resumed").exists()
    steps = []
    resumed = train(interrupted, lambda progress: steps.append(progress.step))
    assert steps[0] == 4, "three steps were kept before the kill at the fourth's report"
    assert resumed.losses == whole.losses
    assert resumed.weights_sha256 == whole.weights_sha256
    assert not (tmp_path / ".resumed.resume").exists()


def test_the_subprocess_reports_each_step_and_leaves_a_checkpoint(tiny, samples, tmp_path):
    write_spec(spec_of(tiny, samples, tmp_path / "out"), tmp_path / "spec.json")
    command = [sys.executable, "-m", "nex_resources.trainer", str(tmp_path / "spec.json")]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    lines = done.stdout.splitlines()
    assert [line.split("  ")[0] for line in lines[:3]] == ["step 1/3", "step 2/3", "step 3/3"]
    manifest = read_manifest(tmp_path / "out")
    assert lines[-1].startswith(f"checkpoint {manifest.id}")
    assert manifest.metrics["samples"] == 12
    AutoModelForCausalLM.from_pretrained(tmp_path / "out")


def test_a_time_limit_leaves_out_last_batches_and_says_so(tiny, samples, tmp_path):
    one = train(spec_of(tiny, samples, tmp_path / "out", epochs=40, max_seconds=1e-6), lambda p: None)
    assert (one.metrics["steps"], one.metrics["planned_steps"], len(one.losses)) == (1, 120, 1)
    slow_start = iter([0.0, 3.0])  # a first report that comes late must not cost steps that fit after all
    enough = train(
        spec_of(tiny, samples, tmp_path / "all", epochs=4, max_seconds=8.0),
        lambda p: time.sleep(next(slow_start, 0.0)),
    )
    assert enough.metrics["steps"] == enough.metrics["planned_steps"] == 12


def test_two_processes_share_each_batch_and_learn_what_one_learns(tiny, samples, tmp_path):
    manifests = []
    for processes in (1, 2):
        out, path = tmp_path / f"by {processes}", tmp_path / f"{processes}.json"
        # Batches of 5, 5 and 2: unequal shares, and float32, where only the order of sums differs.
        write_spec(spec_of(tiny, samples, out, batch_size=5, dtype="float32", threads=1), path)
        command = training_command(path, processes)
        done = subprocess.run(command, capture_output=True, text=True, timeout=300)
        assert done.returncode == 0, done.stderr[-2000:]
        assert done.stdout.count("step 1/3") == 1, "one process reports"
        manifests.append(read_manifest(out))
    one, two = manifests
    assert (one.metrics["processes"], two.metrics["processes"]) == (1, 2)
    assert two.losses == pytest.approx(one.losses, rel=1e-4)


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"epochs": 0}, "epochs: 0 has to be above 0"),
        ({"epoch": 1}, "unknown field `epoch`"),
        ({"batch_size": "8"}, "Expected `int`, got `str`"),
        ({"warmup": 1.0}, "warmup: 1.0 is a share"),
    ],
    ids=["zero", "unknown", "type", "range"],
)
def test_a_bad_spec_is_told_with_its_file_and_key(tmp_path, change, message):
    path = tmp_path / "spec.json"
    path.write_text(json.dumps({"samples": "s.jsonl", "base": "tiny", "out": "o"} | change))
    with pytest.raises(SpecError, match=message) as caught:
        read_spec(path)
    assert str(path) in str(caught.value)


def test_samples_cut_short_of_any_label_are_an_error_or_counted(parts):
    _, tokenizer = parts
    talks = [conversation(n) for n in range(4)]
    lengths = sorted(len(example.ids) for example in examples_of(tokenizer, 4))
    with pytest.raises(SpecError, match="none of 4 has a label within max_length 20"):
        prepare(talks, tokenizer, TrainSpec(samples="", base="", out="", max_length=20))
    some = prepare(talks, tokenizer, TrainSpec(samples="", base="", out="", max_length=lengths[0]))
    assert (some.cut, len(some.examples)) == (3, 4)


def test_the_rate_rises_and_falls():
    rates = [rate_at(step, 30, 0.1) for step in range(30)]
    assert max(rates) == rates[3] == 1.0
    assert rates[0] == pytest.approx(1 / 3)
    assert rates[-1] < 0.15
