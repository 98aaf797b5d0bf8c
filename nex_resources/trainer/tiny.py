"""A tiny random Llama with a byte-pair tokenizer of its own: the student of tests and of profile `quick`.

Two layers, hidden size 128, 1,024 tokens: it learns to repeat in seconds, and understands nothing.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from nex_resources.records import derive_seed

SPECIAL = ("<|endoftext|>", "<|im_start|>", "<|im_end|>")
CORPUS = (
    "<tool_call>\n",
    '{"name": "retail__get_order", "arguments": {"order_id": "O4821"}}',
    '{"name": "retail__find_customer", "arguments": {"email": "mara.lind@example.com"}}',
    "</tool_call>",
    "<tool_response>\n",
    '{"status": "pending", "total": 30.5, "quantity": 2}',
    "system user assistant tool\nTools:\n",
    "You are an agent that calls tools. Cancel the order and tell me the total of the refund.",
    "The status is delivered and the total is 128.40.",
    "0123456789 string integer number boolean Show a customer's orders.",
)


def make_tiny(
    folder: Path, corpus: Iterable[str] = CORPUS, *, vocabulary: int = 1024, hidden: int = 128, seed: int = 0
) -> None:
    """Write model and tokenizer into `folder`. `corpus` is what the byte-pair merges are learnt from."""
    import torch
    from transformers import LlamaConfig, LlamaForCausalLM

    tokenizer = make_tokenizer(corpus, vocabulary)
    config = LlamaConfig(
        vocab_size=len(tokenizer),
        hidden_size=hidden,
        intermediate_size=3 * hidden,
        num_hidden_layers=2,
        num_attention_heads=4,
        num_key_value_heads=2,
        max_position_embeddings=4096,
        tie_word_embeddings=True,
        bos_token_id=1,
        eos_token_id=2,
        pad_token_id=0,
    )
    with torch.random.fork_rng():
        torch.manual_seed(derive_seed(seed, "tiny") % 2**32)
        model = LlamaForCausalLM(config)
    model.save_pretrained(folder)
    tokenizer.save_pretrained(folder)


def make_tokenizer(corpus: Iterable[str], vocabulary: int = 1024) -> Any:
    """Train a byte-level BPE of at most `vocabulary` tokens; the frame's tokens come first."""
    from tokenizers import Tokenizer, decoders, models, pre_tokenizers, trainers
    from transformers import PreTrainedTokenizerFast

    tokenizer = Tokenizer(models.BPE())
    tokenizer.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    tokenizer.decoder = decoders.ByteLevel()
    trainer = trainers.BpeTrainer(
        vocab_size=vocabulary,
        special_tokens=list(SPECIAL),
        initial_alphabet=pre_tokenizers.ByteLevel.alphabet(),
        show_progress=False,
    )
    tokenizer.train_from_iterator(corpus, trainer)
    wrap: Any = PreTrainedTokenizerFast
    return wrap(tokenizer_object=tokenizer, bos_token=SPECIAL[1], eos_token=SPECIAL[2], pad_token=SPECIAL[0])
