"""Generation for small Llama models on a CPU: one forward pass over rows of many conversations at once.

A batch is ragged: some conversations bring a whole prompt, others their last token. No row is padded, and
what a slot has seen stays there, so that a further turn of a conversation costs only its new tokens and
the common system prompt is computed once. Greedy decoding gives the tokens that `transformers` gives.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

WIDTH = 256
"""Slots grow by this many tokens at a time."""


class Slot:
    """One conversation's keys and values. `tokens` are those whose keys and values are stored."""

    def __init__(self) -> None:
        self.tokens: list[int] = []
        self.keys: list[Any] = []
        self.values: list[Any] = []
        self.busy = False
        self.used = 0

    def room(self) -> int:
        return self.keys[0].shape[1] if self.keys else 0


class Segment:
    """The rows that one slot brings to a forward pass: `tokens`, which follow what it holds."""

    def __init__(self, slot: Slot, tokens: Sequence[int]):
        self.slot, self.tokens = slot, tokens
        self.past = len(slot.tokens)


class Llama:
    """The forward pass of a `LlamaForCausalLM`, over ragged batches, in the precision of its weights; the
    residual stream and norms are float32. Weights are fused, and the model given is emptied of those."""

    def __init__(self, model: Any, context: int):
        import torch

        config = model.config
        if config.model_type != "llama":
            raise ValueError(f"the local engine runs Llama models, not {config.model_type!r}")
        self.head = getattr(config, "head_dim", None) or config.hidden_size // config.num_attention_heads
        self.heads, self.kv_heads = config.num_attention_heads, config.num_key_value_heads
        self.groups = self.heads // self.kv_heads
        self.epsilon = config.rms_norm_eps
        self.embedding = model.model.embed_tokens.weight.detach()
        self.output = model.lm_head.weight.detach()
        self.norm = model.model.norm.weight.detach().float()
        self.device, self.dtype = self.embedding.device, self.embedding.dtype
        positions = torch.arange(context, device=self.device)[None]
        cos, sin = model.model.rotary_emb(self.embedding[:1, None], positions)
        self.cos, self.sin = cos[0, :, None].to(self.dtype), sin[0, :, None].to(self.dtype)
        self.context = context
        self.layers = [_fuse(layer) for layer in model.model.layers]

    def forward(self, segments: Sequence[Segment], everywhere: bool = False) -> Any:
        """Run `segments`, whose tokens join their slots, and return logits: [segments, vocabulary] of each
        one's last row, or with `everywhere` [all rows, vocabulary]."""
        import torch
        from torch.nn.functional import embedding, linear, rms_norm, silu

        with torch.inference_mode():
            ids = torch.tensor([t for s in segments for t in s.tokens], device=self.device)
            places = [s.past + i for s in segments for i in range(len(s.tokens))]
            cos, sin = self.cos[places], self.sin[places]
            for segment in segments:
                self._make_room(segment.slot, segment.past + len(segment.tokens))
            x = embedding(ids, self.embedding).float()
            size = (x.shape[-1],)
            for index, (norm_in, qkv, out, norm_mid, gate_up, down) in enumerate(self.layers):
                mixed = linear(rms_norm(x, size, norm_in, self.epsilon).to(self.dtype), qkv)
                x = x + linear(self._attend(index, mixed, segments, cos, sin), out)
                gate, up = linear(rms_norm(x, size, norm_mid, self.epsilon).to(self.dtype), gate_up).chunk(
                    2, -1
                )
                x = x + linear(silu(gate) * up, down)
            for segment in segments:
                segment.slot.tokens.extend(segment.tokens)
            if not everywhere:
                ends = torch.tensor([len(s.tokens) for s in segments], device=self.device).cumsum(0) - 1
                x = x[ends]
            return linear(rms_norm(x, size, self.norm, self.epsilon).to(self.dtype), self.output)

    def _attend(self, index: int, mixed: Any, segments: Sequence[Segment], cos: Any, sin: Any) -> Any:
        import torch

        rows = mixed.shape[0]
        q, k, v = mixed.view(rows, -1, self.head).split((self.heads, self.kv_heads, self.kv_heads), 1)
        q, k = _rotate(q, cos, sin), _rotate(k, cos, sin)
        found = torch.empty_like(q)
        start = 0
        for segment in segments:
            stop, end = start + len(segment.tokens), segment.past + len(segment.tokens)
            keys, values = segment.slot.keys[index], segment.slot.values[index]
            keys[:, segment.past : end] = k[start:stop].transpose(0, 1)
            values[:, segment.past : end] = v[start:stop].transpose(0, 1)
            found[start:stop] = self._one(q[start:stop], keys[:, :end], values[:, :end], segment.past)
            start = stop
        return found.view(rows, -1)

    def _one(self, q: Any, keys: Any, values: Any, past: int) -> Any:
        """Attention of one segment: q [rows, heads, head] over [kv heads, past + rows, head]."""
        import torch
        from torch.nn.functional import scaled_dot_product_attention as attention

        rows = q.shape[0]
        grouped = q.view(rows, self.kv_heads, self.groups, self.head).permute(1, 2, 0, 3)
        mask = None
        if rows > 1:
            causal = torch.ones(rows, past + rows, dtype=torch.bool, device=q.device).tril(past)
            mask = causal.repeat(self.groups, 1)
        folded = grouped.reshape(1, self.kv_heads, self.groups * rows, self.head)
        out = attention(folded, keys[None], values[None], attn_mask=mask)
        out = out.view(self.kv_heads, self.groups, rows, self.head).permute(2, 0, 1, 3)
        return out.reshape(rows, self.heads, self.head)

    def _make_room(self, slot: Slot, size: int) -> None:
        import torch

        if size <= slot.room():
            return
        width = -(-size // WIDTH) * WIDTH
        held = len(slot.tokens)
        shape = (self.kv_heads, width, self.head)
        for kept in (slot.keys, slot.values):
            grown = [torch.empty(shape, dtype=self.dtype, device=self.device) for _ in self.layers]
            for new, old in zip(grown, kept, strict=False):
                new[:, :held] = old[:, :held]
            kept[:] = grown

    def share(self, source: Slot, target: Slot, count: int) -> None:
        """Let `target` hold the first `count` tokens of `source`, and nothing else."""
        import torch

        with torch.inference_mode():
            target.tokens = []
            self._make_room(target, count)
            for ours, theirs in ((target.keys, source.keys), (target.values, source.values)):
                for new, old in zip(ours, theirs, strict=True):
                    new[:, :count] = old[:, :count]
            target.tokens = source.tokens[:count]


def _rotate(x: Any, cos: Any, sin: Any) -> Any:
    import torch

    first, second = x.chunk(2, -1)
    return x * cos + torch.cat((-second, first), -1) * sin


def _fuse(layer: Any) -> tuple[Any, ...]:
    import torch

    attention, mlp = layer.self_attn, layer.mlp
    qkv = [attention.q_proj.weight, attention.k_proj.weight, attention.v_proj.weight]
    fused = (
        layer.input_layernorm.weight.detach().float(),
        torch.cat([w.detach() for w in qkv]),
        attention.o_proj.weight.detach(),
        layer.post_attention_layernorm.weight.detach().float(),
        torch.cat([mlp.gate_proj.weight.detach(), mlp.up_proj.weight.detach()]),
        mlp.down_proj.weight.detach(),
    )
    for module in (attention.q_proj, attention.k_proj, attention.v_proj, mlp.gate_proj, mlp.up_proj):
        module.weight = torch.nn.Parameter(torch.empty(0), requires_grad=False)
    return fused
