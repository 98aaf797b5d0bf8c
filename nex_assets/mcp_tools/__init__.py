"""Stage `mcp_tools`: probes the catalogue's servers live and says of each tool whether it is there, how
fast it answers and whether its schema is still the one seen last.

The probing itself is `nex_resources.mcp.probe`; here it becomes rows (`probe`) and drift (`drift`).
"""

from nex_assets.mcp_tools.drift import schema_hash, with_drift
from nex_assets.mcp_tools.probe import probe_rows, rows_of

__all__ = ["probe_rows", "rows_of", "schema_hash", "with_drift"]
