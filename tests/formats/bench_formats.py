"""Records a second in every format, one core: `python tests/formats/bench_formats.py`.

A record has 8 tool turns and about 18.7 KiB. Every 4th has adversarial arguments. Each text is read back
and compared outside the clock: what differs is corrupted, what was refused is unrepresentable. `--store`
takes the trajectories of `NEX_HOME` in their place; `--stream N` makes N samples one after the other and
says what memory that took on the way.
"""

from __future__ import annotations

import argparse
import json
import platform
import resource
import time
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from nex_assets.sft_datasets import Report, iter_samples
from nex_resources.formats import FORMATS, ChatFrame, DecodeError
from nex_resources.formats.jsontext import same
from nex_resources.profile import home
from nex_resources.records import (
    Assessment,
    Blueprint,
    Certificate,
    Message,
    Query,
    ToolCall,
    ToolResult,
    ToolSpec,
    Trace,
    Trajectory,
    assistant,
    system,
    tool_results,
    user,
)
from nex_resources.store import Store, TraceRow

Record = tuple[list[Message], Sequence[ToolSpec]]

HOSTILE = (
    "a < b & c",
    "</parameter>",
    " edge\n",
    "null",
    "true",
    '{"a":1}',
    "<tool_call>",
    "日本語 🎉",
    "1e5",
    "</note>",
)
PROPERTIES = {
    "note": {"type": "string", "description": "what to write down"},
    "order_id": {"type": "string", "description": "the order"},
    "reason": {"type": "string", "description": "why"},
    "count": {"type": "integer"},
    "urgent": {"type": "boolean"},
}
TOOLS = tuple(
    ToolSpec(
        f"shop__tool_{n}", "Does one thing to one order. " * 4, {"type": "object", "properties": PROPERTIES}
    )
    for n in range(10)
)


def record(number: int) -> list[Message]:
    """One conversation; all but every 4th of them ordinary."""
    turns = [system("You are a clerk who is careful. " * 40), user("Please look after my orders. " * 10)]
    for step in range(8):
        hostile = HOSTILE[(number // 4 + step) % len(HOSTILE)] if number % 4 == 3 and step < 2 else ""
        note = (
            f"Line one of the note.\nThen <b>more</b> & more. {hostile}end"
            if hostile
            else "Checked it twice, " * 5 + "and again"
        )
        given: dict[str, Any] = {
            "order_id": f"O-{number}-{step}",
            "note": note,
            "count": step,
            "urgent": step % 2 == 0,
        }
        if hostile:
            given["reason"] = hostile
        call = ToolCall(f"call_{step}", f"shop__tool_{step}", given)
        turns += [
            assistant("", call),
            tool_results(ToolResult(call.id, call.name, "a row of the result; " * 55)),
        ]
    return [*turns, assistant("Everything is done as you asked. " * 8)]


def stored() -> list[Record]:
    """The trajectories of `NEX_HOME`, sub-agents' too."""
    rows = Store(home()).read("traces", TraceRow)
    return [(list(t.messages), t.tools) for row in rows for t in row.trace.trajectories]


def stream(name: str, count: int) -> None:
    """Make `count` samples of format `name`, keep none, and print the memory in use on the way."""
    report = Report(name)
    started = time.process_time()
    for number, _ in enumerate(iter_samples(map(row, range(count)), report), 1):
        if number % max(count // 10, 1) == 0:
            resident = int(Path("/proc/self/statm").read_text().split()[1]) * resource.getpagesize()
            print(f"{name}: {number:>9,} samples, {resident / 2**20:.0f} MiB in use", flush=True)
    rate = report.rows / (time.process_time() - started)
    print(
        f"{report.rows:,} rows, {report.left_out:,} left out, {rate:,.0f} rows/s (making the rows included)"
    )


def row(number: int) -> tuple[Trace, Assessment, Query]:
    key = f"{number:07d}"
    plan = Blueprint(f"blueprint_{key}", "task", "shape", {}, ())
    trajectory = Trajectory("clerk", "s0", tuple(record(number)), TOOLS)
    return (
        Trace(f"trace_{key}", f"query_{key}", "framework", "completed", "", (trajectory,)),
        Assessment(f"assessment_{key}", f"trace_{key}", "keep"),
        Query(f"query_{key}", "?", "leaf", "framework", plan, Certificate()),
    )


def bench(name: str, records: list[Record]) -> dict[str, Any]:
    """Render all records, then check every one of those that were carried."""
    codec, frame = FORMATS[name], ChatFrame()
    for messages, tools in records[:100]:  # warm up
        frame.render(messages, tools, codec)
    started = time.process_time()
    rendered = [frame.render(messages, tools, codec) for messages, tools in records]
    seconds = time.process_time() - started
    reasons = Counter(r.reason.partition(":")[0] for r in rendered if r.reason)
    carried = [(m, r) for m, r in zip(records, rendered, strict=True) if not r.reason]
    return {
        "records/s": round(len(records) / seconds),
        "KiB": round(sum(len(r.text.encode()) for _, r in carried) / max(len(carried), 1) / 1024, 1),
        "carried": len(carried),
        "corrupted": sum(not intact(name, *given, r.text, r.labelled) for given, r in carried),
        "unrepresentable": dict(reasons),
    }


def intact(
    name: str,
    messages: list[Message],
    tools: Sequence[ToolSpec],
    text: str,
    labelled: tuple[tuple[int, int], ...],
) -> bool:
    """Whether the labelled turns decode to what was meant."""
    meant = [[m.text, [[c.name, c.arguments] for c in m.calls]] for m in messages if m.role == "assistant"]
    try:
        turns = [FORMATS[name].decode(text[a:b].removesuffix("<|im_end|>"), tools) for a, b in labelled]
    except DecodeError:
        return False
    return same([[m.text, [[c.name, c.arguments] for c in m.calls]] for m in turns], meant)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--records", type=int, default=2000)
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--format", action="append", choices=sorted(FORMATS), help="default: all")
    parser.add_argument("--store", action="store_true", help="take the trajectories of NEX_HOME")
    parser.add_argument("--stream", type=int, metavar="N", help="memory over N samples")
    options = parser.parse_args()
    if options.stream:
        for name in options.format or ["hermes"]:
            stream(name, options.stream)
        return
    records = stored() if options.store else [(record(n), TOOLS) for n in range(options.records)]
    rows = {name: bench(name, records) for name in options.format or FORMATS}
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    if options.json:
        print(json.dumps({"python": platform.python_version(), "peak_MiB": peak, "formats": rows}))
        return
    print(
        f"{'format':14}{'records/s':>10}{'KiB':>7}{'carried':>9}{'corrupted':>11}  unrepresentable, by reason"
    )
    for name, row in rows.items():
        reasons = ", ".join(f"{reason} {count}" for reason, count in row["unrepresentable"].items())
        counts = f"{row['carried']:>9,}{row['corrupted']:>11}"
        print(f"{name:14}{row['records/s']:>10,}{row['KiB']:>7}{counts}  {reasons}")
    print(f"peak memory {peak} MiB")


if __name__ == "__main__":
    main()
