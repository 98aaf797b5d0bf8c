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
    """The problem type tree: bilingual nodes from the domain files and their composition rules; each leaf
    says what its blueprints must be like."""
    from nex_assets.problem_type_tree import TreeHistory, build_tree, sunburst_html
    from nex_resources.domains import load_domains

    tree = build_tree(load_domains(CONFIGS / "domains"), only=list(profile.get().domains))
    TreeHistory(profile.home / "tree_versions").commit(tree, f"run {context.run_id}")
    drawing = profile.home / "problem_types.html"
    drawing.write_text(sunburst_html(tree), encoding="utf-8")
    context.add_output_metadata(
        {"leaves": len(tree.leaves), "version": tree.version, "sunburst": dg.MetadataValue.path(str(drawing))}
    )
    return list(tree.nodes)
