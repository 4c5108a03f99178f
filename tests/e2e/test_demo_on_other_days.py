"""What the demo plays comes out as it says on any day: before a holiday, between the years, when few days are left."""

from collections.abc import Iterator
from datetime import date

import pytest

from domain.processes import PROCESSES
from starter.demo import COMPARED, example_scripts, moved
from starter.joins import ScratchServer
from starter.rehearsal import Rehearsal, each_answer
from starter.scripts import Played, Step, compare, district_steps

DAYS = [date(2026, 12, 30), date(2027, 2, 3), date(2027, 9, 28)]


@pytest.fixture(scope="module")
def scratch() -> Iterator[ScratchServer]:
    server = ScratchServer.start()
    yield server
    server.stop()


def played_on(script: Played, day: date) -> Iterator[tuple[str, Step]]:
    """Give what the demo plays of a script on a day: every step until it lets time pass, all of them that day."""
    for place, step in moved(script, day):
        if step.until is not None:
            return
        yield place, step.model_copy(update={"at": f"{day} 12:00"})


@pytest.mark.parametrize("day", DAYS)
async def test_the_demo_comes_out_as_it_says_on_another_day(day, scratch):
    scripts, differing = example_scripts("task_admission"), []
    async with scratch.store(PROCESSES) as store:
        rehearsal = Rehearsal(store.log, store.roster, "zone")
        for place, step in district_steps(scripts[0]):
            await rehearsal.play(place, step)
        for script in scripts:
            rehearsal.names = {}
            for place, step in played_on(script, day):
                for name, answer in each_answer(step, await rehearsal.play(place, step)).items():
                    said = step.expect[name] if name else step.expect
                    expected = {key: value for key, value in said.items() if key in COMPARED}
                    differing += [(script.name, place, each) for each in compare(expected, answer)]
    assert differing == []
