"""The one Definitions object: assets in lineage order, checks, jobs, schedules, resources by profile.

`NEX_PROFILE` chooses the profile (see `configs/profiles`). Nothing heavy is imported here: stages
import what they need when they run.
"""

import dagster as dg

from nex_assets.agent_frameworks.asset import agent_frameworks
from nex_assets.checkpoint.asset import checkpoint
from nex_assets.evaluation.asset import evaluation
from nex_assets.filtered_traces.asset import FILTERED_TRACES_CHECKS, filtered_traces
from nex_assets.mcp_tools.asset import MCP_TOOLS_CHECKS, mcp_tools
from nex_assets.problem_type_tree.asset import problem_type_tree
from nex_assets.queries.asset import QUERIES_CHECKS, queries
from nex_assets.raw_traces.asset import raw_traces
from nex_assets.sft_datasets.asset import SFT_DATASETS_CHECKS, sft_datasets
from nex_resources.dagster import (
    BATCHES,
    McpResource,
    ProfileResource,
    StoreIOManager,
    StoreResource,
    TeacherResource,
    TrainerResource,
)

STAGES = [
    mcp_tools,
    problem_type_tree,
    agent_frameworks,
    queries,
    raw_traces,
    filtered_traces,
    sft_datasets,
    checkpoint,
    evaluation,
]

foundations = dg.define_asset_job(
    "foundations",
    [mcp_tools, problem_type_tree, agent_frameworks],
    description="Probe the servers, build the tree, compose the frameworks.",
)
rollouts = dg.define_asset_job(
    "rollouts",
    [queries, raw_traces, filtered_traces],
    partitions_def=BATCHES,
    description="One batch: prove tasks, carry them out, assess what came of it.",
)
learning = dg.define_asset_job(
    "learning", [checkpoint, evaluation], description="Train the student and evaluate it live."
)


@dg.schedule(job=rollouts, cron_schedule="0 4 * * *")
def nightly_rollouts(context: dg.ScheduleEvaluationContext) -> list[dg.RunRequest]:
    """Every night, one run per batch. Off by default: with a keyed teacher it spends money."""
    day = context.scheduled_execution_time.strftime("%Y-%m-%d")
    return [dg.RunRequest(run_key=f"{day}-{key}", partition_key=key) for key in BATCHES.get_partition_keys()]


defs = dg.Definitions(
    assets=STAGES,
    asset_checks=[*MCP_TOOLS_CHECKS, *QUERIES_CHECKS, *FILTERED_TRACES_CHECKS, *SFT_DATASETS_CHECKS],
    jobs=[foundations, rollouts, learning],
    schedules=[nightly_rollouts],
    sensors=[dg.AutomationConditionSensorDefinition("automation", target="*")],
    resources={
        "profile": ProfileResource(),
        "store": StoreResource(),
        "mcp": McpResource(),
        "teacher": TeacherResource(),
        "trainer": TrainerResource(),
        "io_manager": StoreIOManager(),
    },
    executor=dg.in_process_executor,
)
