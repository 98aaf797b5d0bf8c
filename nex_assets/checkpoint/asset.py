"""Asset `checkpoint`: the student, fine-tuned on one format's dataset."""

import dagster as dg

from nex_resources.dagster import (
    OWNERS,
    ProfileResource,
    TrainerResource,
    current_profile,
    svg_metadata,
    table_metadata,
)
from nex_resources.profile import CONFIGS
from nex_resources.profile import cache as cache_folder
from nex_resources.records import Sample
from nex_resources.store import CheckpointRow


@dg.asset(
    group_name="learning",
    kinds={"pytorch", "huggingface"},
    owners=OWNERS,
    ins={
        "sft_datasets": dg.AssetIn(
            partition_mapping=dg.SpecificPartitionsPartitionMapping([current_profile().training.format])
        )
    },
    code_version="1",
    metadata=table_metadata("checkpoints"),
    pool="training",
)
def checkpoint(
    context: dg.AssetExecutionContext,
    profile: ProfileResource,
    trainer: TrainerResource,
    sft_datasets: list[Sample],
) -> dg.Output[list[CheckpointRow]]:
    """The student trained on the samples that the profile's recipe takes, in a process of its own; a
    killed run goes on from its last saved state."""
    from nex_assets.checkpoint import loss_curve, plan_training, to_row, training_command
    from nex_resources.mixes import load_recipe, mix
    from nex_resources.trainer.saving import read_manifest

    settings = profile.get()
    recipe = load_recipe(CONFIGS / "datasets" / f"{settings.training.recipe}.yaml")
    samples = mix(sft_datasets, recipe).samples[: settings.training.max_samples]
    spec, model = plan_training(
        samples, settings.training, settings.seed, profile.home / "checkpoint", cache_folder()
    )
    trainer.run(context, training_command(spec, settings.training.processes))
    row = to_row(read_manifest(model), model, settings.training, samples)
    measured = {name: value for name, value in row.metrics.items() if name != "losses"}
    # After a Pipes session Dagster takes typed outputs only.
    curve = svg_metadata(loss_curve(row.metrics["losses"]), "loss by step")
    return dg.Output([row], metadata={**measured, "losses": curve, "path": dg.MetadataValue.path(str(model))})
