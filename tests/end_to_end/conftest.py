import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))

from end_to_end_kit import materialize

from nex_resources.store import Store


@pytest.fixture(scope="session")
def lineage(tmp_path_factory: pytest.TempPathFactory) -> Store:
    return materialize(tmp_path_factory.mktemp("nex"))
