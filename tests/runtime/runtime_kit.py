"""Local tools and short names for calls and turns, shared by the runtime's tests."""

import asyncio

from nex_resources.records import ToolCall, ToolSpec, assistant
from nex_resources.runtime import LocalTools


def schema(**properties):
    return {
        "type": "object",
        "properties": properties,
        "required": list(properties),
        "additionalProperties": False,
    }


NUMBER = {"type": "integer"}


class Workbench:
    """Tools that note when they start and end."""

    def __init__(self):
        self.log = []
        self.started = asyncio.Event()
        self.running = self.most_running = 0

    def add(self, a, b):
        return {"sum": a + b}

    def fail(self):
        raise ValueError("cannot open /home/someone/secret/place/data.db")

    async def sleep(self, seconds, tag=""):
        self.log.append(f"+{tag}")
        self.started.set()
        self.running += 1
        self.most_running = max(self.running, self.most_running)
        try:
            await asyncio.sleep(seconds)
        finally:
            self.running -= 1
        self.log.append(f"-{tag}")
        return tag

    def long(self, size):
        return "".join(str(i % 10) for i in range(size))

    def host(self):
        number = {"type": "number"}
        return LocalTools(
            {
                "math__add": (ToolSpec("math__add", "Add.", schema(a=NUMBER, b=NUMBER)), self.add),
                "math__fail": (ToolSpec("math__fail", "Fail.", schema()), self.fail),
                "time__sleep": (
                    ToolSpec("time__sleep", "Sleep.", schema(seconds=number, tag={"type": "string"})),
                    self.sleep,
                ),
                "time__alone": (
                    ToolSpec(
                        "time__alone",
                        "Sleep alone.",
                        schema(seconds=number, tag={"type": "string"}),
                        disable_parallel=True,
                    ),
                    self.sleep,
                ),
                "text__long": (ToolSpec("text__long", "Long.", schema(size=NUMBER)), self.long),
            }
        )


def call(name, _id="", /, **arguments):
    return ToolCall(_id, name, arguments)


def turn(*calls, text=""):
    return assistant(text, *calls)
