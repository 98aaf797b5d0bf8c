"""The forward pass of a Llama over rows without padding, the prefix that all rows share run once.

All tokens of a batch stand in one flat sequence, prefix first; only attention looks at rows one by one.
Against a padded batch this saves the padding and the repetition of the prompt, and changes nothing else.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

SHORT = 1024
"""Keys up to which attention is written out. Its products and softmax take half the time of the CPU's fused
kernel, whose backward pass uses no matrix instructions; but they keep all scores, so long rows go to that."""


class _Row(NamedTuple):
    """How many tokens of its own a row has, and what is added to its scores over prefix and row: 0 where
    a token may look, minus infinity elsewhere."""

    size: int
    bias: Any


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
    autocast = torch.is_autocast_enabled(device.type)
    dtype = torch.get_autocast_dtype(device.type) if autocast else x.dtype
    pieces = _layout(len(prefix), rows, groups, device, dtype)
    for layer in body.layers:
        normed, own = layer.input_layernorm(x), layer.self_attn
        q = _rotate(own.q_proj(normed).unflatten(-1, (-1, head)), cos, sin)
        k = _rotate(own.k_proj(normed).unflatten(-1, (-1, head)), cos, sin)
        v = own.v_proj(normed).unflatten(-1, (-1, head))
        with torch.autocast(device.type, enabled=False):  # which would run softmax in float32
            mixed = _attend(q.to(dtype), k.to(dtype), v.to(dtype), pieces, groups)
        x = x + own.o_proj(mixed)
        x = x + layer.mlp(layer.post_attention_layernorm(x))
    return body.norm(x)


def _layout(prefix: int, rows: Sequence[Sequence[int]], groups: int, device: Any, dtype: Any) -> list[_Row]:
    """Return the prefix, which may be empty, and the rows. Biases repeat for each query of a group."""
    import torch

    found: list[_Row] = []
    for size, seen in ((prefix, 0), *((len(row), prefix) for row in rows)):
        hidden = torch.ones(size, seen + size, dtype=torch.bool, device=device).triu(seen + 1)
        bias = torch.zeros(hidden.shape, dtype=dtype, device=device).masked_fill(hidden, -torch.inf)
        found.append(_Row(size, bias.repeat(groups, 1)))
    return found


def _attend(q: Any, k: Any, v: Any, pieces: Sequence[_Row], groups: int) -> Any:
    """Attention of every row over the prefix and itself. `q` is [tokens, heads, head], `k` and `v` have a
    head for each group of queries; queries that share keys are run as one."""
    import torch

    sizes, kv_heads, head = [piece.size for piece in pieces], k.shape[1], k.shape[2]
    queries, keys, values = (x.transpose(0, 1).split(sizes, 1) for x in (q, k, v))
    found = []
    for i, (size, bias) in enumerate(pieces):
        seen, told = keys[i], values[i]
        if i:
            seen, told = torch.cat((keys[0], seen), 1), torch.cat((values[0], told), 1)
        folded = queries[i].reshape(kv_heads, groups * size, head)
        found.append(_scores(folded, seen, told, bias).view(kv_heads * groups, size, head))
    return torch.cat(found, 1).transpose(0, 1).flatten(1)


def _scores(q: Any, k: Any, v: Any, bias: Any) -> Any:
    """Return softmax(q k' / sqrt(head) + bias) v for each head."""
    import torch
    from torch.nn.functional import scaled_dot_product_attention

    if k.shape[1] > SHORT:
        out = scaled_dot_product_attention(q[None], k[None], v[None], attn_mask=bias)
        return out[0]
    scores = torch.baddbmm(bias, q * q.shape[-1] ** -0.5, k.transpose(1, 2))
    return torch.bmm(torch.softmax(scores, -1), v)


def _rotate(x: Any, cos: Any, sin: Any) -> Any:
    import torch

    first, second = x.chunk(2, -1)
    return x * cos + torch.cat((-second, first), -1) * sin
