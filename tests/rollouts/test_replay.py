"""A recorded rollout replayed with no server: the same messages, the same verdict."""

from __future__ import annotations

from pathlib import Path

import msgspec
import pytest
from rollout_kit import Braggart, Liar, conversation, rollout

from nex_resources.dagster import McpResource
from nex_resources.llm.expert import Expert
from nex_resources.mcp import CassetteError, Cassettes, Catalogue, McpPool
from nex_resources.mcp.cassette import Mode
from nex_resources.profile import CONFIGS, load_profile
from nex_resources.rollouts import Outcome, carry_out
from nex_resources.runtime import Budget


def pool(home: Path, mode: Mode, command: tuple[str, ...] | None = None) -> McpPool:
    catalogue = Catalogue.load(CONFIGS / "mcp_servers.yaml")
    if command:
        catalogue = Catalogue({s.name: msgspec.structs.replace(s, command=command) for s in catalogue})
    return McpPool(catalogue, home / "mcp", cassettes=Cassettes(mode, home / "cassettes"))


async def run(home: Path, mode: Mode, model: type = Expert) -> Outcome:
    broken = ("/no/such/server",) if mode == "replay" else None
    async with pool(home, mode, broken) as live:
        outcome = await carry_out(rollout(1, model), live, Budget(), home / mode)
        assert (live.starts == 0) == (mode == "replay")
    return outcome


async def test_a_replayed_rollout_has_identical_messages_and_verdict(tmp_path: Path) -> None:
    recorded, replayed = await run(tmp_path, "record"), await run(tmp_path, "replay")
    assert recorded.verdict.success
    assert recorded.verdict.state_ok
    for field in ("trajectories", "answer", "status", "id"):
        old, new = (msgspec.json.encode(getattr(o.trace, field)) for o in (recorded, replayed))
        assert new == old
    assert msgspec.json.encode(replayed.verdict) == msgspec.json.encode(recorded.verdict)


async def test_a_rollout_that_leaves_the_recording_fails_loudly(tmp_path: Path) -> None:
    await run(tmp_path, "record")
    with pytest.raises(CassetteError, match=r"'after' in this state.*record it anew"):
        await run(tmp_path, "replay", Liar)  # makes none of the writes


async def test_a_profile_says_whether_rollouts_are_recorded(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NEX_HOME", str(tmp_path))
    profile = load_profile("quick")
    for mcp in ({}, {"mode": "record"}, {"mode": "replay", "cassettes": tmp_path / "old"}):
        changed = profile.model_copy(update={"mcp": profile.mcp.model_copy(update=mcp)})
        async with McpResource().pool(changed) as live:
            expected = mcp.get("mode", "live"), mcp.get("cassettes", tmp_path / "cassettes")
            assert (live.cassettes.mode, live.cassettes.folder) == expected


async def test_a_rollout_that_was_not_recorded_fails_loudly(tmp_path: Path) -> None:
    with pytest.raises(CassetteError, match="there is no such cassette"):
        await run(tmp_path, "replay")


async def test_a_conversation_is_replayed_with_its_user(tmp_path: Path) -> None:
    outcomes = []
    for mode in ("record", "replay"):
        async with pool(tmp_path, mode, ("/no/such/server",) if mode == "replay" else None) as live:
            outcomes.append(await carry_out(conversation(Braggart), live, Budget(), tmp_path / mode))
    recorded, replayed = outcomes
    assert recorded.verdict.success
    assert sum(m.role == "user" for m in recorded.trace.root.messages) == 3
    assert msgspec.json.encode(replayed.trace.trajectories) == msgspec.json.encode(
        recorded.trace.trajectories
    )
    assert replayed.verdict == recorded.verdict
