"""Real MCP servers for rollouts: the curated catalogue, an installation of each server in an
environment of its own, a pool of warm sessions leased one rollout at a time, and cassettes that
replay them with no server.

`catalogue` says what there is, `install` gets it, `launch` fills in how it starts; `stdio` and `http`
are the transports, `session` one connection owned by one task, `slots` and `pool` who has which,
`host` the tools one rollout sees; `cassette` and `taping` record and replay them. `paths`, `classify`
and `results` stand between a model and a server: what may be asked, what an answer means, how much of
it is shown.
"""

from nex_resources.mcp.cassette import CassetteError, Cassettes, Player, Recorder
from nex_resources.mcp.catalogue import Catalogue, CatalogueError, Server
from nex_resources.mcp.host import McpHost
from nex_resources.mcp.install import InstallError, MissingError, cache_dir, install
from nex_resources.mcp.pool import McpPool, UnavailableError
from nex_resources.mcp.results import ResultLimits
from nex_resources.mcp.slots import Limits

__all__ = [
    "CassetteError",
    "Cassettes",
    "Catalogue",
    "CatalogueError",
    "InstallError",
    "Limits",
    "McpHost",
    "McpPool",
    "MissingError",
    "Player",
    "Recorder",
    "ResultLimits",
    "Server",
    "UnavailableError",
    "cache_dir",
    "install",
]
