"""A published list reaches the items that rest on an entry of it, now and on the day it takes effect (ADMISSION §6)."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from starter.joins import ScratchServer
from starter.output import Screen
from starter.rehearse import rehearse_script
from starter.scripts import read_script

EXAMPLE = Path(__file__).parents[2] / "examples/task_admission/24_listed_confirmed_and_funded.yaml"
BEGINS = "  - until: 2026-06-01 00:01\n"
STRUCK = """
  - until: 2026-06-01 00:01
    expect: {disputes: {phase: active, missed: []}}
  - at: 2026-06-10 09:00
    as: qian
    send: [register-zone-assistance_list, PublishVersion]
    with:
      name: assistance_list
      content:
        kind: list
        title: 协助政府事项
        valid_from: 2026-07-01
        source: a test's own notice
        entries:
          - {id: A-99, matter: something_else, title: 其他, category: security, source: a test's own notice}
    expect: {outcome: recorded, events: [ListVersionPublished]}
  - until: 2026-06-30 23:59
    expect: {disputes: {phase: active, deadlines: {list_end: 2026-06-30}, state: {list_end: open}}}
  - until: 2026-07-01 00:00
    expect: {disputes: {phase: suspended, notices: {leg_lost: 2}, state: {list_end: closed}}}
"""


@pytest.fixture(scope="module")
def scratch() -> Iterator[ScratchServer]:
    server = ScratchServer.start()
    yield server
    server.stop()


async def test_a_struck_entry_is_lost_on_the_day_on_which_the_new_list_takes_effect(scratch, tmp_path, capsys):
    head, found, _ = EXAMPLE.read_text(encoding="utf-8").partition(BEGINS)
    assert found
    script = tmp_path / "struck.yaml"
    script.write_text(head + STRUCK.lstrip("\n"), encoding="utf-8")
    differing = await rehearse_script(read_script(script), scratch, Screen("table", "zh"))
    assert differing == [], capsys.readouterr().out
