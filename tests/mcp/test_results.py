from __future__ import annotations

import base64
import json
from pathlib import Path
from typing import Any

import mcp_types as types
import pytest
from mcp_testing import call, faulty

from nex_resources.mcp.results import ResultLimits, to_result
from nex_resources.mcp.session import Outcome
from nex_resources.records import Part, ToolResult

PNG = base64.b64encode(b"\x89PNG" + b"0" * 60).decode()


async def convert(
    content: list[Any], files: Path | None = None, characters: int = 100, **more: Any
) -> ToolResult:
    result = types.CallToolResult(content=content, **more)
    outcome = Outcome(result, None, "", 0.1)
    return await to_result(faulty(), call("faulty__x"), outcome, files, ResultLimits(characters, part=50))


async def test_all_kinds_of_content_are_kept() -> None:
    result = await convert(
        [
            types.TextContent(type="text", text="first"),
            types.ImageContent(type="image", data="aGk=", mime_type="image/png"),
            types.AudioContent(type="audio", data="aGk=", mime_type="audio/wav"),
            types.ResourceLink(type="resource_link", uri="file:///a", name="a", mime_type="text/plain"),
            types.EmbeddedResource(
                type="resource",
                resource=types.TextResourceContents(
                    uri="memo://1", text='{"in": "side"}', mime_type="application/json"
                ),
            ),
            types.EmbeddedResource(
                type="resource",
                resource=types.BlobResourceContents(
                    uri="memo://2", blob="e30=", mime_type="application/json"
                ),
            ),
        ],
        characters=1000,
    )
    assert result.parts == (
        Part("image", "image/png", data="aGk=", binary=True),
        Part("audio", "audio/wav", data="aGk=", binary=True),
        Part("resource_link", "text/plain", "file:///a", name="a"),
        Part("resource", "application/json", "memo://1", '{"in": "side"}'),
        Part("resource", "application/json", "memo://2", "e30=", binary=True),
    )
    assert result.text.splitlines() == [
        "first",
        "[image image/png, 4 characters]",
        "[audio audio/wav, 4 characters]",
        "[resource_link a file:///a text/plain]",
        "[resource memo://1 application/json, 14 characters]",
        '{"in": "side"}',
        "[resource memo://2 application/json, 4 characters]",
    ]


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


async def test_payloads_keep_apart_and_keep_their_bytes(tmp_path: Path) -> None:
    """Two agents of a rollout may use one call id; text that claims a binary type is still text."""

    def resource(text: str) -> types.EmbeddedResource:
        inner = types.TextResourceContents(uri="memo://1", text=text, mime_type="application/json")
        return types.EmbeddedResource(type="resource", resource=inner)

    broken = types.ImageContent(type="image", data="?" * 60, mime_type="image/png")
    one, two = [await convert([resource(c * 200), broken], tmp_path) for c in "ab"]
    for result, letter in ((one, "a"), (two, "b")):
        assert (tmp_path / result.full_path).read_text().endswith("60 characters]")
        assert (tmp_path / result.parts[0].path).read_text() == letter * 200
        assert (result.parts[1].path, result.parts[1].data) == ("", "?" * 60)


async def test_large_structured_content_is_kept_beside_its_text(tmp_path: Path) -> None:
    content = [types.TextContent(type="text", text="see the table")]
    result = await convert(content, tmp_path, structured_content={"rows": ["x" * 200]})
    assert (result.text, result.structured) == ("see the table", None)
    assert json.loads((tmp_path / result.parts[0].path).read_text()) == {"rows": ["x" * 200]}
