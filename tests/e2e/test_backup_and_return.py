"""`mandate backup` and `mandate restore`: taken while work goes on, brought back into a folder where it goes on."""

import asyncio
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager, suppress
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, cast

import pytest
from temporalio.client import Client
from temporalio.testing import TimeSkipper, TimeSkippingConfig

from adapters.postgres.database import APPLICATION, READER, TENANT_READER, migrate
from adapters.servers import backup
from adapters.servers.errors import PartedError
from adapters.servers.machine import DATABASE, POSTGRES, TEMPORAL, Machine, Whereabouts
from adapters.servers.postgres import EmbeddedPostgres
from adapters.servers.processes import Identity
from adapters.servers.restore import restore
from adapters.servers.temporal import TIME_SKIPPING, Binary, DevServer, store_file
from domain.kernel.errors import Unavailable
from domain.kernel.messages import SHANGHAI, shanghai_date, start_of
from starter.backups import wake
from starter.demo import DISTRICTS, EXAMPLES, Demo
from starter.joins import Manifest, back_up, compare_here, open_doors
from starter.output import Screen
from tests.e2e.conftest import ROOT, Line
from tests.faults.keeper import STANDS
from tests.workflows.house import House, ids
from workflows.wire import wire

COMMANDS = "SELECT stream_id, command_id FROM mandate.command WHERE command_id NOT LIKE 'wake:%'"
A_DAY = timedelta(days=1)


def quietly(_line: str) -> None:
    pass


@pytest.fixture
def at(bare_line: Line, monkeypatch: pytest.MonkeyPatch) -> Callable[[Path], Line]:
    """The command line, and this very process, at a data folder; no other server is named."""
    for name in ("DATABASE_URL", "TEMPORAL_ADDRESS", "TEMPORAL_PROFILE", "TEMPORAL_NAMESPACE"):
        monkeypatch.delenv(name, raising=False)

    def go(folder: Path) -> Line:
        monkeypatch.setenv("MANDATE_DATA", str(folder))
        kept = {**bare_line.environment, "HOME": str(Path.home())}
        return replace(bare_line, environment={**kept, "MANDATE_DATA": str(folder), "MANDATE_TENANT": "zone"})

    return go


async def load_district() -> None:
    """Enter the example district, as `mandate demo` does; every command's id is the script's own."""
    async with open_doors() as doors:
        today = datetime.now(SHANGHAI).date()
        await Demo(doors, Screen("json", "en"), today, {}).load_district(EXAMPLES / DISTRICTS / "zone")


async def commands() -> set[tuple[str, str]]:
    async with open_doors() as doors:
        return {(row["stream_id"], row["command_id"]) for row in await doors.database.fetch(COMMANDS)}


@pytest.mark.timeout(300)
@pytest.mark.usefixtures("temporal_binary")
def test_a_backup_under_load_goes_on_in_a_new_folder_and_mixed_halves_are_recognised(
    server_folder: Path, at: Callable[[Path], Line]
):
    first, second, kept = server_folder / "first", server_folder / "second", server_folder / "kept"
    line = at(first)
    killed_in_the_middle(first)
    machine = Machine(first, quietly)
    machine.start()
    try:
        taken, before = asyncio.run(backed_up_under_load(kept))
        today = asyncio.run(commands())
        again = asyncio.run(line("backup", str(kept)))
    finally:
        machine.stop()
    assert again.code == 2, again
    assert 20 <= taken.commands < len(today), "the load was over before the backup"
    restored = asyncio.run(line("restore", str(kept), "--data", str(second), "-o", "json"))
    assert restored.code == 0, restored
    assert restored.json["position"] == taken.position
    it_goes_on(second, at, before, today)
    mixtures_are_recognised(server_folder, kept, at)


def killed_in_the_middle(folder: Path):
    """Kill everything in the middle of a load: what that leaves is no return, and the next start goes on."""
    words = [sys.executable, "-m", "tests.faults.keeper", str(folder)]
    with subprocess.Popen(words, cwd=ROOT, stdout=subprocess.PIPE, text=True) as keeper:
        assert keeper.stdout is not None
        assert any(STANDS in line for line in keeper.stdout)
        files = ("worker.pid", f"{TEMPORAL}/temporal.pid", f"{POSTGRES}/postgres.pid")
        everything = [keeper.pid, *(Identity.recall(folder / file).pid for file in files)]
        asyncio.run(loading_until_killed(everything))


async def loading_until_killed(everything: Sequence[int]) -> None:
    load = asyncio.create_task(load_district())
    while len(await commands()) < 20:
        assert not load.done()
    for pid in everything:
        os.kill(pid, signal.SIGKILL)
    load.cancel()
    with suppress(asyncio.CancelledError, Unavailable):
        await load


async def backed_up_under_load(kept: Path) -> tuple[Manifest, set[tuple[str, str]]]:
    """Take a backup in the middle of a load; give what was acknowledged before it was asked for."""
    load = asyncio.create_task(load_district())
    before: set[tuple[str, str]] = set()
    while len(before) < 20 and not load.done():
        before = await commands()
    taken = await asyncio.to_thread(back_up, kept)
    await load
    return taken, before


