"""Rollouts end to end on a real server, and the journal that lets a killed batch go on."""

from collections.abc import AsyncIterator
from pathlib import Path

import msgspec
import pytest
from rollout_kit import Braggart, Liar, conversation, rollout

from nex_resources.llm.expert import Expert
from nex_resources.mcp import Catalogue, Limits, McpPool
from nex_resources.profile import CONFIGS
from nex_resources.rollouts import Journal, Outcome, carry_out_all
from nex_resources.runtime import Budget


@pytest.fixture
async def pool(tmp_path: Path) -> AsyncIterator[McpPool]:
    async with McpPool(Catalogue.load(CONFIGS / "mcp_servers.yaml"), tmp_path / "mcp") as pool:
        yield pool


async def test_the_verifier_tells_the_deed_from_the_claim(pool: McpPool, tmp_path: Path) -> None:
    journal = Journal(tmp_path / "journal")
    done, claimed = await carry_out_all([rollout(1), rollout(2, Liar)], pool, Budget(), journal, 2)
    assert done.verdict.success
    assert not claimed.verdict.success
    assert not claimed.verdict.state_ok
    assert claimed.trace.status == "completed"


@pytest.mark.parametrize("model", [Expert, Braggart], ids=["honest", "braggart"])
async def test_the_user_of_a_conversation_goes_by_the_state(pool: McpPool, tmp_path: Path, model) -> None:
    one = conversation(model)
    (outcome,) = await carry_out_all([one], pool, Budget(), Journal(tmp_path / "journal"), 1)
    said = [m.text for m in outcome.trace.root.messages if m.role == "user"]
    nudge = ["That is not done yet. Unlock the account."] if model is Braggart else []
    assert said == ["Unlock the account.", *nudge, "Now reset the password, too."]
    assert outcome.verdict.success


async def test_a_batch_goes_on_where_it_stopped(pool: McpPool, tmp_path: Path) -> None:
    journal = Journal(tmp_path / "journal")
    (first,) = await carry_out_all([rollout(1)], pool, Budget(), journal, 1)

    class Broken(Expert):
        def __init__(self, *_: object):
            raise AssertionError("a finished rollout was started again")

    again, other = await carry_out_all([rollout(1, Broken), rollout(2)], pool, Budget(), journal, 2)
    assert msgspec.json.encode(again) == msgspec.json.encode(first)
    assert other.verdict.success
    assert {event.rollout for event in journal.events([first.trace.id])} == {first.trace.id}


async def test_a_server_that_cannot_be_had_fails_its_rollouts_and_no_other(tmp_path: Path) -> None:
    catalogue = Catalogue.load(CONFIGS / "mcp_servers.yaml")
    gone = msgspec.structs.replace(catalogue["retail"], command=("sh", "-c", "echo no licence >&2; exit 3"))
    limits, journal = Limits(start_attempts=1), Journal(tmp_path / "journal")
    broken = Catalogue({**catalogue.servers, "retail": gone})
    async with McpPool(catalogue, tmp_path / "mcp") as pool:
        (well,) = await carry_out_all([rollout(1)], pool, Budget(), journal, 1)
    async with McpPool(broken, tmp_path / "mcp", limits=limits) as pool:
        again, failed = await carry_out_all([rollout(1), rollout(2)], pool, Budget(), journal, 2)
        assert again == well
        assert (failed.trace.status, failed.verdict.success) == ("tool_host_error", False)
        assert "no licence" in failed.verdict.reasons[-1]
        assert [m.role for m in failed.trace.root.messages] == ["system", "user"]
        assert journal.outcome(failed.trace.id) is None  # a resumed batch tries it again
        assert [e.kind for e in journal.events([failed.trace.id])][-1] == "rollout_finished"
        with pytest.raises(RuntimeError, match="no licence"):
            await carry_out_all([rollout(2)], pool, Budget(), journal, 1)


def test_a_stored_batch_is_run_afresh_and_an_unstored_one_is_not(tmp_path: Path) -> None:
    journal = Journal(tmp_path / "journal")
    (journal.folder / "trace_1").mkdir(parents=True)
    outcome = msgspec.convert(
        {
            "trace": {
                "id": "trace_1",
                "query_id": "q",
                "framework_id": "f",
                "status": "completed",
                "answer": "",
                "trajectories": [],
            },
            "verdict": {"success": True, "state_ok": True, "facts_ok": True},
        },
        Outcome,
    )
    journal.finish("trace_1", outcome)
    journal.renew(["trace_2"])
    assert journal.outcome("trace_1") == outcome
    journal.renew(["trace_1", "trace_2"])
    assert journal.outcome("trace_1") is None
