"""Training runs: the mix of samples that a recipe takes, the run in a process of its own, its row.

The trainer itself is `nex_resources.trainer`; `plan.py` says what it is given and what is kept of it,
`curve.py` draws the loss.
"""

from nex_assets.checkpoint.curve import loss_curve
from nex_assets.checkpoint.plan import NothingToTrainOnError, plan_training, to_row, training_command

__all__ = ["NothingToTrainOnError", "loss_curve", "plan_training", "to_row", "training_command"]
