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


async def test_what_stands_in_the_ledger_is_compared_after_any_step_and_after_time_has_passed(bare_line, tmp_path):
    script = tmp_path / "money.yaml"
    expected = "ledger: {health/elder_meals/2026: {available_fen: %s}, nobody/nothing/2026: {spent_fen: 0}}"
    script.write_text(
        f"scenario: money\ndistrict: examples/districts/zone\nsteps:{ACT}"
        f"    expect: {{outcome: refused, {expected % 36000000}}}\n"
        f"  - until: 2026-04-01 00:00\n    expect: {{meals: {{phase: new}}, {expected % 36000001}}}\n",
        encoding="utf-8",
    )
    said = await bare_line("rehearse", str(script), "-o", "json")
    assert said.code == 5, said
    assert [each["differences"] for each in said.lines] == [
        [],
        [{"what": "ledger.health/elder_meals/2026.available_fen", "expected": 36000001, "found": 36000000}],
    ]


async def test_a_mistyped_pocket_is_bad_input(bare_line, tmp_path):
    script = tmp_path / "mistyped.yaml"
    script.write_text(
        f"scenario: mistyped\ndistrict: examples/districts/zone\nsteps:{ACT}"
        "    expect: {ledger: {health/elder_meals/2026: {availble_fen: 1}}}\n",
        encoding="utf-8",
    )
    said = await bare_line("rehearse", str(script))
    assert said.code == 2, said
    assert "steps[1].expect.ledger.health/elder_meals/2026.availble_fen" in said.err
