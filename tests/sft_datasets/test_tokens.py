"""Token masks, and that another trainer's labels equal ours."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from rollouts import query, rollout, verdict

from nex_assets.sft_datasets import make_samples
from nex_assets.sft_datasets.export import export
from nex_assets.sft_datasets.tokens import IGNORED, token_mask, tokenize, tokenize_text
from nex_resources.records import Sample

END = "<|im_end|>"


def samples() -> list[Sample]:
    return make_samples([(rollout(n), verdict(n, (0, 4)), query(n)) for n in range(4)], "hermes")[0]


def tokenizer_of(made: list[Sample]) -> Any:
    """A byte-level tokenizer trained on the samples themselves."""
    tokenizers = pytest.importorskip("tokenizers")
    transformers = pytest.importorskip("transformers")
    inner = tokenizers.ByteLevelBPETokenizer()
    inner.train_from_iterator(
        [sample.text for sample in made],
        vocab_size=400,
        special_tokens=["<|im_start|>", END, "<|pad|>"],
        show_progress=False,
    )
    return transformers.PreTrainedTokenizerFast(
        tokenizer_object=inner._tokenizer, eos_token=END, pad_token="<|pad|>"
    )


@pytest.mark.parametrize(
    ("labelled", "expected"),
    [
        (((2, 4),), [False, True, False, False]),
        (((0, 6),), [True, True, True, False]),
        (((1, 3),), [False, False, False, False]),
        (((0, 2), (4, 6)), [True, False, True, False]),
        ((), [False, False, False, False]),
    ],
    ids=["one", "all", "within-tokens", "two", "none"],
)
def test_tokens_are_covered_whole_or_not(labelled: tuple[tuple[int, int], ...], expected: list[bool]) -> None:
    assert token_mask(labelled, [(0, 2), (2, 4), (4, 6), (6, 6)]) == expected


@pytest.mark.slow
def test_labelled_tokens_decode_to_the_labelled_text() -> None:
    made = samples()
    tokenizer = tokenizer_of(made)
    for sample in made:
        row = tokenize(sample, tokenizer)
        said = tokenizer.decode([token for token in row["labels"] if token != IGNORED])
        assert said == "".join(sample.text[start:stop] for start, stop in sample.labelled)
        assert said.count(END) == sum(sample.train)


@pytest.mark.slow
def test_trl_trains_two_steps_on_the_exported_folder(tmp_path: Path) -> None:
    """Needs `make setup-datasets`."""
    datasets, trl = pytest.importorskip("datasets"), pytest.importorskip("trl")
    transformers = pytest.importorskip("transformers")
    made = samples()
    tokenizer = tokenizer_of(made)
    export(made, tmp_path / "out", "demo")
    loaded = datasets.load_dataset(
        str(tmp_path / "out"), split="train", cache_dir=str(tmp_path / "cache"), keep_in_memory=True
    )
    given = loaded.map(
        lambda row: tokenize_text(row["text"], row["labelled"], tokenizer),
        remove_columns=loaded.column_names,
    ).remove_columns(["assistant_masks"])
    by_id = {sample.id: tokenize(sample, tokenizer) for sample in made}
    rows = [by_id[key] for key in loaded["id"]]
    config = transformers.LlamaConfig(
        vocab_size=len(tokenizer),
        hidden_size=32,
        intermediate_size=64,
        num_hidden_layers=1,
        num_attention_heads=2,
    )
    settings = trl.SFTConfig(
        output_dir=str(tmp_path),
        max_steps=2,
        per_device_train_batch_size=2,
        max_length=None,
        report_to=[],
        use_cpu=True,
        bf16=False,
        save_strategy="no",
        dataset_kwargs={"skip_prepare_dataset": True},
    )
    trainer = trl.SFTTrainer(
        model=transformers.LlamaForCausalLM(config),
        args=settings,
        train_dataset=given,
        processing_class=tokenizer,
    )
    batch = trainer.data_collator([trainer.train_dataset[n] for n in range(len(rows))])
    for row, labels in zip(rows, batch["labels"].tolist(), strict=True):
        assert labels[: len(row["labels"])] == row["labels"]
        assert set(labels[len(row["labels"]) :]) <= {IGNORED}
    assert trainer.train().global_step == 2
