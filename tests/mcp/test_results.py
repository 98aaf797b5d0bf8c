from __future__ import annotations

import base64
from pathlib import Path
from typing import Any

import mcp_types as types
import pytest
from mcp_testing import call, faulty

from nex_resources.mcp.results import ResultLimits, to_result
from nex_resources.mcp.session import Outcome
from nex_resources.records import Part, ToolResult

PNG = base64.b64encode(b"\x89PNG" + b"0" * 60).decode()


async def convert(content: list[Any], files: Path | None = None, **more: Any) -> ToolResult:
    result = types.CallToolResult(content=content, **more)
    outcome = Outcome(result, None, "", 0.1)
    return await to_result(faulty(), call("faulty__x"), outcome, files, ResultLimits(text=100, part=50))


async def test_all_kinds_of_content_are_kept() -> None:
    result = await convert(
        [
            types.TextContent(type="text", text="first"),
            types.ImageContent(type="image", data="aGk=", mime_type="image/png"),
            types.AudioContent(type="audio", data="aGk=", mime_type="audio/wav"),
            types.ResourceLink(type="resource_link", uri="file:///a", name="a", mime_type="text/plain"),
            types.EmbeddedResource(
                type="resource",
                resource=types.TextResourceContents(uri="memo://1", text="inside", mime_type="text/plain"),
            ),
        ]
    )
    assert result.parts == (
        Part("image", "image/png", data="aGk="),
        Part("audio", "audio/wav", data="aGk="),
        Part("resource_link", "text/plain", "file:///a"),
        Part("resource", "text/plain", "memo://1", "inside"),
    )
    assert result.text.startswith("first\n[image image/png")
    assert result.text.endswith("inside")


async def test_structured_content_without_text_is_shown_as_json() -> None:
    result = await convert([], structured_content={"b": 1, "a": [2]})
    assert (result.text, result.structured) == ('{"a":[2],"b":1}', {"b": 1, "a": [2]})


@pytest.mark.parametrize("kept", [True, False], ids=["with a folder", "without"])
async def test_large_payloads_are_cut_and_kept_aside(tmp_path: Path, kept: bool) -> None:
    files = tmp_path if kept else None
    text = "a" * 300 + "b" * 300
    result = await convert(
        [
            types.TextContent(type="text", text=text),
            types.ImageContent(type="image", data=PNG, mime_type="image/png"),
        ],
        files,
    )
    assert result.text.startswith("a" * 50)
    assert "characters left out" in result.text
    assert result.size > 600
    if kept:
        assert (tmp_path / result.full_path).read_text().startswith(text)
        assert (tmp_path / result.parts[0].path).read_bytes() == base64.b64decode(PNG)
    else:
        assert (result.full_path, result.parts[0].data) == ("", PNG)
