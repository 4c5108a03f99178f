"""The same item on two dates, under two versions of a list: two classifications, replayed as they were (S2-07)."""

from collections.abc import Iterator
from itertools import chain
from pathlib import Path

import pytest

from adapters.postgres.facts import READINGS, FactReader
from adapters.scratch import ScratchServer
from audit.decisions import Rules, retake
from domain.processes import PROCESSES
from domain.task_admission.state import Screening
from starter.rehearsal import Rehearsal, lifecycles
from starter.scripts import district_steps, read_script

EXAMPLE = Path(__file__).parents[2] / "examples/list_management/1_the_same_item_under_two_versions.yaml"


@pytest.fixture(scope="module")
def scratch() -> Iterator[ScratchServer]:
    server = ScratchServer.start()
    yield server
    server.stop()


def _route(state):
    return (state if isinstance(state, Screening) else state.file.screened).classified.route


async def test_an_item_is_classified_by_the_list_of_its_day_and_so_again_by_whoever_takes_the_decision_again(scratch):
    script = read_script(EXAMPLE)
    async with scratch.store(PROCESSES) as store:
        rehearsal = Rehearsal(store.log, store.roster, script.tenant)
        for place, step in sorted(chain(district_steps(script), script.steps), key=lambda each: each[1].instant):
            await rehearsal.play(place, step)
        names = rehearsal.names
        cases = [
            await store.log.case(PROCESSES["task_admission"], script.tenant, names[name], fresh=True)
            for name in ("june", "september")
        ]
        assert [_route(each.state) for each in cases] == ["off_list", "listed_assistance"]
        own = [names["june"], names["september"], names["change"], "register-zone-assistance_list"]
        async with store.archive.open() as record:
            facts = FactReader(store.log._database, PROCESSES, READINGS)
            assert await retake(record, facts, store.archive.forms, Rules(PROCESSES, lifecycles()), own) == ()
