"""From an MCP result to a `ToolResult`: nothing lost, text cut to size with the whole kept aside."""

from __future__ import annotations

import asyncio
import base64
import contextlib
import itertools
import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import mcp_types as types
import msgspec

from nex_resources.mcp.catalogue import Server
from nex_resources.mcp.classify import classify
from nex_resources.mcp.session import Outcome
from nex_resources.records import Part, ToolCall, ToolResult, canonical_json


@dataclass(frozen=True)
class ResultLimits:
    """Characters of text a model is shown, and characters of payload a part holds inline. The text and
    the note of what was left out fit a rollout's own limit (`Budget.max_result_chars`)."""

    text: int = 30_000
    part: int = 20_000


async def to_result(
    server: Server,
    call: ToolCall,
    outcome: Outcome,
    files: Path | None,
    limits: ResultLimits,
    translate: Callable[[Any], Any] = lambda value: value,
) -> ToolResult:
    """Convert what `Session.call` returned. Payloads over the limits go to `files/results`;
    `translate` is applied to what the model sees before it is cut."""
    aside = files / "results" if files else None
    if outcome.result is None:
        return ToolResult(
            call.id,
            call.name,
            translate(outcome.text),
            outcome.error,
            size=len(outcome.text),
            seconds=outcome.seconds,
        )
    text, parts = _read(outcome.result)
    text, structured = translate(text), translate(outcome.result.structured_content)
    parts = [_translated(part, translate) for part in parts]
    if structured is not None:
        whole = canonical_json(structured)
        text = text or whole
        if aside and len(whole) > limits.text:
            parts.append(Part("resource", "application/json", "structured_content", whole))
            structured = None
    error = classify(server, text, outcome.result.is_error)
    stem = _safe(call.id)
    shown, full_path = await _cut(text, stem, aside, limits.text)
    kept = tuple([await _put_aside(p, f"{stem}.{i}", aside, limits.part) for i, p in enumerate(parts)])
    return ToolResult(
        call.id, call.name, shown, error, structured, kept, len(text), full_path, outcome.seconds
    )


def _read(result: types.CallToolResult) -> tuple[str, list[Part]]:
    """Return what a model is shown, in the order of the blocks, and the blocks that are no text."""
    texts: list[str] = []
    parts: list[Part] = []
    for block in result.content:
        if isinstance(block, types.TextContent):
            texts.append(block.text)
            continue
        part = _part(block)
        parts.append(part)
        what = " ".join(filter(None, (part.kind, part.name, part.uri, part.mime_type)))
        texts.append(f"[{what}, {len(part.data)} characters]" if part.data else f"[{what}]")
        if part.kind == "resource" and not part.binary:
            texts.append(part.data)
    return "\n".join(texts), parts


def _part(block: Any) -> Part:
    if isinstance(block, types.ImageContent):
        return Part("image", block.mime_type, data=block.data, binary=True)
    if isinstance(block, types.AudioContent):
        return Part("audio", block.mime_type, data=block.data, binary=True)
    if isinstance(block, types.ResourceLink):
        return Part("resource_link", block.mime_type or "", str(block.uri), name=block.name)
    inner = block.resource
    if isinstance(inner, types.TextResourceContents):
        return Part("resource", inner.mime_type or "text/plain", str(inner.uri), inner.text)
    kind = inner.mime_type or "application/octet-stream"
    return Part("resource", kind, str(inner.uri), inner.blob, binary=True)


def _translated(part: Part, translate: Callable[[Any], Any]) -> Part:
    data = part.data if part.binary else translate(part.data)
    return msgspec.structs.replace(part, uri=translate(part.uri), data=data)


async def _cut(text: str, stem: str, aside: Path | None, limit: int) -> tuple[str, str]:
    if len(text) <= limit:
        return text, ""
    name = await asyncio.to_thread(_keep, aside, f"{stem}.txt", text.encode()) if aside else ""
    half = limit // 2
    note = f"\n[… {len(text) - 2 * half} of {len(text)} characters left out …]\n"
    return text[:half] + note + text[-half:], name


async def _put_aside(part: Part, name: str, aside: Path | None, limit: int) -> Part:
    """Write a large payload to a file. What claims to be base64 and is not stays as it came."""
    if len(part.data) <= limit or aside is None:
        return part
    try:
        payload = base64.b64decode(part.data, validate=True) if part.binary else part.data.encode()
    except ValueError:
        return part
    path = await asyncio.to_thread(_keep, aside, name, payload)
    return msgspec.structs.replace(part, data="", path=path)


def _keep(folder: Path, name: str, payload: bytes) -> str:
    """Write `payload` to `folder` and return its path from the folder above. Agents of one rollout may
    use one call id each: what is there already is not replaced."""
    folder.mkdir(parents=True, exist_ok=True)
    for number in itertools.count(1):
        path = folder / (name if number == 1 else f"{number}-{name}")
        with contextlib.suppress(FileExistsError), path.open("xb") as file:
            file.write(payload)
            return f"{folder.name}/{path.name}"
    raise AssertionError("count has no end")


def _safe(name: str) -> str:
    return re.sub(r"[^\w.-]", "_", name)[:80] or "call"
