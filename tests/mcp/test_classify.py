from __future__ import annotations

import msgspec
import pytest

from nex_resources.mcp.catalogue import Server
from nex_resources.mcp.classify import classify

SERVER = msgspec.convert(
    {
        "kind": "program",
        "domain": "d",
        "licence": "MIT",
        "command": ["x"],
        "silent": ["^Database error:", r"exit code: [1-9]\d*$"],
    },
    Server,
)


@pytest.mark.parametrize(
    ("text", "is_error", "kind"),
    [
        ("42", False, None),
        ("Database error: no such table", False, "silent_error"),
        ("the words Database error: in the middle", False, None),
        ("a log\nDatabase error: on a line of its own", False, None),
        ("x" * 20_000 + "\nexit code: 3", False, "silent_error"),
        ("exit code: 3\n" + "x" * 20_000, False, None),
        ('{"success": false, "message": "no"}', False, "silent_error"),
        ('{"error": "not found"}', False, "silent_error"),
        ('{"error": null, "rows": []}', False, None),
        ('{"error": "unknown", "rows": [1]}', False, None),
        ('["error"]', False, None),
        ("boom", True, "tool_error"),
        ("1 validation error for call[add]", True, "invalid_arguments"),
    ],
)
def test_classify(text: str, is_error: bool, kind: str | None) -> None:
    assert classify(SERVER, text, is_error) == kind
