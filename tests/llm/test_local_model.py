"""The local model: the same tokens as transformers, whatever runs beside them, and turns read back."""

import asyncio

import pytest
import torch
from transformers import AutoModelForCausalLM, AutoTokenizer

from nex_resources.llm import LLMError
from nex_resources.llm.batcher import Batcher, Request
from nex_resources.llm.ragged import Llama, Segment, Slot
from nex_resources.llm.transformers import LocalModel, read_turn
from nex_resources.records import ToolCall, ToolSpec, assistant, system, user
from nex_resources.trainer import Template
from nex_resources.trainer.tiny import make_tiny

TOOLS = [ToolSpec("retail__get_order", "Show an order.")]


@pytest.fixture(scope="module")
def tiny(tmp_path_factory):
    folder = tmp_path_factory.mktemp("tiny")
    make_tiny(folder)
    return folder


@pytest.fixture
def reference(tiny):
    return AutoModelForCausalLM.from_pretrained(tiny).eval()


def engine(tiny):
    return Llama(AutoModelForCausalLM.from_pretrained(tiny).eval(), context=1024)


def prompts(seed, lengths, shared=40):
    rng = torch.Generator().manual_seed(seed)
    head = torch.randint(3, 300, (shared,), generator=rng).tolist()
    return [head + torch.randint(3, 300, (n,), generator=rng).tolist() for n in lengths]


def greedy(model, prompt, count):
    ids = model.generate(
        torch.tensor([prompt]), max_new_tokens=count, do_sample=False, eos_token_id=None, pad_token_id=0
    )
    return ids[0, len(prompt) :].tolist()


def test_logits_equal_those_of_transformers_for_a_prompt_cut_anywhere(tiny, reference):
    (prompt,) = prompts(0, [60])
    wanted = reference(torch.tensor([prompt])).logits[0]
    for cuts in ([100], [1, 99], [40, 59, 1]):
        slot, model, found = Slot(), engine(tiny), []
        for size in cuts:
            start = len(slot.tokens)
            found.append(model.forward([Segment(slot, prompt[start : start + size])], everywhere=True))
        assert torch.allclose(torch.cat(found), wanted, atol=1e-4)


def test_requests_of_a_shared_batch_get_the_tokens_that_each_gets_alone(tiny, reference):
    batcher, got = Batcher(engine(tiny), 3, frozenset()), {}
    asked = prompts(1, [5, 300, 17, 64, 1])
    waiting = [Request(p, 20, lambda g, i=i: got.__setitem__(i, g)) for i, p in enumerate(asked)]
    while waiting or batcher.active:
        while waiting and not batcher.full:
            batcher.admit(waiting.pop(0))
        batcher.step()
    assert [got[i].ids for i in range(5)] == [greedy(reference, p, 20) for p in asked]
    assert got[4].reused == 40, "the fifth shares the others' first forty tokens"


def test_a_further_turn_costs_only_its_new_tokens(tiny, reference):
    batcher, got = Batcher(engine(tiny), 2, frozenset()), []
    (first,) = prompts(2, [30])

    def ask(prompt):
        batcher.admit(Request(prompt, 10, got.append))
        while batcher.active:
            batcher.step()
        return got[-1]

    said = ask(first)
    second = [*first, *said.ids, 7, 8, 9]
    again = ask(second)
    assert again.ids == greedy(reference, second, 10)
    assert again.reused == len(first) + len(said.ids) - 1


def test_generation_stops_at_a_stop_token_and_leaves_it_out(tiny, reference):
    (prompt,) = prompts(3, [10])
    whole, got = greedy(reference, prompt, 20), []
    batcher = Batcher(engine(tiny), 1, frozenset([whole[7]]))
    batcher.admit(Request(prompt, 20, got.append))
    while batcher.active:
        batcher.step()
    assert got[0].stopped
    assert got[0].ids == whole[: whole.index(whole[7])]


async def test_concurrent_completions_count_their_tokens(tiny):
    model = LocalModel(tiny, slots=2, max_new_tokens=6, dtype="float32")
    talks = [[system("You act."), user(f"Show order O{n}.")] for n in range(5)]
    alone = [await model.complete(talk, TOOLS, {}) for talk in talks]
    together = await asyncio.gather(*(model.complete(talk, TOOLS, {"max_tokens": 6}) for talk in talks))
    assert [c.raw for c in together] == [c.raw for c in alone]
    tokenizer = AutoTokenizer.from_pretrained(tiny)
    for talk, completion in zip(talks, together, strict=True):
        prompt = tokenizer(Template().prompt(talk, TOOLS))["input_ids"]
        usage = completion.usage
        assert usage.input_tokens + usage.cache_read_tokens == len(prompt)
        assert (usage.output_tokens, completion.stop_reason) == (6, "length")
    await model.close()
    with pytest.raises(LLMError, match="closed"):
        await model.complete(talks[0], TOOLS, {})


async def test_a_prompt_beyond_the_context_is_an_error(tiny):
    model = LocalModel(tiny, slots=1, max_new_tokens=8, context=64)
    with pytest.raises(LLMError, match="exceed 64") as caught:
        await model.complete([user("long " * 100)], [], {})
    assert caught.value.kind == "context_length"
    await model.close()


async def test_a_folder_without_a_model_is_told_at_the_first_request(tmp_path):
    model = LocalModel(tmp_path)
    with pytest.raises(LLMError, match=str(tmp_path.name)):
        await model.complete([user("hello")], [], {})


async def test_a_cancelled_request_frees_its_slot(tiny):
    model = LocalModel(tiny, slots=1, max_new_tokens=900, context=1024)
    task = asyncio.create_task(model.complete([user("hello")], [], {}))
    await asyncio.sleep(0.2)
    task.cancel()
    completion = await model.complete([user("hello")], [], {"max_tokens": 3})
    assert completion.usage.output_tokens == 3
    await model.close()


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("The total is 30.", assistant("The total is 30.")),
        (
            '<tool_call>\n{"name": "a__b", "arguments": {"n": 1}}\n</tool_call>',
            assistant("", ToolCall("call_0", "a__b", {"n": 1})),
        ),
        (
            '<tool_call>\n{"name": "a__b", "arguments": {"n": }}\n</tool_call>',
            assistant("", ToolCall("call_0", "a__b", {}, raw='{"n": }')),
        ),
        ('<tool_call>\n{"nam', assistant('<tool_call>\n{"nam')),
    ],
    ids=["text", "call", "malformed", "unreadable"],
)
def test_turns_are_read_back_and_malformed_calls_kept_as_written(text, message):
    assert read_turn(text, TOOLS, Template()) == message
