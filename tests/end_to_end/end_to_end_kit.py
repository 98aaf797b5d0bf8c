"""One whole lineage of the quick profile, materialized by the command that users run."""

import os
import subprocess
import sys
from pathlib import Path

from nex_resources.profile import ROOT
from nex_resources.store import Store


def materialize(home: Path) -> Store:
    """Run `python -m nex_resources.pipeline` with the quick profile and state in `home`."""
    environment = {**os.environ, "NEX_PROFILE": "quick", "NEX_HOME": str(home)}
    environment.pop("DAGSTER_HOME", None)
    done = subprocess.run(
        [sys.executable, "-m", "nex_resources.pipeline"],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        timeout=900,
    )
    assert done.returncode == 0, done.stdout[-6000:] + done.stderr[-2000:]
    return Store(home)
