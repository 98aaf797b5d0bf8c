"""The RL export as a `verifiers` taskset: `verifiers` imports this module by name, nothing of ours does.

Its tasks are the rows of `verifiers.jsonl`, its tools the worlds' own (served over MCP to each rollout, on
freshly seeded worlds), its reward the query's verifier. Needs the package `verifiers` (0.4 or later).
"""

# mypy: disable-error-code="misc, untyped-decorator, unused-ignore"

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Annotated, Any

import msgspec
import pydantic
import verifiers.v1 as vf

from nex_assets.sft_datasets.rl import reward
from nex_resources.formats import DecodeError
from nex_resources.formats.openai import read_message
from nex_resources.records import Query
from nex_resources.worlds import get

_queries = msgspec.json.Decoder(Query)


class NexTasksetConfig(vf.TasksetConfig):
    """`path` is the `verifiers.jsonl` of an RL export."""

    path: Path = Path("verifiers.jsonl")


class NexData(vf.TaskData):
    """A task's data: the query as JSON, and the tools that it is offered as chat-completions functions."""

    query: str
    tools: str


class WorldTools(vf.Toolset[vf.ToolsetConfig, vf.State]):
    """The tools of the query's worlds, under their qualified names; each rollout has worlds of its own."""

    TOOL_PREFIX = None

    async def setup_task(self, task: NexData) -> None:
        query = _queries.decode(task.query)
        self.offered = [item["function"] for item in msgspec.json.decode(task.tools)]
        self.worlds = {name: get(name).open(seed) for name, seed in query.blueprint.worlds.items()}
        for live in self.worlds.values():
            self._exit_stack.callback(live.close)

    def register(self, mcp: Any) -> None:
        for function in self.offered:
            mcp.add_tool(self._tool(function), name=function["name"], description=function["description"])

    def _tool(self, function: dict[str, Any]) -> Callable[..., Any]:
        server, _, name = function["name"].partition("__")
        live = self.worlds[server]

        def call(**arguments: Any) -> str:
            given = {key: value for key, value in arguments.items() if value is not None}
            return str(live.call(name, given).text)

        call.__signature__ = signature(function["parameters"])  # type: ignore[attr-defined]
        return call


class NexTask(vf.Task[NexData, vf.State, vf.TaskConfig]):
    @property
    def key(self) -> str:
        return str(self.data.id)

    @classmethod
    def toolsets(cls, config: vf.TaskConfig) -> list[WorldTools]:
        return [WorldTools(vf.ToolsetConfig())]

    @vf.reward(weight=1.0)
    async def solved(self, trace: vf.Trace) -> float:
        """1.0 where answer and final state are what the query's certificate asks for, else 0.0."""
        turns = []
        for message in trace.assistant_messages:
            calls = [
                {"id": c.id, "function": {"name": c.name, "arguments": c.arguments}}
                for c in message.tool_calls or ()
            ]
            try:
                turns.append(read_message({"content": message.content, "tool_calls": calls}))
            except DecodeError:
                continue  # a malformed call does nothing
        return reward(_queries.decode(self.data.query), turns)


class NexTaskset(vf.Taskset[NexTask, NexTasksetConfig]):
    def load(self) -> Iterator[NexTask]:
        for line in self.config.path.read_text(encoding="utf-8").splitlines():
            row = msgspec.json.decode(line)
            info = msgspec.json.decode(row["info"])
            system = [m["content"] for m in row["prompt"] if m["role"] == "system"]
            yield NexTask(
                NexData(
                    id=row["id"],
                    prompt=row["prompt"][-1]["content"],
                    system_prompt=system[0] if system else None,
                    query=info["query"],
                    tools=info["tools"],
                ),
                vf.TaskConfig(),
            )


def signature(schema: dict[str, Any]) -> inspect.Signature:
    """Return a signature whose parameters have exactly the JSON Schemas of `schema`'s properties."""
    required = schema.get("required") or ()
    return inspect.Signature(
        [
            inspect.Parameter(
                name,
                inspect.Parameter.KEYWORD_ONLY,
                default=inspect.Parameter.empty if name in required else None,
                annotation=Annotated[Any, pydantic.WithJsonSchema(own)],
            )
            for name, own in (schema.get("properties") or {}).items()
        ],
        return_annotation=str,
    )


__all__ = ["NexTaskset"]
