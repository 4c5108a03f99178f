"""`mandate run` and `mandate status`: everything on one machine, in the foreground; and what runs where.

The first Ctrl-C stops in order: the worker, Temporal, PostgreSQL. More of them change nothing, for the order has
limits of its own and takes at most ten seconds.
"""

import asyncio
import signal
import time
from collections.abc import Generator
from contextlib import contextmanager
from types import FrameType
from typing import Annotated, Final

import typer

from audit.verify import verify_all
from domain.kernel.errors import BadInput
from starter.demo import play_examples
from starter.exits import Exit
from starter.joins import Machine, Part, Whereabouts, machine_here, open_doors, probe_here, running_here
from starter.output import Screen
from starter.session import Session, command, environment

app: Final = typer.Typer()
_TEND_SECONDS: Final = 0.5
_FAILURES_SHOWN: Final = 20


@command(app)
def run(
    session: Session,
    *,
    once: Annotated[bool, typer.Option("--once", help="Play the demo, verify the store, stop.")] = False,
) -> None:
    """Run PostgreSQL, Temporal and a worker here, in the foreground; Ctrl-C stops them in order."""
    screen = session.screen
    if environment("DATABASE_URL"):
        expected = "nothing: `mandate run` has a store of its own; for another one start `python worker.py`"
        raise BadInput("DATABASE_URL", "an address", expected)
    machine = machine_here(screen.line)
    with _stopped_in_order(machine, screen):
        where = machine.start()
        asyncio.run(_show(screen, always=once))
        if once:
            asyncio.run(_prove(screen))
        else:
            _say_where(where, screen)
            _stay(machine)


@command(app)
async def status(session: Session) -> None:
    """Say what runs where, since when, in which version."""
    screen, here = session.screen, running_here()
    parts = await probe_here()
    columns = ("part", "state", "address", "version", "since", "why")
    screen.rows(columns, [_row(part, screen) for part in parts])
    if here is not None:
        screen.line(screen.words.say("run_folder", folder=here.folder, pid=here.pid, since=here.since))
    if any(part.state != "answers" for part in parts):
        raise typer.Exit(Exit.UNAVAILABLE)


def _row(part: Part, screen: Screen) -> dict[str, str | None]:
    state = part.state if screen.is_json else screen.words.label("running", part.state)
    since = None if part.since is None else part.since.isoformat(timespec="seconds")
    name = part.name if screen.is_json else screen.words.label("part", part.name)
    return {
        "part": name,
        "state": state,
        "address": part.address,
        "version": part.version,
        "since": since,
        "why": part.why,
    }


@contextmanager
def _stopped_in_order(machine: Machine, screen: Screen) -> Generator[None]:
    """Turn every polite signal into Ctrl-C, and stop the machine however the block ends."""
    for number in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, _interrupt)
    try:
        yield
    finally:
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, signal.SIG_IGN)
        screen.line(screen.words.say("run_stopping"))
        machine.stop()


def _interrupt(_number: int, _frame: FrameType | None) -> None:
    raise KeyboardInterrupt


def _stay(machine: Machine) -> None:
    """Look after the machine until somebody says that it is enough."""
    try:
        while True:
            machine.tend()
            time.sleep(_TEND_SECONDS)
    except KeyboardInterrupt:
        return


def _say_where(where: Whereabouts, screen: Screen) -> None:
    words = screen.words
    lines = [words.say("run_ready")]
    if where.ui_address:
        lines.append(words.say("run_pages", address=where.ui_address))
    lines += [
        words.say("run_temporal", address=where.temporal_address, namespace=where.temporal_namespace),
        words.say("run_store", address=where.database_url.rpartition("@")[2]),
        words.say("run_data", folder=where.folder),
        words.say("run_ask"),
    ]
    for line in lines:
        screen.line(line)


async def _show(screen: Screen, *, always: bool) -> None:
    """Play the examples, so that the first screen shows real cases.

    Args:
        always: Also on a store that is in use, and with an exit code where something does not come out as expected.

    Raises:
        typer.Exit: It was asked for, and did not come out as expected.
    """
    async with open_doors() as doors:
        if not always and await doors.tenants():
            return
        as_expected = await play_examples(doors, screen)
    if always and not as_expected:
        raise typer.Exit(Exit.PROOF_FAILED)


async def _prove(screen: Screen) -> None:
    """Verify the whole store, as `mandate audit verify --all` does.

    Raises:
        typer.Exit: The proof failed.
    """
    async with open_doors() as doors:
        proof = await verify_all(doors.archive)
    screen.line(screen.words.say("run_proved", streams=proof.streams, events=proof.events))
    for finding in proof.findings[:_FAILURES_SHOWN]:
        screen.line(f"{finding.case} {finding.version}: {finding.what}")
    if not proof.holds:
        raise typer.Exit(Exit.PROOF_FAILED)
