"""Malformed calls: arguments that are no JSON or break the schema, markup in the text, calls left alone."""

# ruff: noqa: E501 (wordings and scripts are easier to read unbroken)

from __future__ import annotations

import re

from nex_assets.filtered_traces.context import Context
from nex_assets.filtered_traces.kinds import finding
from nex_assets.filtered_traces.prose import quote, without_code
from nex_assets.filtered_traces.repair import END_TOKENS
from nex_assets.filtered_traces.schema import violation
from nex_assets.filtered_traces.view import Site, Thread
from nex_resources.records import Finding, Trace

_MARKUP = re.compile(
    r"</?tool_call>|<tool_use>|<function_calls?>|</?function=?[\w:.-]*>|<invoke name=|<parameter[ =]|</?(?:antml:)?invoke>"
    r"|<\|tool[\w▁]*\|>|<｜tool[\w▁]*｜>|<\|python_tag\|>|\[TOOL_CALLS\]|\[/?TOOL_CALL\]|<\|channel\|>|<\|recipient\|>"
    r"|<\|[a-z][\w▁]{2,40}\|>|<｜[^｜\n]{2,40}｜>|\[/?INST\]|<</?SYS>>|<(?:start|end)_of_turn>"
    r"|<\|im_(?:start|end)\|>|<\|start_header_id\|>|<use_mcp_tool>|<execute_\w+>|<arg_key>|<\|tool_calls_section_begin\|>"
)
_JSON_CALL = re.compile(
    r'\{\s*"(?:name|tool|tool_name|function|action|recipient_name)"\s*:\s*"([\w.:/-]+)"\s*,\s*'
    r'"(?:arguments|args|parameters|input|action_input|params|kwargs)"\s*:'
)
_REACT = re.compile(r"^Action:\s*([\w.:-]+)\s*\n+Action Input:", re.MULTILINE)


def detect(trace: Trace, context: Context) -> list[Finding]:
    """Find malformed calls and tool-call markup in text."""
    found: list[Finding] = []
    for thread in context.view.threads:
        for site in thread.sites:
            if why := _call(site):
                found.append(why)
        found += _unpaired(thread)
        for index, message in thread.turns() if _may_leak(thread) else ():
            text = message.text
            stray = END_TOKENS.search(text) if text.rstrip().endswith(">") else None
            if stray and stray.start() > 0:
                span, evidence = stray.span(), stray.group().strip()
                found.append(finding("stray_token", "drop", thread.index, index, "text", span, evidence))
                text = text[: stray.start()]
            if text and (leak := _leak(text, thread)):
                start, end = leak
                evidence = quote(message.text, start, end)
                found.append(finding("leaked_syntax", "drop", thread.index, index, "text", leak, evidence))
    return found


def _call(site: Site) -> Finding | None:
    call = site.call
    if call.raw is not None:
        return _at(site, "invalid_json", quote(call.raw, 0, 200))
    if not call.name.strip():
        return _at(site, "schema_violation", "no tool name")
    if site.tool is not None and (broken := violation(call.arguments, site.tool.input_schema)):
        return _at(site, "schema_violation", broken[1])
    if site.result is not None and site.result.error == "invalid_arguments":
        return _at(site, "schema_violation", quote(site.result.text, 0, 120))
    return None


def _at(site: Site, kind: str, why: str) -> Finding:
    return finding(kind, "drop", site.trajectory, site.message, f"{site.where}.arguments", None, why)


def _unpaired(thread: Thread) -> list[Finding]:
    found = [finding("unpaired_call", "drop", thread.index, m, evidence=why) for m, why in thread.unpaired]
    ids = [call.id for _, message in thread.turns() for call in message.calls]
    if len(set(ids)) < len(ids):
        found += _reused(thread)
    last = len(thread.messages) - 1
    for site in thread.sites:
        if site.result is None and site.message < last:
            why = f"no result for {site.call.name}"
            found.append(finding("unpaired_call", "drop", thread.index, site.message, site.where, None, why))
    return found


def _reused(thread: Thread) -> list[Finding]:
    found = []
    used: set[str] = set()
    for index, message in thread.turns():
        again = [call.id for call in message.calls if call.id in used]
        used |= {call.id for call in message.calls}
        if again:
            why = f"call id {again[0]!r} was used before"
            found.append(finding("reused_call_id", "drop", thread.index, index, "calls.0", None, why))
    return found


_SIGNS = ("<", ">", "[TOOL", "[/TOOL", "INST]", '"', "Action:")


def _may_leak(thread: Thread) -> bool:
    """Tell whether any turn has a sign of what is looked for below."""
    spoken = thread.spoken
    return any(sign in spoken for sign in _SIGNS) or any(name in spoken for name in thread.tools)


_TAG = re.compile(r"<([\w.:-]{3,64})>\s*<[\w.:-]{1,64}>")
_PYTHONIC = re.compile(
    r"^\s*(?:print\()?\[?([\w.]{3,64})\(\s*(?:\w+\s*=\s*[\"'\d\[{TFN-][^\n]*)?\)\]?\)?;?\s*$", re.MULTILINE
)


def _named(text: str, thread: Thread) -> tuple[int, int] | None:
    """A tool that was offered, written as an element or as a function call on a line of its own."""
    if not any(name in text for name in thread.tools):
        return None
    prose = without_code(text)
    for pattern, mark in ((_TAG, "<"), (_PYTHONIC, "(")):
        for match in pattern.finditer(prose) if mark in prose else ():
            if match.group(1) in thread.tools:
                return match.span()
    return None


def _leak(text: str, thread: Thread) -> tuple[int, int] | None:
    if "<" in text or "[TOOL" in text or "[/TOOL" in text or "INST]" in text:
        match = _MARKUP.search(without_code(text))
        if match and match.group() not in thread.evidence:
            return match.span()
    if '"' in text and (match := _JSON_CALL.search(text)) and match.group(1) in thread.tools:
        return match.span()
    if (called := _named(text, thread)) is not None:
        return called
    if "Action:" in text and (match := _REACT.search(text)):
        return match.span()
    return None
