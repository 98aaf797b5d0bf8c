"""What Dagster has on record of a run that failed. The driver of `make run` asks here, not in the run's
output: the part of it that a step writes is copied there by a process that may be stopped before its end."""

from __future__ import annotations

from dagster import DagsterEventType, DagsterInstance

TOLD = {DagsterEventType.STEP_FAILURE, DagsterEventType.ASSET_CHECK_EVALUATION, DagsterEventType.RUN_FAILURE}


def why_failed(run_id: str) -> list[str]:
    """Return what went wrong in run `run_id` of the instance in `DAGSTER_HOME`: the messages of failed steps
    without their stacks, and of checks that did not pass; or the run's own where no step tells one."""
    told: list[str] = []
    for entry in DagsterInstance.get().all_logs(run_id, of_type=TOLD):
        event = entry.get_dagster_event()
        if event.is_step_failure:
            error = event.step_failure_data.error
            while error is not None and error.cause is not None:
                error = error.cause
            if error is not None and error.cls_name != "DagsterAssetCheckFailedError":
                told.append(error.message.strip())
        elif event.event_type == DagsterEventType.ASSET_CHECK_EVALUATION:
            if not event.asset_check_evaluation_data.passed:
                told.append(event.message or "")
        elif not told:
            told.append(entry.user_message)
    return list(dict.fromkeys(told))
