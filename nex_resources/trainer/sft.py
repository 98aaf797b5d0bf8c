"""Supervised fine-tuning of all weights: AdamW, linear warm-up and decay, loss on assistant turns only.

`accelerate` places the run: one process, or several that share each batch (`torchrun`). The
sum of their gradients over the labelled tokens of the whole batch is the gradient of one process.
"""

from __future__ import annotations

import math
import time
from collections.abc import Callable, Sequence
from importlib.metadata import version
from pathlib import Path
from typing import Any

import msgspec

from nex_resources.records import content_id, derive_seed
from nex_resources.trainer.data import Prepared, prepare, read_conversations, schedule
from nex_resources.trainer.device import make_accelerator
from nex_resources.trainer.loss import batch_loss
from nex_resources.trainer.saving import (
    Manifest,
    clear_state,
    load_state,
    save_checkpoint,
    save_state,
    sha256,
)
from nex_resources.trainer.spec import TrainSpec
from nex_resources.trainer.student import student_folder
from nex_resources.trainer.template import Example

Report = Callable[["Progress"], None]


class Progress(msgspec.Struct, frozen=True):
    """Where training stands after a step. `left` is the estimated time to go in seconds."""

    step: int
    steps: int
    loss: float
    learning_rate: float
    seconds: float
    left: float

    def __str__(self) -> str:
        return (
            f"step {self.step}/{self.steps}  loss {self.loss:.3f}  lr {self.learning_rate:.1e}  "
            f"{self.seconds:.0f} s, about {self.left:.0f} s left"
        )


def train(spec: TrainSpec, report: Report = print) -> Manifest:
    """Fine-tune `spec.base` on `spec.samples` and save the checkpoint in `spec.out`.

    A run that was killed goes on from the state it last kept beside `spec.out`. Equal specs, samples and
    thread counts give equal weights. Raises SpecError, StudentError.
    """
    import torch
    from transformers import AutoModelForCausalLM, AutoTokenizer

    if spec.threads:
        torch.set_num_threads(spec.threads)
    torch.manual_seed(derive_seed(spec.seed, "train") % 2**32)
    conversations = read_conversations(Path(spec.samples))
    base = student_folder(spec.base, Path(spec.cache) if spec.cache else Path(spec.out).parent)
    tokenizer = AutoTokenizer.from_pretrained(base)
    accelerator = make_accelerator(spec.device, spec.dtype)
    model: Any = AutoModelForCausalLM.from_pretrained(base, dtype=torch.float32)
    model.to(accelerator.device).train()
    run = Run(spec, model, prepare(conversations, tokenizer, spec), tokenizer, accelerator)
    run.go(report)
    manifest = run.manifest()
    if accelerator.is_main_process:
        manifest = save_checkpoint(Path(spec.out), model, tokenizer, manifest)
        clear_state(run.state_folder)
    accelerator.wait_for_everyone()
    return manifest


