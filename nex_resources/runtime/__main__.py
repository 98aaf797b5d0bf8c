"""`python -m nex_resources.runtime`: run an agent and watch it, replay a record, export it.

run AGENT.yaml "task"     run the agent with the models and servers that its config names
replay events.jsonl       show a stored rollout as a tree
otel events.jsonl         print it as OpenTelemetry spans (OTLP JSON)
schema FOLDER             write the JSON Schemas of the YAML
"""

from __future__ import annotations

import argparse
import asyncio
import json
import sys
import time
from pathlib import Path

from rich.console import Console
from rich.live import Live

from nex_resources.config import ConfigError
from nex_resources.mcp import McpPool
from nex_resources.records import Status, Task
from nex_resources.runtime import Budget, JsonlSink, Tee, load_agent, read_events, run
from nex_resources.runtime.models import load_models
from nex_resources.runtime.otel import export
from nex_resources.runtime.schema import write_schemas
from nex_resources.runtime.servers import catalogue_of
from nex_resources.runtime.view import Tail, TreeView, print_tree


def main(arguments: list[str] | None = None) -> int:
    options = _parser().parse_args(arguments)
    try:
        return int(options.command(options))
    except (ConfigError, FileNotFoundError) as error:
        print(error, file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        print("interrupted; what was recorded can be replayed", file=sys.stderr)
        return 130


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m nex_resources.runtime", description="Run agents and read their records."
    )
    commands = parser.add_subparsers(required=True)
    one = commands.add_parser("run", help="run an agent and watch it")
    one.add_argument("agent", type=Path)
    one.add_argument("task")
    one.add_argument(
        "--out", type=Path, help="folder for events.jsonl and long results (default: .nex/runs/<time>)"
    )
    one.add_argument(
        "--context",
        action="append",
        default=[],
        metavar="NAME=VALUE",
        type=_pair,
        help="a value for the prompts",
    )
    one.add_argument("--max-seconds", type=float)
    one.add_argument("--max-tokens", type=int)
    one.add_argument("--max-cost", type=float, help="US dollars")
    one.set_defaults(command=_run)
    for name, command, text in (
        ("replay", _replay, "show a stored rollout"),
        ("otel", _otel, "print OTLP JSON"),
    ):
        stored = commands.add_parser(name, help=text)
        stored.add_argument("events", type=Path)
        stored.set_defaults(command=command)
    commands.choices["replay"].add_argument(
        "--pace", type=float, default=0.0, help="1: as fast as it was; 0: at once"
    )
    commands.choices["otel"].add_argument(
        "--texts", action="store_true", help="with arguments, results and answers"
    )
    schema = commands.add_parser("schema", help="write the JSON Schemas of the YAML")
    schema.add_argument("folder", type=Path)
    schema.set_defaults(command=_schema)
    return parser


def _run(options: argparse.Namespace) -> int:
    return 0 if asyncio.run(_watch(options)) == "completed" else 1


async def _watch(options: argparse.Namespace) -> Status:
    """Run the agent under a live tree; then print its answer on standard output."""
    spec, llm = load_agent(options.agent, dict(options.context)), load_models(options.agent)
    out = options.out or Path(".nex/runs") / time.strftime("%Y%m%d-%H%M%S")
    budget = Budget(
        max_seconds=options.max_seconds, max_tokens=options.max_tokens, max_cost_usd=options.max_cost
    )
    catalogue, view, console = catalogue_of(spec), TreeView(), Console(stderr=True)
    seeds, task = dict.fromkeys(catalogue.servers, _nothing), Task(out.name, options.task)
    live = Live(Tail(view.tree), console=console, refresh_per_second=8, transient=True)
    pool = McpPool(catalogue, home=out / "servers", confine=False)  # the user's own servers see the machine
    async with pool, pool.host(seeds, tools=None) as host:
        with live, JsonlSink(out) as file:
            trace = await run(spec, task, host, llm, budget, Tee(file, view))
    await llm.close()
    print_tree(view, console)
    console.print(f"[dim]recorded in {out}/events.jsonl[/]")
    print(trace.answer)
    return trace.status


def _pair(text: str) -> tuple[str, str]:
    name, found, value = text.partition("=")
    if not found:
        raise argparse.ArgumentTypeError(f"{text!r} is not NAME=VALUE")
    return name, value


def _nothing(workspace: Path) -> None:
    """A server of one's own starts in an empty workspace."""


def _replay(options: argparse.Namespace) -> int:
    view, console, before = TreeView(), Console(), 0.0
    with Live(Tail(view.tree), console=console, refresh_per_second=8, transient=True):
        for event in read_events(options.events):
            if options.pace and before:
                time.sleep((event.at - before) * options.pace)
            view.append(event)
            before = event.at
    print_tree(view, console)
    return 0


def _otel(options: argparse.Namespace) -> int:
    print(json.dumps(export(read_events(options.events), options.texts)))
    return 0


def _schema(options: argparse.Namespace) -> int:
    for path in write_schemas(options.folder):
        print(path)
    return 0


if __name__ == "__main__":
    sys.exit(main())
