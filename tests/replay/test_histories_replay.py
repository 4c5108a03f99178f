"""Recorded runs of the case runner replay on today's code, whatever the process's hash seed."""

from pathlib import Path

import pytest

from tests.replay.replaying import failures

HERE = Path(__file__).parent
PERMITS = sorted((HERE / "permit").glob("*.json"))
PERMIT = "tests.workflows.permit:PermitWorkflow"


@pytest.mark.parametrize("hash_seed", [0, 1, 4242])
async def test_every_recorded_run_replays(hash_seed: int) -> None:
    assert len(PERMITS) >= 8
    assert await failures(PERMIT, PERMITS, hash_seed=hash_seed) == ""


async def test_a_runner_that_leaves_out_the_record_does_not_replay() -> None:
    said = await failures("tests.replay.forgetful:ForgetfulWorkflow", PERMITS)
    assert [each.name for each in PERMITS if f"{each.name}: " not in said] == []
