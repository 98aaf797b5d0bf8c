"""The problem type tree: the bilingual taxonomy that queries are sampled from.

`tree.py` builds it from domain files and flattens it to rows, `expansion.py` divides leaves along axes,
leaves are drawn by `nex_resources.sampling`, which queries share. Other sources: `nexgap.py`
imports a NexGAP folder, `seeding.py` starts from a catalogue or a description, `llm_expansion.py` asks a
model; `grounding.py` decides which tools a leaf of mere words is about. `twins.py` refuses
near-duplicates, `versions.py` keeps every state, `sunburst.py` draws. `sources.py` puts a profile's tree
together.
"""

from nex_assets.problem_type_tree.grounding import Match, ground, unmatched
from nex_assets.problem_type_tree.llm_expansion import Expansion, expand
from nex_assets.problem_type_tree.nexgap import Imported, import_nexgap
from nex_assets.problem_type_tree.seeding import from_catalogue, from_description
from nex_assets.problem_type_tree.sources import Grown, profile_tree
from nex_assets.problem_type_tree.sunburst import sunburst_html
from nex_assets.problem_type_tree.tree import Tree, TreeError, build_tree, from_rows, node_id, to_rows
from nex_assets.problem_type_tree.twins import Twin, TwinError, add_nodes, find_twins
from nex_assets.problem_type_tree.versions import Changes, TreeHistory, Version
from nex_resources.domains.nexgap import Fault

__all__ = [
    "Changes",
    "Expansion",
    "Fault",
    "Grown",
    "Imported",
    "Match",
    "Tree",
    "TreeError",
    "TreeHistory",
    "Twin",
    "TwinError",
    "Version",
    "add_nodes",
    "build_tree",
    "expand",
    "find_twins",
    "from_catalogue",
    "from_description",
    "from_rows",
    "ground",
    "import_nexgap",
    "node_id",
    "profile_tree",
    "sunburst_html",
    "to_rows",
    "unmatched",
]
