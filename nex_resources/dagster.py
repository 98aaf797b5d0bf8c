"""What stages use, wrapped for Dagster: the profile, the store, MCP pools, the teacher, the trainer.

The only file of this package that knows Dagster. Everything heavy is imported where it is used, so that
a code location loads in about a second.
"""

import base64
import os
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from contextlib import asynccontextmanager
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
import dagster as dg
import msgspec

from nex_resources.config import ConfigError
from nex_resources.profile import CONFIGS, Import, Profile, home, load_profile, split_batch
from nex_resources.profile import cache as cache_folder
from nex_resources.store import TABLES, Part, Store

if TYPE_CHECKING:
    from nex_resources.llm.base import LLM
    from nex_resources.mcp import Catalogue, McpPool
    from nex_resources.records import AgentSpec, Query
    from nex_resources.runtime import Budget
    from nex_resources.store import TraceRow

OWNERS = ["team:nex"]


@cache
def current_profile() -> Profile:
    """Return the profile that `NEX_PROFILE` names; partitions and resources follow it."""
    try:
        return load_profile()
    except ConfigError as error:  # of this kind Dagster's command line shows the message and no stack
        raise click.ClickException(str(error)) from error


# Static, since the profile fixes them: the UI and backfills know all keys at load time.
BATCHES = dg.StaticPartitionsDefinition(current_profile().batches())
"""Queries and what follows from them up to filtered traces: `domain-000`, one batch of rollouts each."""

FORMATS = dg.StaticPartitionsDefinition(current_profile().formats)
"""Datasets: one partition per tool-call format."""


def table_metadata(table: str) -> dict[str, Any]:
    """Return definition metadata of an asset that writes `table`, its columns included."""
    columns = [dg.TableColumn(name, str(kind)) for name, kind in TABLES[table].schema.items()]
    return {"dagster/table_name": table, "dagster/column_schema": dg.TableSchema(columns=columns)}


def svg_metadata(svg: str, title: str) -> dg.MarkdownMetadataValue:
    """Return metadata that shows `svg` in the UI, which draws images but no inline SVG."""
    data = base64.b64encode(svg.replace("currentColor", "#555").encode()).decode()
    return dg.MetadataValue.md(f"![{title}](data:image/svg+xml;base64,{data})")


class ProfileResource(dg.ConfigurableResource):  # type: ignore[type-arg]
    """The run's profile. `seed` overrides the profile's where it is not negative."""

    seed: int = -1

    def get(self) -> Profile:
        profile = current_profile()
        return profile if self.seed < 0 else profile.model_copy(update={"seed": self.seed})

    @property
    def home(self) -> Path:
        return home()


def imported(source: Import, key: str, context: dg.AssetExecutionContext) -> "list[tuple[Query, TraceRow]]":
    """Read the file that batch `key` imports; say what it held, and log what did not read."""
    from nex_resources.imports import ImportReport, import_rows

    report = ImportReport()
    rows = list(import_rows(source.path, source.reader, split_batch(key)[0], report, source.limit))
    for problem in report.problems:
        context.log.warning(problem)
    counts = {"records": report.records, "made": len(rows), "unreadable": dict(report.unreadable)}
    context.add_output_metadata(counts)
    return rows


class StoreResource(dg.ConfigurableResource):  # type: ignore[type-arg]
    """The lineage-tracked tables under `NEX_HOME`."""

    def get(self) -> Store:
        return Store(home())


class StoreIOManager(dg.ConfigurableIOManager):
    """Keeps what assets return, sequences of records, in the table that their metadata names.

    An asset run for several partitions returns a mapping from partition key to records. An input is
    the list of its records, of all partitions that the mapping asks for; no rows at all is an error
    that says which asset to materialize.
    """

    def handle_output(self, context: dg.OutputContext, obj: Any) -> None:
        table = context.definition_metadata["dagster/table_name"]
        if not isinstance(obj, Mapping):
            obj = {context.partition_key if context.has_partition_key else "": obj}
        parts = [self._write(context, table, key, records) for key, records in obj.items()]
        context.add_output_metadata(
            {
                "dagster/row_count": sum(part.rows for part in parts),
                "sha256": ", ".join(part.sha256[:16] for part in parts),
                "path": dg.MetadataValue.path(str(parts[0].path.parent)),
            }
        )

    def _write(
        self, context: dg.OutputContext, table: str, partition: str, records: Sequence[msgspec.Struct]
    ) -> Part:
        return Store(home()).write(
            table, records, run_id=context.run_id, partition=partition, code_version=context.version or ""
        )

    def load_input(self, context: dg.InputContext) -> list[Any]:
        assert context.upstream_output is not None
        table = context.upstream_output.definition_metadata["dagster/table_name"]
        keys = list(context.asset_partition_keys) if context.has_asset_partitions else None
        return Store(home()).read(table, TABLES[table].record, keys)


class McpResource(dg.ConfigurableResource):  # type: ignore[type-arg]
    """Pools of MCP sessions over the catalogue `configs/mcp_servers.yaml`."""

    def catalogue(self) -> "Catalogue":
        from nex_resources.mcp import Catalogue

        return Catalogue.load(CONFIGS / "mcp_servers.yaml")

    def servers(self, profile: Profile) -> list[str]:
        """Return the names of the servers that the profile asks for."""
        chosen = profile.mcp.servers
        if chosen == "all":
            return [server.name for server in self.catalogue()]
        if chosen == "core":
            return [server.name for server in self.catalogue().tagged("core")]
        return list(chosen)

    @asynccontextmanager
    async def pool(self, profile: Profile) -> AsyncIterator["McpPool"]:
        from nex_resources.mcp import Cassettes, Limits, McpPool

        limits = Limits(processes=profile.mcp.max_sessions)
        tapes = Cassettes(profile.mcp.mode, profile.mcp.cassettes or home() / "cassettes")
        cache = cache_folder() / "servers"
        async with McpPool(self.catalogue(), home() / "mcp", cache, limits, cassettes=tapes) as pool:
            yield pool


class TrainerResource(dg.ConfigurableResource):  # type: ignore[type-arg]
    """Runs the trainer in a process of its own, through Dagster Pipes: its lines reach the run's log."""

    def run(self, context: dg.AssetExecutionContext, command: list[str]) -> None:
        client = dg.PipesSubprocessClient(cwd=str(CONFIGS.parent), env={**os.environ})
        client.run(command=command, context=context)


class TeacherResource(dg.ConfigurableResource):  # type: ignore[type-arg]
    """Who carries out training queries: the keyless expert, or a model behind an API."""

    def factory(self, profile: Profile) -> "Callable[[Query, AgentSpec], LLM]":
        from nex_resources.llm.teacher import make_teacher

        return make_teacher(profile.teacher, profile.seed, os.environ)

    def writer(self, profile: Profile) -> "LLM | None":
        """Return the model that rewords queries, if the teacher is one."""
        from nex_resources.llm.teacher import make_writer

        return make_writer(profile.teacher, os.environ)

    def name(self, profile: Profile) -> str:
        """Return the teacher's name as traces carry it."""
        return profile.teacher.model or profile.teacher.provider

    def budget(self, profile: Profile) -> "Budget":
        """Return what one rollout may spend."""
        from nex_resources.runtime import Budget

        limits = profile.rollouts
        return Budget(
            max_tokens=limits.max_tokens,
            max_cost_usd=limits.max_cost_usd,
            max_seconds=limits.max_seconds,
            tool_seconds=limits.tool_seconds,
        )
