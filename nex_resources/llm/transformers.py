"""A model on this machine: the student, before and after training, as an `LLM`.

Concurrent `complete` calls are computed together in a thread of their own. Generation is greedy, so a
model's answer depends on its prompt alone, but for ties within rounding. The turn is read back by the
student's tool-call format; a call that cannot be read is handed on as malformed, for the runtime to report.
"""

from __future__ import annotations

import asyncio
import queue
import re
import threading
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from nex_resources.formats import DecodeError
from nex_resources.llm.base import Completion, LLMError
from nex_resources.llm.batcher import Batcher, Generated, Request, stop_tokens
from nex_resources.records import Message, ToolCall, ToolSpec, Usage, assistant
from nex_resources.trainer.device import Precision, choose_device, choose_dtype
from nex_resources.trainer.template import Template

_NAME = re.compile(r'"name"\s*:\s*"([^"\\]+)"')
_ARGUMENTS = re.compile(r'"arguments"\s*:\s*(.*?)\s*\}?\s*(?:</tool_call>|$)', re.DOTALL)


class LocalModel:
    """A Llama model in a Hugging Face folder. `slots` requests run at a time, others wait.

    `few_shot` stands after the system turn of every conversation whose tools are offered (see
    evaluation's few-shot baseline). `settings` of `complete` may hold `max_tokens`.
    """

    def __init__(
        self,
        folder: Path,
        *,
        name: str = "",
        template: Template | None = None,
        few_shot: Sequence[Message] = (),
        slots: int = 16,
        max_new_tokens: int = 96,
        context: int = 2048,
        device: str = "cpu",
        dtype: Precision = "auto",
        threads: int | None = None,
    ):
        self.name = name or folder.name
        self.template = template or Template()
        self.few_shot = tuple(few_shot)
        self.max_new_tokens, self.context = max_new_tokens, context
        self._options = (folder, slots, device, dtype, threads)
        self._requests: queue.SimpleQueue[Request | None] = queue.SimpleQueue()
        self._loaded = threading.Event()
        self._failure: BaseException | None = None
        self._closed = False
        self.tokenizer: Any = None
        self._thread = threading.Thread(target=self._work, name=f"llm-{self.name}", daemon=True)
        self._thread.start()

    async def complete(
        self, messages: Sequence[Message], tools: Sequence[ToolSpec], settings: Mapping[str, Any]
    ) -> Completion:
        """Continue `messages`. Raises LLMError: `context_length` where there is no room left for an answer,
        `local_model` where the model could not be loaded or run."""
        await asyncio.to_thread(self._loaded.wait)
        self._check()
        prompt = self._prompt(messages, tools)
        limit = min(int(settings.get("max_tokens") or self.max_new_tokens), self.max_new_tokens)
        if len(prompt) + limit > self.context:
            raise LLMError("context_length", f"{len(prompt)} + {limit} tokens exceed {self.context}")
        generated = await self._generate(prompt, limit)
        return self._completion(generated, len(prompt), tools)

    async def close(self) -> None:
        """Stop the thread. Requests in flight fail."""
        self._closed = True
        self._requests.put(None)
        await asyncio.to_thread(self._thread.join)

    def _check(self) -> None:
        if self._failure is not None:
            raise LLMError("local_model", f"{self.name}: {self._failure!r}") from self._failure
        if self._closed:
            raise LLMError("local_model", f"{self.name} is closed")

    def _prompt(self, messages: Sequence[Message], tools: Sequence[ToolSpec]) -> list[int]:
        shown = list(messages)
        if self.few_shot and tools:
            head = 1 if shown and shown[0].role == "system" else 0
            shown[head:head] = self.few_shot
        text = self.template.prompt(shown, tools)
        ids: list[int] = self.tokenizer(text, add_special_tokens=False)["input_ids"]
        return ids

    async def _generate(self, prompt: list[int], limit: int) -> Generated:
        loop = asyncio.get_running_loop()
        future: asyncio.Future[Generated] = loop.create_future()

        def done(outcome: Generated | BaseException) -> None:
            loop.call_soon_threadsafe(_resolve, future, outcome)

        request = Request(prompt, limit, done)
        self._requests.put(request)
        try:
            return await future
        except asyncio.CancelledError:
            request.cancelled = True
            raise
        except Exception as error:
            raise LLMError("local_model", f"{self.name}: {error!r}") from error

    def _completion(self, generated: Generated, prompt: int, tools: Sequence[ToolSpec]) -> Completion:
        text = self.tokenizer.decode(generated.ids)
        message = read_turn(text, tools, self.template)
        usage = Usage(prompt - generated.reused, len(generated.ids), cache_read_tokens=generated.reused)
        if not generated.stopped:
            return Completion(message, usage, "length", raw=text)
        return Completion(message, usage, "tool_calls" if message.calls else "stop", raw=text)

    def _work(self) -> None:
        """The thread: load the model, then advance requests until closed."""
        try:
            batcher = self._load()
        except BaseException as error:
            self._failure = error
            self._loaded.set()
            return
        self._loaded.set()
        try:
            while not self._closed:
                self._admit(batcher)
                if batcher.active:
                    batcher.step()
        except BaseException as error:
            self._failure = error
        self._fail_all(batcher)

    def _load(self) -> Batcher:
        folder, slots, device, dtype, threads = self._options
        import torch
        from transformers import AutoModelForCausalLM, AutoTokenizer

        from nex_resources.llm.ragged import Llama

        if threads:
            torch.set_num_threads(threads)
        place = choose_device(device)
        model: Any = AutoModelForCausalLM.from_pretrained(folder, dtype=choose_dtype(dtype, place))
        tokenizer: Any = AutoTokenizer.from_pretrained(folder)
        self.tokenizer = tokenizer
        return Batcher(Llama(model.to(place).eval(), self.context), slots, stop_tokens(tokenizer, ()))

    def _admit(self, batcher: Batcher) -> None:
        """Take waiting requests; wait for one where there is nothing to do."""
        for gone in [request for request in batcher.active if request.cancelled]:
            batcher.release(gone)
        while not batcher.full:
            try:
                request = self._requests.get(block=not batcher.active)
            except queue.Empty:
                return
            if request is None:
                return
            if not request.cancelled:
                batcher.admit(request)

    def _fail_all(self, batcher: Batcher) -> None:
        reason = self._failure or RuntimeError("closed")
        waiting = list(batcher.active)
        while not self._requests.empty():
            waiting += [request for request in [self._requests.get()] if request is not None]
        for request in waiting:
            request.done(reason)


def _resolve(future: asyncio.Future[Generated], outcome: Generated | BaseException) -> None:
    if future.done():
        return
    if isinstance(outcome, BaseException):
        future.set_exception(RuntimeError(repr(outcome)))
    else:
        future.set_result(outcome)


def read_turn(text: str, tools: Sequence[ToolSpec], template: Template) -> Message:
    """Read an assistant turn as the student wrote it. What looks like a call but cannot be read becomes a
    call with its text in `raw` where a name can be made out, and plain text where none can."""
    try:
        return template.codec.decode(text, tools)
    except DecodeError as error:
        name = _NAME.search(text)
        if name is None:
            return assistant(text)
        arguments = _ARGUMENTS.search(text, name.end())
        raw = arguments.group(1) if arguments else text[error.position :]
        return assistant("", ToolCall("call_0", name.group(1), {}, raw=raw))