class Run:
    """A training run in progress: the schedule of batches, the optimizer, and what it has measured."""

    def __init__(self, spec: TrainSpec, model: Any, prepared: Prepared, tokenizer: Any, accelerator: Any):
        import torch

        self.spec, self.model, self.prepared, self.accelerator = spec, model, prepared, accelerator
        self.pad = pad_id(tokenizer)
        self.batches = schedule(prepared.examples, spec)
        self.planned = self.batches
        self.losses: list[float] = []
        self.began, self.began_cpu = time.perf_counter(), time.process_time()
        self.earlier, self.earlier_cpu = 0.0, 0.0
        self.optimizer = torch.optim.AdamW(
            model.parameters(),
            lr=spec.learning_rate,
            betas=(0.9, 0.95),
            weight_decay=spec.weight_decay,
            fused=True,  # a quarter of the time of the loop over tensors
        )
        self.state_folder = Path(spec.out).parent / f".{Path(spec.out).name}.resume"
        self.samples_sha256 = sha256(Path(spec.samples))
        self.key = content_id("run", [spec.fingerprint(), spec.base, self.samples_sha256])

    @property
    def seconds(self) -> float:
        return self.earlier + time.perf_counter() - self.began

    @property
    def cpu_seconds(self) -> float:
        return self.earlier_cpu + time.process_time() - self.began_cpu

    def go(self, report: Report) -> None:
        """Take the steps that are left."""
        self._resume()
        saved = first = time.perf_counter()
        before = len(self.losses)
        while len(self.losses) < len(self.batches):
            self.losses.append(self._step(len(self.losses)))
            done = len(self.losses)
            pace = (time.perf_counter() - first) / (done - before)
            self._keep_within(pace)
            left = pace * (len(self.batches) - done)
            rate = self.optimizer.param_groups[0]["lr"]
            report(Progress(done, len(self.batches), self.losses[-1], rate, self.seconds, left))
            main = self.accelerator.is_main_process
            if main and time.perf_counter() - saved > self.spec.save_seconds and done < len(self.batches):
                self._keep()
                saved = time.perf_counter()

    def _keep_within(self, pace: float) -> None:
        """Take as many of the planned batches as `max_seconds` have room for, at `pace` seconds a step. The
        learning rate falls over those."""
        import torch

        if self.spec.max_seconds is None:
            return
        main = self.accelerator.is_main_process  # whose clock counts: all have to stop at the same step
        mine = torch.tensor([self.seconds, pace] if main else [0.0, 0.0], device=self.accelerator.device)
        spent, pace = self.accelerator.reduce(mine, "sum").tolist()
        fitting = len(self.losses) + max(0, int((self.spec.max_seconds - spent) / pace))
        self.batches = self.planned[:fitting]

    def _step(self, number: int) -> float:
        import torch

        for group in self.optimizer.param_groups:
            group["lr"] = self.spec.learning_rate * rate_at(number, len(self.batches), self.spec.warmup)
        total, count = self._loss(self.batches[number])
        everyone = self.accelerator.reduce(torch.stack((total.detach(), count)), "sum")
        self.accelerator.backward(total / everyone[1])
        parameters = list(self.model.parameters())
        if self.accelerator.num_processes > 1:
            for parameter in parameters:
                own = torch.zeros_like(parameter) if parameter.grad is None else parameter.grad
                parameter.grad = self.accelerator.reduce(own, "sum")
        self.accelerator.clip_grad_norm_(parameters, self.spec.max_grad_norm)
        self.optimizer.step()
        self.optimizer.zero_grad(set_to_none=True)
        return float(everyone[0] / everyone[1])

    def _loss(self, batch: Sequence[int]) -> tuple[Any, Any]:
        """Return this process's part of a batch: summed loss and number of labelled tokens, as tensors."""
        import torch

        mine = batch[self.accelerator.process_index :: self.accelerator.num_processes]
        if not mine:  # a last batch smaller than the number of processes
            zero = next(self.model.parameters()).sum() * 0.0
            return zero, torch.zeros_like(zero)
        with self.accelerator.autocast():
            total, count = batch_loss(self.model, [self.prepared.examples[i] for i in mine], self.pad)
        return total, torch.tensor(float(count), device=total.device)

    def _keep(self) -> None:
        state = {
            "model": self.model.state_dict(),
            "optimizer": self.optimizer.state_dict(),
            "losses": self.losses,
            "seconds": self.seconds,
            "cpu_seconds": self.cpu_seconds,
        }
        save_state(self.state_folder, self.key, state)

    def _resume(self) -> None:
        state = load_state(self.state_folder, self.key)
        if state is None:
            return
        self.model.load_state_dict(state["model"])
        self.optimizer.load_state_dict(state["optimizer"])
        self.losses = list(state["losses"])
        self.earlier, self.earlier_cpu = state["seconds"], state["cpu_seconds"]

    def metrics(self) -> dict[str, Any]:
        examples = self.prepared.examples
        return {
            "samples": len(examples),
            "cut": self.prepared.cut,
            "unlabelled": self.prepared.unlabelled,
            "steps": len(self.losses),
            "planned_steps": len(self.planned),
            "tokens": _tokens(examples),
            "labelled_tokens": sum(example.labelled for example in examples),
            "longest": max(len(example.ids) for example in examples),
            "first_loss": self.losses[0],
            "final_loss": sum(self.losses[-5:]) / len(self.losses[-5:]),
            "precision": "bfloat16" if self.accelerator.mixed_precision == "bf16" else "float32",
            "device": self.accelerator.device.type,
            "processes": self.accelerator.num_processes,
            "seconds": round(self.seconds, 1),
            "cpu_seconds": round(self.cpu_seconds, 1),
        }

    def manifest(self) -> Manifest:
        identity = [self.key, self.samples_sha256]
        return Manifest(
            id=content_id("checkpoint", identity),
            spec=msgspec.to_builtins(self.spec),
            samples_sha256=self.samples_sha256,
            metrics=self.metrics(),
            losses=[round(loss, 5) for loss in self.losses],
            versions={name: version(name) for name in ("torch", "transformers", "accelerate")},
        )


def rate_at(step: int, steps: int, warmup: float) -> float:
    """Return the share of the learning rate at `step` (from 0): up over `warmup` of the steps, then down
    linearly to a tenth."""
    rising = max(1, math.ceil(steps * warmup))
    if step < rising:
        return (step + 1) / rising
    return 1 - 0.9 * (step - rising) / max(1, steps - rising)


def pad_id(tokenizer: Any) -> int:
    """Return a token to pad with. What it is does not matter: nothing that counts attends to it."""
    return tokenizer.pad_token_id if tokenizer.pad_token_id is not None else 0


def _tokens(examples: Sequence[Example]) -> int:
    return sum(len(example.ids) for example in examples)
