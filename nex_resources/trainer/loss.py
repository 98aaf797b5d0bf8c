"""The loss: cross-entropy at labelled positions only, the common prompt prefix computed once per batch.

Samples of one agent share their system prompt and tools, which is most of each prompt. Running that
prefix once and letting all rows attend to its keys and values gives the same loss and the same gradients
as the plain way, at less than half the time. Logits over 49,152 tokens are a fifth of the work of a small
model; only a quarter of the positions have a label.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from nex_resources.trainer.template import IGNORED, Example

WORTH_SHARING = 16
"""Shorter prefixes are not worth a forward pass of their own."""


def common_prefix(examples: Sequence[Example]) -> int:
    """Return how many leading tokens all `examples` share, short of the first label and of any row's end."""
    first = examples[0]
    limit = min(_unlabelled_head(example) for example in examples)
    for position in range(limit):
        if any(example.ids[position] != first.ids[position] for example in examples):
            return position
    return limit


def _unlabelled_head(example: Example) -> int:
    # The token before a label predicts it, so it has to stay in the part that yields hidden states.
    head = next((i for i, label in enumerate(example.labels) if label != IGNORED), len(example.labels))
    return max(head - 1, 0)


def plain_loss(model: Any, examples: Sequence[Example], pad: int) -> tuple[Any, int]:
    """Return (summed loss, number of labelled tokens), each row run whole."""
    return _loss(model, examples, 0, pad)


def shared_prefix_loss(model: Any, examples: Sequence[Example], pad: int) -> tuple[Any, int]:
    """Return what `plain_loss` returns, with the common prefix run once."""
    prefix = common_prefix(examples)
    if len(examples) == 1 or prefix < WORTH_SHARING:
        prefix = 0
    return _loss(model, examples, prefix, pad)


def _loss(model: Any, examples: Sequence[Example], prefix: int, pad: int) -> tuple[Any, int]:
    import torch
    from torch.nn.functional import cross_entropy

    device = next(model.parameters()).device
    width = max(len(example.ids) for example in examples) - prefix
    ids = torch.full((len(examples), width), pad)
    labels = torch.full((len(examples), width), IGNORED)
    for row, example in enumerate(examples):
        own = len(example.ids) - prefix
        ids[row, :own] = torch.tensor(example.ids[prefix:])
        labels[row, :own] = torch.tensor(example.labels[prefix:])
    ids, targets = ids.to(device), labels[:, 1:].to(device)
    cache = _prefix_cache(model, examples[0].ids[:prefix], len(examples), device) if prefix else None
    # Padding stands on the right, so the causal mask alone keeps it from what counts.
    hidden = model.model(ids, past_key_values=cache, use_cache=cache is not None).last_hidden_state
    rows, columns = (targets != IGNORED).nonzero(as_tuple=True)
    logits = model.lm_head(hidden[rows, columns])
    wanted = targets[rows, columns]
    return cross_entropy(logits.float(), wanted, reduction="sum"), int(wanted.numel())


def _prefix_cache(model: Any, ids: Sequence[int], rows: int, device: Any) -> Any:
    import torch
    from transformers import DynamicCache

    once = model.model(torch.tensor([list(ids)], device=device), use_cache=True).past_key_values
    shared = DynamicCache()
    for index, layer in enumerate(once.layers):
        shared.update(layer.keys.expand(rows, -1, -1, -1), layer.values.expand(rows, -1, -1, -1), index)
    return shared
