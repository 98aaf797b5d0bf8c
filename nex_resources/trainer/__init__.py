"""The student and its training: obtain the model, render conversations as it sees them, fine-tune, save.

`python -m nex_resources.trainer SPEC.json` trains in a process of its own and leaves a checkpoint folder
with a manifest. `Template` is the one place that says how the student is prompted, for training and for
`llm/transformers.py` alike. torch and transformers are imported only inside the functions that need them.
"""

from nex_resources.trainer.saving import Manifest, read_manifest
from nex_resources.trainer.sft import Progress, train
from nex_resources.trainer.spec import SpecError, TrainSpec, read_spec, write_spec
from nex_resources.trainer.student import StudentError, student_folder
from nex_resources.trainer.template import Template

__all__ = [
    "Manifest",
    "Progress",
    "SpecError",
    "StudentError",
    "Template",
    "TrainSpec",
    "read_manifest",
    "read_spec",
    "student_folder",
    "train",
    "write_spec",
]
