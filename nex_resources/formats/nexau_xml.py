"""`nexau_xml`: NexAU's own tags. Values are XML text, escaped; the runtime strips white space around them.

A call of a sub-agent is `<sub-agent>`; several calls of a turn stand in one parallel block; a call named
`batch-agent` is `<use_batch_agent>`, which runs a sub-agent over the rows of a file.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from nex_resources.formats import offers
from nex_resources.formats.base import DecodeError
from nex_resources.formats.schemas import ToolIndex
from nex_resources.formats.tagged import TagCodec, numbered
from nex_resources.formats.turns import Calls
from nex_resources.formats.values import read_any
from nex_resources.records import Message, ToolCall, ToolSpec

BATCH = "batch-agent"
_ELEMENT = re.compile(r"[A-Za-z_][\w.\-]*", re.ASCII)
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_BLOCKS = re.compile(
    r"<(tool_use|sub-agent|use_batch_agent|use_parallel_tool_calls|use_parallel_sub_agents)>"
)
_ITEM = re.compile(r"\s*<(parallel_tool|parallel_agent)>(.*?)</\1>", re.DOTALL)
_CHILD = re.compile(r"\s*<([A-Za-z_][\w.\-]*)>(.*?)</\1>", re.DOTALL | re.ASCII)
_ENTITY = re.compile(r"&(?:lt|gt|amp|quot|apos|#[0-9]{1,7}|#x[0-9A-Fa-f]{1,6});")
_NAMED = {"&lt;": "<", "&gt;": ">", "&amp;": "&", "&quot;": '"', "&apos;": "'"}


class NexauXml(TagCodec):
    name = "nexau_xml"
    drops_unknown = False
    keeps_thinking = True
    reserved = (
        "<tool_use>",
        "<sub-agent>",
        "<use_batch_agent>",
        "<use_parallel_tool_calls>",
        "<use_parallel_sub_agents>",
        "</tool_use>",
        "</sub-agent>",
        "</use_batch_agent>",
        "</use_parallel",
    )
    hazards = _FORBIDDEN
    hazard = "control character"
    nothing = frozenset()
    readings = (read_any,)

    def safe(self, value: str) -> bool:
        return (value.isprintable() or not self.hazards.search(value)) and value == value.strip()

    def write_calls(self, calls: Sequence[ToolCall], index: ToolIndex, problems: list[str]) -> str:
        if len(calls) == 1:
            tag, body = self._call(calls[0], index, problems)
            return f"<{tag}>\n{body}\n</{tag}>"
        parts, agents = [], False
        for call in calls:
            tag, body = self._call(call, index, problems)
            if tag == "use_batch_agent":
                problems.append("batch call in parallel: a batch call has to stand alone")
            agents = agents or tag == "sub-agent"
            inner = "parallel_agent" if tag == "sub-agent" else "parallel_tool"
            parts.append(f"<{inner}>\n{body}\n</{inner}>\n")
        outer = "use_parallel_sub_agents" if agents else "use_parallel_tool_calls"
        return f"<{outer}>\n{''.join(parts)}</{outer}>"

    def _call(self, call: ToolCall, index: ToolIndex, problems: list[str]) -> tuple[str, str]:
        if call.name == BATCH and not index.fields(BATCH):
            return "use_batch_agent", _write_batch(call, problems)
        values = list(self.values(call, index, problems))
        self._check_values(values, problems)
        if index.is_agent(call.name):
            if list(call.arguments) != ["message"]:
                problems.append(f"arguments of a sub-agent: {call.name!r} takes only a message")
            body = "\n".join(f"<{name}>{escape(text)}</{name}>" for name, text in values)
            return "sub-agent", f"<agent_name>{call.name}</agent_name>\n{body}"
        inner = "".join(f"<{name}>{escape(text)}</{name}>\n" for name, text in values)
        return "tool_use", f"<tool_name>{call.name}</tool_name>\n<parameter>\n{inner}</parameter>"

    def _check_values(self, values: list[tuple[str, str]], problems: list[str]) -> None:
        for name, text in values:
            if not _ELEMENT.fullmatch(name) or name == "parameter":
                problems.append(f"name not writable: argument {name!r} is no XML element")
            if text and text != text.strip():
                problems.append(f"white space at the edge: argument {name!r} would be stripped")

    def read_calls(self, text: str, offset: int, index: ToolIndex) -> Calls | None:
        found: list[tuple[str, dict[str, Any]]] = []
        start, stop = -1, 0
        while head := _BLOCKS.search(text, stop):
            tag = head.group(1)
            end = text.find(f"</{tag}>", head.end())
            if end < 0:
                raise DecodeError(f"<{tag}> is never closed by </{tag}>", offset + head.end())
            body = text[head.end() : end]
            if text[stop : head.start()].strip() and start >= 0:
                break
            start = head.start() if start < 0 else start
            found += self._block(tag, body, offset + head.end(), index)
            stop = end + len(tag) + 3
        return Calls(start, stop, numbered(found)) if found else None

    def _block(
        self, tag: str, body: str, position: int, index: ToolIndex
    ) -> list[tuple[str, dict[str, Any]]]:
        if not tag.startswith("use_parallel"):
            return [self._read(tag, body, position, index)]
        calls, at = [], 0
        while item := _ITEM.match(body, at):
            inner = "sub-agent" if item.group(1) == "parallel_agent" else "tool_use"
            calls.append(self._read(inner, item.group(2), position + item.start(2), index))
            at = item.end()
        if not calls or body[at:].strip():
            raise DecodeError(f"<{tag}> has to hold <parallel_tool> and <parallel_agent> only", position + at)
        return calls

    def _read(self, tag: str, body: str, position: int, index: ToolIndex) -> tuple[str, dict[str, Any]]:
        children = _children(body, position)
        label = "tool_name" if tag == "tool_use" else "agent_name"
        name = unescape(children.pop(label, "")).strip()
        if not name:
            raise DecodeError(f"a call in <{tag}> has to name <{label}>", position)
        if tag == "use_batch_agent":
            return BATCH, _read_batch(name, children, position)
        if tag == "tool_use":
            children = _children(children.get("parameter", ""), position)
        fields = index.fields(name)
        return name, {
            key: self.restore(fields, key, unescape(text).strip()) for key, text in children.items()
        }

    def encode_results(self, turn: Message) -> str:
        return "\n".join(
            f"<tool_result>\n<tool_name>{result.name}</tool_name>\n<result>{result.text}</result>\n</tool_result>"
            for result in turn.results
        )

    def describe_tools(self, tools: Sequence[ToolSpec]) -> str:
        return offers.section(
            "Tools",
            "\n\n".join(_usage(tool) for tool in tools),
            "Put several calls that do not depend on each other into one block:",
            "<use_parallel_tool_calls>\n<parallel_tool>\n<tool_name>…</tool_name>\n<parameter>…</parameter>\n"
            "</parallel_tool>\n</use_parallel_tool_calls>",
        )


def escape(text: str) -> str:
    """Escape `text` for an XML element; a carriage return would be normalised away otherwise."""
    if "&" in text:
        text = text.replace("&", "&amp;")
    if "<" in text or ">" in text:
        text = text.replace("<", "&lt;").replace(">", "&gt;")
    return text.replace("\r", "&#13;") if "\r" in text else text


def unescape(text: str) -> str:
    """Undo `escape`; the other entities of XML are read too."""
    return _ENTITY.sub(_entity, text) if "&" in text else text


def _entity(found: re.Match[str]) -> str:
    word = found.group()
    if word in _NAMED:
        return _NAMED[word]
    code = int(word[3:-1], 16) if word[2] == "x" else int(word[2:-1])
    return chr(code) if 0 < code < 0x110000 and not 0xD800 <= code < 0xE000 else word


def _children(body: str, position: int) -> dict[str, str]:
    found: dict[str, str] = {}
    at = 0
    while child := _CHILD.match(body, at):
        found[child.group(1)] = child.group(2)
        at = child.end()
    if body[at:].strip():
        raise DecodeError("expected an element here", position + at)
    return found


def _write_batch(call: ToolCall, problems: list[str]) -> str:
    source = call.arguments.get("input_data_source")
    texts = [call.arguments.get("agent_name"), call.arguments.get("message")]
    texts += [source.get("file_name"), source.get("format")] if isinstance(source, dict) else [None]
    keys = set(call.arguments) == {"agent_name", "input_data_source", "message"}
    if not keys or not isinstance(source, dict) or set(source) != {"file_name", "format"}:
        problems.append("batch call: needs agent_name, message and input_data_source {file_name, format}")
    if not all(isinstance(t, str) and t == t.strip() and t and not _FORBIDDEN.search(t) for t in texts):
        problems.append("batch call: its parts have to be strings without white space at the edges")
    agent, message, name, kind = (escape(str(text)) for text in [*texts, "", ""][:4])
    return (
        f"<agent_name>{agent}</agent_name>\n<input_data_source>\n<file_name>{name}</file_name>\n"
        f"<format>{kind}</format>\n</input_data_source>\n<message>{message}</message>"
    )


def _read_batch(agent: str, children: dict[str, str], position: int) -> dict[str, Any]:
    source = _children(children.get("input_data_source", ""), position)
    return {
        "agent_name": agent,
        "input_data_source": {
            "file_name": unescape(source.get("file_name", "")).strip(),
            "format": unescape(source.get("format", "jsonl")).strip(),
        },
        "message": unescape(children.get("message", "")).strip(),
    }


def _usage(tool: ToolSpec) -> str:
    if tool.kind == "agent":
        call = f"<sub-agent>\n<agent_name>{tool.name}</agent_name>\n<message>task</message>\n</sub-agent>"
        return f"## {tool.name} (sub-agent)\n{tool.description}\nUsage:\n{call}"
    arguments = "".join(
        f"<{name}>{_hint(schema)}</{name}>\n" for name, schema in offers.parameters(tool).items()
    )
    return (
        f"## {tool.name}\n{tool.description}\nUsage:\n<tool_use>\n<tool_name>{tool.name}</tool_name>\n"
        f"<parameter>\n{arguments}</parameter>\n</tool_use>"
    )


def _hint(schema: Any) -> str:
    if not isinstance(schema, dict):
        return "value"
    words = [str(schema.get("type", "value")), str(schema.get("description", ""))]
    return ", ".join(word for word in words if word)
