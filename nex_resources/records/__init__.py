"""The plain data model: frozen, versioned msgspec structs whose JSON round-trips exactly.

Everything that crosses a stage's border, or is stored, is one of these records. They import nothing
of ours but each other.
"""

from nex_resources.records.agent import AgentSpec, Import, PythonTool, Skill
from nex_resources.records.edits import Edit, edited, edits_between
from nex_resources.records.event import EVENT_VERSION, Event, EventKind
from nex_resources.records.ids import canonical_json, content_id, derive_seed, generator
from nex_resources.records.message import (
    ErrorKind,
    Message,
    Part,
    Role,
    Thinking,
    ToolCall,
    ToolResult,
    Usage,
    assistant,
    system,
    tool_results,
    user,
)
from nex_resources.records.problem_type import LeafConstraint, ProblemType
from nex_resources.records.quality import Assessment, Decision, Finding, Severity
from nex_resources.records.query import (
    Blueprint,
    BlueprintKind,
    Certificate,
    Change,
    Difficulty,
    Evidence,
    Fact,
    Language,
    Query,
    Split,
    Step,
    Verdict,
)
from nex_resources.records.sample import Sample
from nex_resources.records.tool import ToolSpec, qualified, split_qualified
from nex_resources.records.trace import TRACE_VERSION, Status, Task, Trace, Trajectory

__all__ = [
    "EVENT_VERSION",
    "TRACE_VERSION",
    "AgentSpec",
    "Assessment",
    "Blueprint",
    "BlueprintKind",
    "Certificate",
    "Change",
    "Decision",
    "Difficulty",
    "Edit",
    "ErrorKind",
    "Event",
    "EventKind",
    "Evidence",
    "Fact",
    "Finding",
    "Import",
    "Language",
    "LeafConstraint",
    "Message",
    "Part",
    "ProblemType",
    "PythonTool",
    "Query",
    "Role",
    "Sample",
    "Severity",
    "Skill",
    "Split",
    "Status",
    "Step",
    "Task",
    "Thinking",
    "ToolCall",
    "ToolResult",
    "ToolSpec",
    "Trace",
    "Trajectory",
    "Usage",
    "Verdict",
    "assistant",
    "canonical_json",
    "content_id",
    "derive_seed",
    "edited",
    "edits_between",
    "generator",
    "qualified",
    "split_qualified",
    "system",
    "tool_results",
    "user",
]