def it_goes_on(folder: Path, at: Callable[[Path], Line], before: set[tuple[str, str]], today: set[tuple[str, str]]):
    line = at(folder)
    machine = Machine(folder, quietly)
    machine.start()
    try:
        found = asyncio.run(commands())
        assert before <= found <= today
        asyncio.run(load_district())
        assert asyncio.run(commands()) == today
        proved = asyncio.run(line("audit", "verify", "--all", "--decisions"))
        assert proved.code == 0, proved
        checks = asyncio.run(line("doctor", "-o", "json")).lines
        assert [each["ok"] for each in checks if each["check"] == "halves"] == [True]
    finally:
        machine.stop()


def mixtures_are_recognised(server_folder: Path, kept: Path, at: Callable[[Path], Line]):
    """The second folder has gone on since the backup; a third one is brought back, and their halves are exchanged."""
    today, yesterday = server_folder / "second", server_folder / "third"
    restore(kept, yesterday, quietly)
    old, new = (store_file(each / TEMPORAL) for each in (yesterday, today))
    new_kept = shutil.copy(new, server_folder / "new.db")
    shutil.copy(old, new)
    shutil.copy(new_kept, old)

    said = asyncio.run(at(yesterday)("run", "--lang", "en"))
    assert said.code == 5, said
    assert "the record (PostgreSQL)" in said.out
    assert "directory-zone" in said.out

    with pytest.raises(PartedError) as error:
        Machine(today, quietly).start()
    assert error.value.older == "temporal"
    assert "directory-zone" in {each.case for each in error.value.cases}

    at(today)
    machine = Machine(today, quietly)
    machine.start(from_record=True)
    try:
        asyncio.run(followed_again(machine.behind))
    finally:
        machine.stop()


async def followed_again(behind: Sequence[str]) -> None:
    """Wake the cases of which Temporal knew an earlier day, and wait until it has followed the record."""
    before = await commands()
    await wake(behind, Screen("json", "en"))
    async with asyncio.timeout(60):
        while await compare_here() is not None:
            pass
    assert await commands() == before


@asynccontextmanager
async def servers(folder: Path, binary: Binary) -> AsyncIterator[tuple[Whereabouts, House]]:
    """The two servers of a data folder, without a worker, with clocks that can be moved."""
    store = await asyncio.to_thread(EmbeddedPostgres(folder / POSTGRES).start, quietly)
    await asyncio.to_thread(store.create_database, DATABASE)
    await asyncio.to_thread(migrate, store.admin_dsn(DATABASE))
    await asyncio.to_thread(store.let_in, APPLICATION, READER, TENANT_READER)
    start = cast("Any", DevServer.start)
    temporal = await asyncio.to_thread(
        start, folder / TEMPORAL, binary, quietly, ui=False, dynamic_config=TIME_SKIPPING
    )
    dsn = store.role_dsn(APPLICATION, DATABASE)
    client = await Client.connect(temporal.address, plugins=[wire()])
    house = House(TimeSkipper(client, config=TimeSkippingConfig(enabled=False)), dsn, "cases")
    await house.open()
    try:
        yield Whereabouts(0, "", "", dsn, "", "", temporal.address, temporal.namespace, None, str(folder)), house
    finally:
        await house.close()
        await asyncio.to_thread(temporal.stop)
        await asyncio.to_thread(store.stop)


async def test_a_clock_set_before_the_backup_rings_once_after_it_and_what_was_accepted_is_decided(
    server_folder: Path, temporal_binary: Binary
):
    first, second, kept = server_folder / "first", server_folder / "second", server_folder / "kept"
    async with servers(first, temporal_binary) as (where, house):
        case = house.new_case()
        remind_on, answer_by = (shanghai_date(house.now(case)) + timedelta(days=days) for days in (20, 30))
        async with house.working():
            await house.ask(case, "OpenPermit", "open", answer_by=str(answer_by), remind_on=[str(remind_on)])
        await house.send(case, house.envelope(case, "AddNote", "accepted", text="nobody works"))
        manifest = await asyncio.to_thread(backup.take, kept, where)
        async with house.working():
            await house.ask(case, "AddNote", "after", text="after the backup")
    assert manifest.commands == 1
    await asyncio.to_thread(restore, kept, second, quietly)
    async with servers(second, temporal_binary) as (_, house), house.working():
        await house.answer(case, "accepted")
        await house.skip_to(case, start_of(answer_by + A_DAY) + timedelta(minutes=5))
        await house.handle(case).result()
        asked = ids(await house.commands(case))
        events = await house.events(case)
    assert asked[:2] == ["open", "accepted"]
    assert "after" not in asked
    assert len([each for each in asked if each.startswith("wake:")]) == 2
    assert [events.count(each) for each in ("OwnerReminded", "PermitLapsed")] == [1, 1]
