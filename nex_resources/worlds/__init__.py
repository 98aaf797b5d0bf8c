"""Seeded executable environments: each is an MCP server whose state can be seeded, read and compared.

Our own (`retail`, …) are tables in one JSON file with tools as plain functions (`business.py`), served by
`python -m nex_resources.worlds.serve NAME --workspace W`. Third-party ones seed real files, repositories
and databases for the servers of the catalogue. `verify` says whether a rollout did what was asked.
"""

from nex_resources.worlds.base import (
    Live,
    Outcome,
    Output,
    Parameter,
    Rows,
    SemanticType,
    World,
    WorldError,
    WorldTool,
)
from nex_resources.worlds.facts import states, states_value
from nex_resources.worlds.forms import arguments_for, bound
from nex_resources.worlds.paths import PathError, Reference, fill, references, resolve, segments, selectors
from nex_resources.worlds.pools import Pool, pool_of_seed, pool_of_value, world_seed
from nex_resources.worlds.registry import business_worlds, effect_of, form, forms, get, names, tool
from nex_resources.worlds.simulator import UserSimulator
from nex_resources.worlds.verify import Snapshots, diff_all, is_refusal, verify, verify_outcome

__all__ = [
    "Live",
    "Outcome",
    "Output",
    "Parameter",
    "PathError",
    "Pool",
    "Reference",
    "Rows",
    "SemanticType",
    "Snapshots",
    "UserSimulator",
    "World",
    "WorldError",
    "WorldTool",
    "arguments_for",
    "bound",
    "business_worlds",
    "diff_all",
    "effect_of",
    "fill",
    "form",
    "forms",
    "get",
    "is_refusal",
    "names",
    "pool_of_seed",
    "pool_of_value",
    "references",
    "resolve",
    "segments",
    "selectors",
    "states",
    "states_value",
    "tool",
    "verify",
    "verify_outcome",
    "world_seed",
]
