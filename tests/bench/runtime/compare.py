"""Side by side: ours, openai-agents and smolagents in turn on the same mock, each in a process of its own.

    python tests/bench/runtime/compare.py [--peer-python PATH] [--rollouts N] [--only ours]

`--peer-python` is an interpreter that has the peers (`pip install -e '.[bench]'` puts them beside ours). The
ratios are to ours, of figures taken minutes apart on the same machine: compare those, not the milliseconds.
"""

import argparse
import importlib.util
import json
import subprocess
import sys
from contextlib import contextmanager
from pathlib import Path

HERE = Path(__file__).parent
LOADS = [(1, 0, 0.25), (64, 0, 1.0), (256, 200, 4.0)]  # concurrency, latency in ms, part of --rollouts
PEERS = {"openai-agents": "agents", "smolagents": "smolagents"}


@contextmanager
def mock():
    server = subprocess.Popen([sys.executable, HERE / "mock_server.py"], stdout=subprocess.PIPE, text=True)
    try:
        yield f"http://127.0.0.1:{server.stdout.readline().strip()}"
    finally:
        server.kill()
        server.wait()


def measure(python, runtime, url, concurrency, latency, rollouts):
    options = ["--concurrency", concurrency, "--latency-ms", latency, "--rollouts", rollouts]
    command = [python, HERE / "load.py", runtime, url, *options]
    done = subprocess.run(list(map(str, command)), capture_output=True, text=True)
    if done.returncode:
        raise SystemExit(f"{runtime} failed:\n{done.stderr[-2000:]}")
    return json.loads(done.stdout.splitlines()[-1])


def table(rows):
    head = "| C / latency | runtime | rollouts/s | CPU ms/step | peak MB | CPU: × ours | speed: ours × |"
    print(f"{head}\n|---|---|---|---|---|---|---|")
    for row in rows:
        base = next(r for r in rows if r["runtime"] == "ours" and r["load"] == row["load"])
        failed = row["rollouts"] - row["succeeded"]
        print(
            f"| {row['load']} | {row['runtime']}{f' ({failed} failed)' if failed else ''} "
            f"| {row['rollouts_per_s']:.1f} | {row['cpu_ms_per_step']:.2f} | {row['peak_mb']:.0f} "
            f"| {row['cpu_ms_per_step'] / base['cpu_ms_per_step']:.1f} "
            f"| {base['rollouts_per_s'] / row['rollouts_per_s']:.1f} |"
        )


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--peer-python", default=sys.executable)
    parser.add_argument(
        "--rollouts", type=int, default=128, help="for a peer at C=64; ours does eight times that"
    )
    parser.add_argument("--only", choices=["ours", "floor", *PEERS])
    options = parser.parse_args()
    runtimes = [options.only] if options.only else ["ours", *PEERS, "floor"]
    if options.peer_python == sys.executable and not options.only:
        missing = [name for name, module in PEERS.items() if importlib.util.find_spec(module) is None]
        for name in missing:
            print(f"{name} is not installed here: pip install -e '.[bench]', or give --peer-python")
            runtimes.remove(name)
    rows = []
    with mock() as url:
        for concurrency, latency, part in LOADS:
            for runtime in runtimes:
                python = options.peer_python if runtime in PEERS else sys.executable
                rollouts = max(concurrency, int(options.rollouts * part)) * (1 if runtime in PEERS else 8)
                row = measure(python, runtime, url, concurrency, latency, rollouts)
                rows.append({**row, "load": f"{concurrency} / {latency} ms"})
                print(json.dumps(rows[-1]), file=sys.stderr)
    if "ours" in runtimes:
        table(rows)


if __name__ == "__main__":
    main()
