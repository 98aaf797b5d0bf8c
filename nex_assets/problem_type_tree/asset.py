"""Asset `problem_type_tree`: the taxonomy of what can be asked."""

import dagster as dg

from nex_resources.dagster import OWNERS, ProfileResource, table_metadata
from nex_resources.profile import CONFIGS
from nex_resources.records import ProblemType


@dg.asset(
    group_name="foundations",
    kinds={"yaml", "duckdb"},
    owners=OWNERS,
    code_version="1",
    metadata=table_metadata("problem_types"),
)
def problem_type_tree(context: dg.AssetExecutionContext, profile: ProfileResource) -> list[ProblemType]:
    """The problem type tree: bilingual nodes from the domain files and their composition rules, or from a
    NexGAP folder; each leaf says what its blueprints must be like."""
    from nex_assets.problem_type_tree import TreeHistory, profile_tree, sunburst_html
    from nex_resources.domains import load_domains
    from nex_resources.sampling import LeafCounts

    grown = profile_tree(profile.get(), load_domains(CONFIGS / "domains"))
    tree, counts = grown.tree, LeafCounts(profile.home / "leaf_counts.sqlite").counts()
    version = TreeHistory(profile.home / "tree_versions").commit(tree, f"run {context.run_id}")
    drawing = profile.home / "problem_types.html"
    drawing.write_text(sunburst_html(tree, counts), encoding="utf-8")
    context.add_output_metadata(
        {
            "leaves": len(tree.leaves),
            "version": version.id,
            "sunburst": dg.MetadataValue.path(str(drawing)),
            "faults of imported folders": list(grown.faults),
            "leaves that no tool fits": list(grown.unmatched),
        }
    )
    return list(tree.nodes)
