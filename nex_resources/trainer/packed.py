"""The forward pass of a Llama over rows without padding, the prefix that all rows share run once.

All tokens of a batch stand in one flat sequence, prefix first; only attention looks at rows one by one.
Against a padded batch this saves the padding and the repetition of the prompt, and changes nothing else.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple


class _Row(NamedTuple):
    """Where a row's own tokens lie in the flat sequence, and its causal mask over prefix and row."""

    start: int
    stop: int
    mask: Any


def can_pack(model: Any) -> bool:
    """Whether `model` is built as this file expects: a Llama without biases, dropout or sliding windows."""
    config = model.config
    return config.model_type == "llama" and not config.attention_bias and not config.mlp_bias


def packed_hidden(model: Any, prefix: Sequence[int], rows: Sequence[Sequence[int]]) -> Any:
    """Return the final hidden states, [len(prefix) + sum of row lengths, hidden], rows in order."""
    import torch

    body = model.model
    device = body.embed_tokens.weight.device
    head = body.layers[0].self_attn.head_dim
    groups = model.config.num_attention_heads // model.config.num_key_value_heads
    ids = torch.tensor([*prefix, *(token for row in rows for token in row)], device=device)
    places = [*range(len(prefix)), *(len(prefix) + i for row in rows for i in range(len(row)))]
    x = body.embed_tokens(ids)
    cos, sin = body.rotary_emb(x[None], torch.tensor([places], device=device))
    cos, sin = cos[0, :, None], sin[0, :, None]
    pieces = _layout(len(prefix), rows, groups, device)
    for layer in body.layers:
        normed, own = layer.input_layernorm(x), layer.self_attn
        q = _rotate(own.q_proj(normed).unflatten(-1, (-1, head)), cos, sin)
        k = _rotate(own.k_proj(normed).unflatten(-1, (-1, head)), cos, sin)
        v = own.v_proj(normed).unflatten(-1, (-1, head))
        x = x + own.o_proj(_attend(q, k, v, len(prefix), pieces, groups))
        x = x + layer.mlp(layer.post_attention_layernorm(x))
    return body.norm(x)


def _layout(prefix: int, rows: Sequence[Sequence[int]], groups: int, device: Any) -> list[_Row]:
    """Return the prefix, where there is one, and the rows. Masks repeat for each query of a group."""
    import torch

    found: list[_Row] = []
    start = prefix
    if prefix:
        mask = torch.ones(prefix, prefix, dtype=torch.bool, device=device).tril()
        found.append(_Row(0, prefix, mask.repeat(groups, 1)))
    for row in rows:
        size = len(row)
        mask = torch.ones(size, prefix + size, dtype=torch.bool, device=device).tril(prefix)
        found.append(_Row(start, start + size, mask.repeat(groups, 1)))
        start += size
    return found


def _attend(q: Any, k: Any, v: Any, prefix: int, pieces: Sequence[_Row], groups: int) -> Any:
    """Attention of every row over the prefix and itself; queries that share keys are run as one."""
    import torch
    from torch.nn.functional import scaled_dot_product_attention as attention

    kv_heads, head = k.shape[1], k.shape[2]
    found = []
    for start, stop, mask in pieces:
        keys, values = k[start:stop], v[start:stop]
        if start:
            keys, values = torch.cat((k[:prefix], keys)), torch.cat((v[:prefix], values))
        size = stop - start
        folded = q[start:stop].view(size, kv_heads, groups, head).permute(1, 2, 0, 3)
        out = attention(
            folded.reshape(1, kv_heads, groups * size, head),
            keys.transpose(0, 1)[None],
            values.transpose(0, 1)[None],
            attn_mask=mask,
        )
        out = out.view(kv_heads, groups, size, head).permute(2, 0, 1, 3)
        found.append(out.reshape(size, kv_heads * groups * head))
    return torch.cat(found)


def _rotate(x: Any, cos: Any, sin: Any) -> Any:
    import torch

    first, second = x.chunk(2, -1)
    return x * cos + torch.cat((-second, first), -1) * sin
