"""The kinds of defect, and how a finding is made.

A kind's `action` is what the verdict does with it unless `configs/quality.yaml` says otherwise:
`quarantine` the trace, `mask` the turn where the trace recovers from it (else quarantine), `repair`,
`redact`, or only `flag`. `late` kinds concern the trace as a whole and are never masked.
"""

from __future__ import annotations

from typing import Literal

import msgspec

from nex_resources.records import Finding, Severity

Action = Literal["quarantine", "mask", "repair", "redact", "flag", "off"]
ACTIONS: tuple[Action, ...] = ("quarantine", "mask", "repair", "redact", "flag", "off")


class Kind(msgspec.Struct, frozen=True):
    """One kind of defect: the detector that finds it, what it means, and its default action."""

    name: str
    detector: str
    meaning: str
    action: Action = "quarantine"


_TABLE: tuple[tuple[str, str, Action, str], ...] = (
    ("truncation", "cut_output", "quarantine", "the model hit its output limit"),
    ("truncation", "unfinished_text", "quarantine", "the answer stops in mid-sentence or mid-word"),
    ("truncation", "unclosed_structure", "quarantine", "a code block, tag or JSON text is never closed"),
    ("truncation", "no_answer", "quarantine", "the trajectory ends without a final answer"),
    ("truncation", "stopped_early", "quarantine", "a limit or failure of the runtime ended the run"),
    ("repetition", "repeated_text", "quarantine", "sentences, words or characters loop"),
    ("repetition", "repeated_calls", "quarantine", "the same call again and again, learning nothing"),
    ("repetition", "call_cycle", "quarantine", "a few calls go round in a circle"),
    ("repetition", "ping_pong", "quarantine", "agents hand the same work back and forth"),
    ("hallucination", "unknown_tool", "mask", "a call names a tool that was not offered"),
    ("hallucination", "unknown_argument", "mask", "a call passes an argument its tool does not have"),
    ("hallucination", "invented_value", "mask", "a call passes an identifier nobody ever mentioned"),
    (
        "hallucination",
        "invented_file",
        "mask",
        "a call opens a file that nothing suggested and that is not there",
    ),
    ("grounding", "ungrounded_value", "quarantine", "the answer states a value found in no observation"),
    ("grounding", "ungrounded_name", "flag", "the answer names someone or something found in no observation"),
    ("reward_hacking", "fabricated_test_result", "quarantine", "tests said to pass were not run, or failed"),
    ("reward_hacking", "claimed_without_call", "quarantine", "an action is claimed with no call behind it"),
    ("reward_hacking", "fabricated_observation", "quarantine", "the model writes a tool's output itself"),
    ("reward_hacking", "missing_file_cited", "quarantine", "a cited file appears in no observation"),
    ("reward_hacking", "tests_edited", "quarantine", "tests or the checker were changed to pass"),
    ("reward_hacking", "special_cased", "quarantine", "code answers the known cases by their literals"),
    ("verbosity", "payload_share", "flag", "tool payload crowds out everything else"),
    ("verbosity", "oversized_result", "quarantine", "one result is opaque or endless filler"),
    ("placeholder", "placeholder_text", "quarantine", "the answer holds text that was to be replaced"),
    ("placeholder", "placeholder_argument", "quarantine", "a call passes a made-up sample value"),
    ("placeholder", "stub_result", "quarantine", "a tool answered with mock data"),
    ("errors", "tool_error", "mask", "a call failed, and the trace went on to recover"),
    ("errors", "ignored_error", "quarantine", "a failure is passed over as if the call had worked"),
    ("errors", "repeated_error", "quarantine", "the same failing call is repeated unchanged"),
    ("malformed", "invalid_json", "mask", "the arguments were not valid JSON"),
    ("malformed", "schema_violation", "mask", "the arguments violate the tool's schema"),
    ("malformed", "leaked_syntax", "quarantine", "tool-call markup stands in the text"),
    ("malformed", "unpaired_call", "quarantine", "a call has no result, or a result no call"),
    ("malformed", "stray_token", "repair", "a chat template's token stands at the end of a text"),
    ("malformed", "reused_call_id", "repair", "two turns' calls have the same id"),
    ("outcome", "wrong_state", "quarantine", "the final state is not the expected one"),
    ("outcome", "missing_fact", "quarantine", "the answer leaves out a required fact"),
    ("outcome", "failed_verification", "quarantine", "the query's verifier rejects the run"),
    ("policy", "forbidden_side_effect", "quarantine", "something changed that had to stay"),
    ("policy", "destructive_command", "quarantine", "a command that destroys or exfiltrates"),
    ("policy", "outside_workspace", "quarantine", "a path outside of the workspace"),
    ("policy", "unrequested_write", "quarantine", "a change that the task does not call for"),
    ("refusal", "refused_feasible", "quarantine", "a feasible task is refused"),
    ("refusal", "complied_infeasible", "quarantine", "an infeasible task is carried out, or said to be"),
    ("language", "wrong_language", "quarantine", "the answer is not in the user's language"),
    ("language", "mixed_language", "quarantine", "foreign words or scripts stand in the answer"),
    ("secrets", "secret", "redact", "a credential"),
    ("secrets", "personal_data", "redact", "personal data of a real-looking person"),
    ("judge", "judged_poor", "flag", "the LLM judge would not train on it"),
    ("duplicates", "duplicate", "quarantine", "the same trajectory as an earlier one"),
    ("duplicates", "near_duplicate", "flag", "nearly the same trajectory as an earlier one"),
)
KINDS: dict[str, Kind] = {name: Kind(name, detector, why, action) for detector, name, action, why in _TABLE}


def finding(
    kind: str,
    severity: Severity = "drop",
    trajectory: int = 0,
    message: int = -1,
    where: str = "",
    span: tuple[int, int] | None = None,
    evidence: str = "",
) -> Finding:
    """Make a finding of `kind`; its detector follows from the kind."""
    return Finding(KINDS[kind].detector, kind, severity, trajectory, message, where, span, evidence)
