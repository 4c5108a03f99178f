"""A deadline beyond the announced calendar is provisional, and counted again when the notice is out (dossier §3.2)."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from starter.joins import ScratchServer
from starter.output import Screen
from starter.rehearse import rehearse_script
from starter.scripts import read_script

EXAMPLE = Path(__file__).parents[2] / "examples/task_admission/4_listed_assistance.yaml"
NOTICE = """
  - at: 2026-12-30 09:00
    as: qian
    send: [register-zone-calendar, PublishVersion]
    with:
      name: calendar
      content:
        kind: calendar
        year:
          year: 2027
          announced: true
          days_off: [2027-01-01, 2027-01-02, 2027-01-03, 2027-01-04, 2027-01-05]
          source: a test's own notice
    expect: {outcome: recorded, events: [CalendarYearPublished]}
  - until: 2026-12-30 10:00
    expect:
      item: {phase: screening, deadlines: {formal_check: 2027-01-08}, provisional: []}
"""


@pytest.fixture(scope="module")
def scratch() -> Iterator[ScratchServer]:
    server = ScratchServer.start()
    yield server
    server.stop()


async def test_the_formal_check_that_crosses_the_new_year_is_counted_again(scratch, tmp_path, capsys):
    submitted_late = EXAMPLE.read_text(encoding="utf-8").replace("2026-11-24", "2026-12-29").rstrip()
    provisional = (
        "{outcome: recorded, phase: screening, deadlines: {formal_check: 2027-01-06}, provisional: [formal_check]}"
    )
    head, _, _ = submitted_late.rpartition("    expect:")
    script = tmp_path / "announced.yaml"
    script.write_text(f"{head}    expect: {provisional}{NOTICE}", encoding="utf-8")
    differing = await rehearse_script(read_script(script), scratch, Screen("table", "zh"))
    assert differing == [], capsys.readouterr().out
