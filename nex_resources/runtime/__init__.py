"""NexAU: runs a hierarchy of agents. `load.py` reads it from YAML, `loop.py` is the ReAct loop,
`delegation.py` calls sub-agents as tools, `offers.py` and `toolbox.py` say what an agent may call,
`arguments.py` checks and mends arguments, `budget.py` and `context.py` hold the limits, `events.py` the
record and `fold.py` what a trace is. Nothing here knows a provider, a server or Dagster.
"""

from nex_resources.runtime.budget import Budget, Stop, StopRollout
from nex_resources.runtime.events import EventSink, JsonlSink, MemorySink, Tee, read_events
from nex_resources.runtime.fold import Folder, fold
from nex_resources.runtime.hooks import Middleware
from nex_resources.runtime.host import LocalTools, ToolHost
from nex_resources.runtime.load import load_agent, load_agent_files
from nex_resources.runtime.loop import AgentRun, Outcome, run
from nex_resources.runtime.toolbox import missing, select, selects

__all__ = [
    "AgentRun",
    "Budget",
    "EventSink",
    "Folder",
    "JsonlSink",
    "LocalTools",
    "MemorySink",
    "Middleware",
    "Outcome",
    "Stop",
    "StopRollout",
    "Tee",
    "ToolHost",
    "fold",
    "load_agent",
    "load_agent_files",
    "missing",
    "read_events",
    "run",
    "select",
    "selects",
]
