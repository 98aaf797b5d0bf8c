"""Which conversation computes when: requests share every forward pass, and slots serve as prefix cache."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import msgspec

from nex_resources.llm.ragged import Llama, Segment, Slot

BLOCK = 512
"""At most so many prompt tokens join a forward pass, lest a long prompt hold up the others."""


class Generated(msgspec.Struct, frozen=True):
    """What a request got: new tokens without the stop token, whether it stopped by itself, and how many
    of its prompt tokens were at hand already."""

    ids: list[int]
    stopped: bool
    reused: int


class Request:
    """A prompt to be continued by at most `limit` tokens; `done` is called with the outcome."""

    def __init__(self, prompt: Sequence[int], limit: int, done: Callable[[Generated | BaseException], None]):
        self.prompt, self.limit, self.done = list(prompt), limit, done
        self.new: list[int] = []
        self.reused = 0
        self.slot: Slot | None = None
        self.cancelled = False

    def pending(self) -> list[int]:
        """Tokens that its slot has not seen: the rest of the prompt, or the newest token."""
        assert self.slot is not None
        seen = len(self.slot.tokens)
        if seen < len(self.prompt):
            return self.prompt[seen : seen + BLOCK]
        return self.new[seen - len(self.prompt) :]


class Batcher:
    """Takes requests into at most `slots` slots and advances all of them together."""

    def __init__(self, model: Llama, slots: int, stop: frozenset[int]):
        self.model, self.stop = model, stop
        self.slots = [Slot() for _ in range(slots)]
        self.active: list[Request] = []
        self.clock = 0

    @property
    def full(self) -> bool:
        return len(self.active) == len(self.slots)

    def admit(self, request: Request) -> None:
        """Give `request` the idle slot that suits it best; the caller makes sure that there is one."""
        self.clock += 1
        limit = len(request.prompt) - 1  # the last token must run: its logits are what is wanted
        best = max(self.slots, key=lambda slot: _common(slot.tokens, request.prompt, limit))
        shared = _common(best.tokens, request.prompt, limit)
        if best.busy or _worth_keeping(best, shared):
            source, best = best, min((s for s in self.slots if not s.busy), key=lambda s: s.used)
            if source is not best:
                self.model.share(source, best, shared)
        del best.tokens[shared:]
        best.busy, best.used = True, self.clock
        request.slot, request.reused = best, shared
        self.active.append(request)

    def step(self) -> None:
        """Run one forward pass over all active requests and finish those that are done."""
        budget = BLOCK
        segments: list[Segment] = []
        owners: list[Request] = []
        for request in self.active:
            tokens = request.pending()
            if len(tokens) > 1 and segments and len(tokens) > budget:
                continue
            budget -= len(tokens)
            segments.append(Segment(_slot(request), tokens))
            owners.append(request)
        best = self.model.forward(segments).argmax(-1).tolist()
        for request, token in zip(owners, best, strict=True):
            if len(_slot(request).tokens) >= len(request.prompt):
                self._take(request, token)

    def _take(self, request: Request, token: int) -> None:
        stopped = token in self.stop
        if not stopped:
            request.new.append(token)
        if stopped or len(request.new) >= request.limit:
            self.release(request)
            request.done(Generated(request.new, stopped, request.reused))

    def release(self, request: Request) -> None:
        """Free the request's slot; what it holds stays as cache."""
        _slot(request).busy = False
        self.active.remove(request)


def _slot(request: Request) -> Slot:
    assert request.slot is not None
    return request.slot


def _worth_keeping(slot: Slot, shared: int) -> bool:
    # Half of it would be lost: another conversation that shares only the system prompt.
    return shared * 2 < len(slot.tokens)


def _common(held: Sequence[int], wanted: Sequence[int], limit: int) -> int:
    count = min(len(held), limit)
    if held[:count] == wanted[:count]:
        return count
    low, high = 0, count
    while low < high:  # the longest common prefix by bisection: comparing slices is quick
        middle = (low + high + 1) // 2
        if held[low:middle] == wanted[low:middle]:
            low = middle
        else:
            high = middle - 1
    return low


def stop_tokens(tokenizer: Any, words: Sequence[str]) -> frozenset[int]:
    """Return the ids of the stop tokens: the tokenizer's own and `words`."""
    own = {tokenizer.eos_token_id, *tokenizer.convert_tokens_to_ids(list(words))}
    return frozenset(token for token in own if token is not None and token != tokenizer.unk_token_id)
