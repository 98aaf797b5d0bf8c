"""What the tests' configs import."""

from nex_resources.records import ToolResult, assistant, user
from nex_resources.runtime import Middleware

LOG = []


def double(number, factor=2, agent_state=None):
    if agent_state:
        agent_state.set_context_value("calls", agent_state.get_context_value("calls", 0) + 1)
        return {"value": number * factor, "call": agent_state.get_context_value("calls")}
    return number * factor


def remember(key, value="", global_storage=None, agent_state=None):
    """Keep `value` under `key` for all agents; without a value, tell what is kept."""
    if value:
        with global_storage.lock_key(key):
            global_storage.set(key, value)
    return agent_state.get_global_value(key, "nothing")


def display(secret, agent_state):
    return {"content": f"{secret} for {agent_state.get_context_value('city')}", "returnDisplay": "shown"}


def needs_sandbox(sandbox):
    return sandbox


class Noter(Middleware):
    def __init__(self, name="noter"):
        self.name = name

    async def before_model(self, run):
        LOG.append(f"{self.name}:before_model")

    async def after_model(self, run, message):
        LOG.append(f"{self.name}:after_model")
        return message

    async def before_tool(self, run, call):
        LOG.append(f"{self.name}:before_tool")
        return call

    async def after_tool(self, run, call, result):
        LOG.append(f"{self.name}:after_tool")
        return result


class Refuser(Middleware):
    async def before_tool(self, run, call):
        return ToolResult(call.id, call.name, "not today", "refused")


def remind(run):
    run.history.append(user("Remember the budget."))


def make_shout(mark):
    async def shout(run, message):
        return assistant(message.text.upper() + mark, *message.calls)

    return shout


not_a_hook = 3
