"""`case show` draws the life of a case from its record: where it stood, how its limits ran and stood still."""

from datetime import date, datetime
from pathlib import Path

import pytest

from audit.life import life_of
from domain.kernel.errors import BadInput
from domain.kernel.messages import SHANGHAI
from domain.processes import PROCESSES
from starter.joins import ScratchServer
from starter.lifeline import OVER, WIDTH, drawn
from starter.rehearsal import Rehearsal
from starter.scripts import district_steps, read_script
from starter.words import Words

EXAMPLES = Path(__file__).parents[2] / "examples" / "task_admission"


@pytest.fixture(scope="module")
def scratch():
    server = ScratchServer.start()
    yield server
    server.stop()


async def _life(scratch, script, name, as_of=None):
    played = read_script(EXAMPLES / script)
    async with scratch.store(PROCESSES) as store:
        rehearsal = Rehearsal(store.log, store.roster, played.tenant)
        for place, step in [*district_steps(played), *played.steps]:
            await rehearsal.play(place, step)
        async with store.archive.open() as record:
            return await life_of(record, PROCESSES, rehearsal.names[name], as_of=as_of)


async def _lines(scratch, script, name, today, language="zh"):
    life = await _life(scratch, script, name)
    return {each["span"]: each["line"] for each in drawn(life, "task_admission", today, Words(language))}


async def test_each_phase_and_each_limit_has_a_line_on_one_scale_and_a_stopped_span_is_marked(scratch):
    life = await _life(scratch, "28_corrected_once.yaml", "checks")
    lines = drawn(life, "task_admission", date(2026, 3, 12), Words("zh"))
    assert [(each["span"], each["line"]) for each in lines] == [
        ("起草", "█"),
        ("形式审查", "██"),
        ("待补正", "  █████"),
        ("形式审查", "       ███"),
        ("不予准入", "          ■"),
        ("提前申请期 DL-01", "          ┤"),
        ("形式审查 DL-06", "──┄┄┄┄┄───┤"),
        ("补正 DL-03", "  ─────··┤"),
    ]
    assert (lines[2]["from_on"], lines[2]["until_on"]) == ("2026-03-04", "2026-03-09")


async def test_a_year_fits_the_width_and_what_was_passed_through_in_one_answer_is_no_stay(scratch):
    lines = await _lines(scratch, "10_admitted_worked_settled.yaml", "meals", date(2026, 12, 31))
    assert "已提交" not in lines
    assert (len(lines["已完成"]), lines["已完成"][-1]) == (WIDTH, OVER)
    assert max(map(len, lines.values())) == WIDTH


async def test_as_of_a_day_what_is_left_of_a_limit_is_still_ahead(scratch):
    as_of = datetime(2026, 3, 5, 12, tzinfo=SHANGHAI)
    life = await _life(scratch, "10_admitted_worked_settled.yaml", "meals", as_of)
    lines = {each["span"]: each for each in drawn(life, "task_admission", date(2026, 3, 5), Words("en"))}
    assert not life.is_over
    assert lines["asking the community"]["until_on"] == ""
    assert lines["community's opinion DL-07"]["line"].endswith("─······┤")
    assert lines["community's opinion DL-07"]["state"] == "open"


async def test_a_case_that_nobody_opened_has_no_life(scratch):
    async with scratch.store(PROCESSES) as store, store.archive.open() as record:
        with pytest.raises(BadInput):
            await life_of(record, PROCESSES, "task-0000000000000000")
