"""From an MCP result to a `ToolResult`: nothing lost, text cut to size with the whole kept aside."""

from __future__ import annotations

import asyncio
import base64
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
    """Characters of text a model is shown, and base64 characters a part holds inline."""

    text: int = 40_000
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
    parts = [msgspec.structs.replace(part, uri=translate(part.uri)) for part in parts]
    if not text and structured is not None:
        text = canonical_json(structured)
    error = classify(server, text, outcome.result.is_error)
    shown, full_path = await _cut(text, call, aside, limits.text)
    if full_path and structured is not None and len(canonical_json(structured)) > limits.text:
        structured = None  # the whole is in the file
    kept = tuple(
        [await _put_aside(p, f"{_safe(call.id)}.{i}", aside, limits.part) for i, p in enumerate(parts)]
    )
    return ToolResult(
        call.id, call.name, shown, error, structured, kept, len(text), full_path, outcome.seconds
    )


def _read(result: types.CallToolResult) -> tuple[str, list[Part]]:
    texts: list[str] = []
    parts: list[Part] = []
    for block in result.content:
        if isinstance(block, types.TextContent):
            texts.append(block.text)
            continue
        part = _part(block)
        parts.append(part)
        texts.append(f"[{part.kind} {part.mime_type or part.uri}, {len(part.data)} characters]")
        if part.kind == "resource" and part.mime_type.startswith("text"):
            texts.append(part.data)
    return "\n".join(texts), parts


def _part(block: Any) -> Part:
    if isinstance(block, types.ImageContent):
        return Part("image", block.mime_type, data=block.data)
    if isinstance(block, types.AudioContent):
        return Part("audio", block.mime_type, data=block.data)
    if isinstance(block, types.ResourceLink):
        return Part("resource_link", block.mime_type or "", str(block.uri))
    inner = block.resource
    if isinstance(inner, types.TextResourceContents):
        return Part("resource", inner.mime_type or "text/plain", str(inner.uri), inner.text)
    return Part("resource", inner.mime_type or "application/octet-stream", str(inner.uri), inner.blob)


async def _cut(text: str, call: ToolCall, aside: Path | None, limit: int) -> tuple[str, str]:
    if len(text) <= limit:
        return text, ""
    name = f"results/{_safe(call.id)}.txt" if aside else ""
    if aside:
        await asyncio.to_thread(_write, aside.parent / name, text.encode())
    half = limit // 2
    note = f"\n[… {len(text) - 2 * half} of {len(text)} characters left out …]\n"
    return text[:half] + note + text[-half:], name


async def _put_aside(part: Part, name: str, aside: Path | None, limit: int) -> Part:
    if len(part.data) <= limit or aside is None:
        return part
    binary = part.kind in ("image", "audio") or not part.mime_type.startswith("text")
    payload = base64.b64decode(part.data) if binary else part.data.encode()
    await asyncio.to_thread(_write, aside / name, payload)
    return Part(part.kind, part.mime_type, part.uri, "", f"results/{name}")


def _write(path: Path, payload: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(payload)


def _safe(name: str) -> str:
    return re.sub(r"[^\w.-]", "_", name)[:80] or "call"
