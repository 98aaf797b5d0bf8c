"""The one Definitions object: assets in lineage order, checks, jobs, schedules, resources by profile.

`NEX_PROFILE` chooses the profile (see `configs/profiles`). Nothing heavy is imported here: stages
import what they need when they run.
"""

import warnings

import dagster as dg

from nex_assets.agent_frameworks.asset import agent_frameworks
from nex_assets.checkpoint.asset import checkpoint
from nex_assets.evaluation.asset import EVALUATION_CHECKS, evaluation
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
    current_profile,
)

warnings.filterwarnings("ignore", category=dg.BetaWarning)  # of backfill policies, on every command

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

# What runs by itself once the sensor `automation` is switched on. Queries and rollouts run for batches that
# are not there yet and are never repeated, since a keyed teacher costs money; the student is trained by hand.
MISSING = (
    dg.AutomationCondition.missing()
    & ~dg.AutomationCondition.any_deps_missing()
    & ~dg.AutomationCondition.any_deps_in_progress()
    & ~dg.AutomationCondition.in_progress()
    & ~dg.AutomationCondition.execution_failed()  # a batch that failed waits for someone to look
)
AUTOMATION = {
    mcp_tools: dg.AutomationCondition.on_cron("0 2 * * *"),  # finds schemas that drifted
    problem_type_tree: dg.AutomationCondition.on_cron("0 3 * * 1"),
    agent_frameworks: dg.AutomationCondition.eager(),
    queries: MISSING,
    raw_traces: MISSING,
    filtered_traces: dg.AutomationCondition.eager(),
    sft_datasets: dg.AutomationCondition.on_cron("0 6 * * *"),
}


def automated(stage: dg.AssetsDefinition) -> dg.AssetsDefinition:
    condition = AUTOMATION.get(stage)
    return stage.map_asset_specs(lambda spec: spec.replace_attributes(automation_condition=condition))


foundations = dg.define_asset_job(
    "foundations",
    [mcp_tools, problem_type_tree, agent_frameworks],
    description="Probe the servers, build the tree, compose the frameworks.",
)
rollouts = dg.define_asset_job(
    "rollouts",
    [queries, raw_traces, filtered_traces],
    description="One batch: prove tasks, carry them out, assess what came of it.",
)
learning = dg.define_asset_job(
    "learning", [checkpoint, evaluation], description="Train the student and evaluate it live."
)


@dg.schedule(job=rollouts, cron_schedule="0 4 * * *")
def nightly_rollouts(context: dg.ScheduleEvaluationContext) -> list[dg.RunRequest]:
    """Every night, a run for each of the next batches that are not there yet, as many as the profile's
    `rollouts.nightly`. Off by default: with a keyed teacher it spends money."""
    done = context.instance.get_materialized_partitions(filtered_traces.key)
    missing = [key for key in BATCHES.get_partition_keys() if key not in done]
    return [
        dg.RunRequest(run_key=f"{context.scheduled_execution_time:%F}/{key}", partition_key=key)
        for key in missing[: current_profile().rollouts.nightly]
    ]


defs = dg.Definitions(
    assets=[automated(stage) for stage in STAGES],
    asset_checks=[
        *MCP_TOOLS_CHECKS,
        *QUERIES_CHECKS,
        *FILTERED_TRACES_CHECKS,
        *SFT_DATASETS_CHECKS,
        *EVALUATION_CHECKS,
    ],
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
