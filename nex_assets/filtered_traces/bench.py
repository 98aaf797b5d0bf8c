"""How fast the rule detectors are: `python -m nex_assets.filtered_traces.bench [--traces N]`.

Traces of 18 KiB (JSON) with eight tool turns, as long as the field's records, go through all detectors and
the verdict on one core; then a stream of `--stream` traces shows whether memory stays flat.
"""

# ruff: noqa: E501 (wordings and scripts are easier to read unbroken)

from __future__ import annotations

import argparse
import json
import resource
import sys
import time
from collections.abc import Iterator
from random import Random

import msgspec

from nex_assets.filtered_traces.rules import Rules
from nex_assets.filtered_traces.scripting import do, script, turn
from nex_assets.filtered_traces.specimens.base import CITIES, GOODS, person
from nex_assets.filtered_traces.verdict import assess
from nex_resources.records import Trace, generator

TURNS = 8
SIZE = 18 * 1024


def _rows(rng: Random, length: int) -> str:
    rows, size = [], 0
    while size < length:
        row = {
            "id": rng.randrange(10**6),
            "name": person(rng),
            "good": rng.choice(GOODS),
            "city": rng.choice(CITIES),
            "units": rng.randrange(999),
        }
        rows.append(row)
        size += 90
    return json.dumps(rows)


def bench_trace(rng: Random, size: int = SIZE) -> Trace:
    """A trace of about `size` bytes as JSON: eight turns of prose, reasoning, a call and rows."""
    turns = [
        turn(
            f"Page {page} of {rng.choice(CITIES)} is next; I keep looking for the {rng.choice(GOODS)}.",
            do(
                "shop__list_sales",
                {"page": page, "city": rng.choice(CITIES)},
                _rows(rng, (size - 7300) // TURNS),
            ),
            thinking=f"The user wants one entry. So far {page - 1} pages were read, and {person(rng)} was not on them. I should go on.",
        )
        for page in range(1, TURNS + 1)
    ]
    row = json.loads(turns[-1].calls[0].result or "[]")[-1]
    answer = f"{row['name']} bought a {row['good']} in {row['city']}: entry {row['id']} lists {row['units']} units. It is the last entry of page 8."
    return script("Find the last sale of all pages and tell me who bought what, and where.", *turns, answer)


def traces(n: int, seed: int = 0) -> Iterator[Trace]:
    """Yield `n` different traces, each decoded from JSON as a stage would read them."""
    pool = [msgspec.json.encode(bench_trace(generator(seed, "bench", i))) for i in range(min(n, 200))]
    decoder = msgspec.json.Decoder(Trace)
    for index in range(n):
        yield decoder.decode(pool[index % len(pool)])


def rate(n: int) -> tuple[float, float, int]:
    """Return (traces/s, KiB a trace, quarantined) over `n` traces; decoding is not counted."""
    rules, busy, size, bad = Rules(), 0.0, 0, 0
    for trace in traces(n):
        started = time.process_time()
        bad += assess(trace, rules=rules).decision == "quarantine"
        busy += time.process_time() - started
    size = sum(len(msgspec.json.encode(trace)) for trace in traces(50)) // 50
    return n / busy, size / 1024, bad


def peak_mib() -> float:
    scale = 1024 if sys.platform != "darwin" else 1024 * 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / scale


def main() -> None:
    """Print the figures as JSON lines."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--traces", type=int, default=2_000)
    parser.add_argument("--stream", type=int, default=0, help="traces to stream for the memory figure")
    options = parser.parse_args()
    speed, size, bad = rate(options.traces)
    print(
        json.dumps({"traces_per_second": round(speed), "kib_per_trace": round(size, 1), "quarantined": bad})
    )
    before, rules = peak_mib(), Rules()
    for index, trace in enumerate(traces(options.stream), 1):
        assess(trace, rules=rules)
        if index % 100_000 == 0:
            print(json.dumps({"streamed": index, "peak_mib": round(peak_mib(), 1)}), flush=True)
    if options.stream:
        print(
            json.dumps(
                {
                    "streamed": options.stream,
                    "peak_mib_before": round(before, 1),
                    "peak_mib": round(peak_mib(), 1),
                }
            )
        )


if __name__ == "__main__":
    main()
