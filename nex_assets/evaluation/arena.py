"""A whole evaluation: which models meet on which queries, one model after the other."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import AbstractAsyncContextManager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from nex_assets.evaluation.comparison import chart, table
from nex_assets.evaluation.few_shot import few_shot_messages
from nex_assets.evaluation.live import Contestant, choose_queries, compete, lone_agents
from nex_assets.evaluation.rates import rates
from nex_assets.evaluation.rows import to_row
from nex_resources.llm.base import LLM
from nex_resources.profile import Profile
from nex_resources.records import Message, Query, Sample, content_id
from nex_resources.runtime import Budget
from nex_resources.store import CheckpointRow, EvaluationRow, FrameworkRow

if TYPE_CHECKING:
    from nex_resources.mcp import McpPool


def contestants(
    profile: Profile, checkpoint: CheckpointRow, samples: Sequence[Sample], cache: Path
) -> list[Contestant]:
    """Return the three models: base zero-shot, base with examples from training, trained.

    What the first two do is kept between evaluations, under ids that cover all that they are made of.
    """
    from nex_resources.trainer import student_folder
    from nex_resources.trainer.saving import sha256

    base = student_folder(profile.training.base, cache)
    examples = few_shot_messages(samples, profile.evaluation.few_shot, profile.seed)

    def local(folder: Path, shots: Sequence[Message] = ()) -> Callable[[], LLM]:
        return lambda: _open(profile, folder, shots)

    limits = profile.evaluation
    made_of: list[Any] = [sha256(base / "model.safetensors"), profile.training.format, profile.training.dtype]
    made_of += [limits.max_new_tokens, limits.max_iterations]
    return [
        Contestant("base", content_id("base", made_of), local(base), True),
        Contestant("base few-shot", content_id("base", [*made_of, examples]), local(base, examples), True),
        Contestant("trained", checkpoint.id, local(Path(checkpoint.path))),
    ]


def _open(profile: Profile, folder: Path, shots: Sequence[Message]) -> LLM:
    from nex_resources.llm.transformers import LocalModel
    from nex_resources.trainer import Template

    return LocalModel(
        folder,
        template=Template(profile.training.format),
        few_shot=shots,
        slots=profile.evaluation.concurrency,
        max_new_tokens=profile.evaluation.max_new_tokens,
        device=profile.training.device,
        dtype=profile.training.dtype,
    )


class Arena:
    """The held-out queries of a profile and the agents that act on them; state in `folder`."""

    def __init__(
        self, profile: Profile, queries: Sequence[Query], frameworks: Sequence[FrameworkRow], folder: Path
    ):
        self.profile, self.folder = profile, folder
        self.queries = choose_queries(queries, profile.evaluation.queries)
        self.agents = lone_agents(self.queries, frameworks)

    async def run(
        self,
        models: Sequence[Contestant],
        pool: Callable[[], AbstractAsyncContextManager[McpPool]],
        tell: Callable[[str], None],
    ) -> list[EvaluationRow]:
        """Let each model carry out all queries, and measure. `tell` hears how far it is."""
        rows: list[EvaluationRow] = []
        async with pool() as live:
            for model in models:
                rows += await self._one(model, live, tell)
        return rows

    async def _one(
        self, model: Contestant, pool: McpPool, tell: Callable[[str], None]
    ) -> list[EvaluationRow]:
        settings = self.profile.evaluation
        limits = self.profile.rollouts
        outcomes = await compete(
            model,
            self.queries,
            self.agents,
            pool,
            Budget(max_seconds=settings.max_seconds, tool_seconds=limits.tool_seconds),
            self.folder / "rollouts",
            seed=self.profile.seed,
            concurrency=settings.concurrency,
            max_iterations=settings.max_iterations,
            progress=lambda done, total: tell(f"{model.name}: {done}/{total}") if done % 10 == 0 else None,
        )
        checkpoint = model.id if model.name == "trained" else ""
        return [
            to_row(query, outcome, model.name, checkpoint, self.profile.seed)
            for query, outcome in zip(self.queries, outcomes, strict=True)
        ]


def save(folder: Path, rows: Sequence[EvaluationRow]) -> None:
    """Write the table and the chart into `folder`, where the report finds them."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "table.md").write_text(table(rates(rows)), encoding="utf-8")
    (folder / "task success.svg").write_text(chart(rates(rows)), encoding="utf-8")
