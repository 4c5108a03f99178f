"""The acceptance scenarios: every example script comes out as it says, on a store of its own with its own clock."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from starter.demo import example_scripts
from starter.joins import ScratchServer
from starter.output import Screen
from starter.rehearse import rehearse_script

ROOT = Path(__file__).parents[2]
SCRIPTS = {Path(each.name).resolve().relative_to(ROOT / "examples").as_posix(): each for each in example_scripts()}
ACT = """
  - at: 2026-03-03 10:00
    as: stranger
    start: task_admission
    name: meals
    with: {community: harbour}
"""


@pytest.fixture(scope="module")
def scratch() -> Iterator[ScratchServer]:
    server = ScratchServer.start()
    yield server
    server.stop()


@pytest.mark.parametrize("name", SCRIPTS)
async def test_an_example_comes_out_as_it_says(name, scratch, capsys):
    differing = await rehearse_script(SCRIPTS[name], scratch, Screen("table", "zh"))
    assert differing == [], capsys.readouterr().out


async def test_a_script_that_does_not_come_out_as_it_says_ends_with_5(bare_line, tmp_path):
    script = tmp_path / "wrong.yaml"
    script.write_text(
        f"scenario: wrong\ndistrict: examples/districts/zone\nsteps:{ACT}    expect: {{outcome: recorded}}\n",
        encoding="utf-8",
    )
    said = await bare_line("rehearse", str(script))
    assert said.code == 5, said
    assert 'expected "recorded", found "refused"' in said.out


async def test_a_rehearsal_gives_a_program_one_object_a_step(bare_line, tmp_path):
    script = tmp_path / "right.yaml"
    script.write_text(
        f"scenario: right\ndistrict: examples/districts/zone\nsteps:{ACT}"
        "    expect: {outcome: refused, refusal: task_admission.not_your_role}\n"
        "  - until: 2026-04-01 00:00\n    expect: {meals: {missed: []}}\n",
        encoding="utf-8",
    )
    said = await bare_line("rehearse", str(script), "-o", "json")
    assert said.code == 0, said
    assert [each["ok"] for each in said.lines] == [True, True]
