"""`mandate doctor`: what is missing on this machine and in this folder, what stands still, and how to mend it."""

from collections.abc import Iterable, Iterator
from typing import Final

import typer

from activities.requests import RECORD
from domain.kernel.entries import instant_text
from domain.kernel.errors import BadInput, Unavailable
from starter.backups import check_halves
from starter.exits import Exit
from starter.joins import (
    Check,
    Sample,
    Seen,
    check_here,
    counted_here,
    load_calendar,
    load_packs,
    look_here,
    probe_here,
    running_here,
)
from starter.session import Session, command, environment

app: Final = typer.Typer()
_STORE: Final = "postgresql"
_HALVES: Final = frozenset({"postgresql", "temporal_server"})


@command(app)
async def doctor(session: Session) -> None:
    """Say what is missing or wrong here, and how to mend it."""
    screen = session.screen
    running = await _running()
    checks = [*check_here(), *_law(), *running]
    if any(check.name == _STORE and check.ok for check in running):
        seen = await look_here()
        checks += [*_figures(seen.samples), *await _counted(), *_standing_still(seen)]
    if {each.name for each in running if each.ok} >= _HALVES:
        checks += await check_halves()
    for check in checks:
        sentence = screen.words.say(f"doctor_{check.name}_{'ok' if check.ok else 'missing'}", **check.details)
        if screen.is_json:
            screen.one({"check": check.name, "ok": check.ok, "message": sentence, "details": check.details})
        else:
            screen.line(f"{'✓' if check.ok else '✗'} {sentence}")
    if not all(check.ok for check in checks):
        raise typer.Exit(Exit.UNAVAILABLE)


def _law() -> Iterator[Check]:
    """Read the law as it comes with this version."""
    try:
        packs, calendar = load_packs(), load_calendar()
    except BadInput as defect:
        yield Check("law", ok=False, details={"why": str(defect)})
        return
    years = [str(each.year) for each in calendar.years]
    yield Check("law", ok=True, details={"packs": str(len(packs)), "first": min(years), "last": max(years)})


async def _running() -> list[Check]:
    """Ask what runs whether it answers; nothing has to run."""
    if running_here() is None and not environment("DATABASE_URL"):
        return [Check("stopped", ok=True)]
    try:
        parts = await probe_here()
    except Unavailable as error:
        return [Check("running", ok=False, details={"why": str(error)})]
    names = {"postgresql": _STORE, "temporal": "temporal_server", "worker": "worker"}
    return [
        Check(
            names[part.name],
            part.state == "answers",
            {"address": part.address, "version": part.version, "why": part.why},
        )
        for part in parts
    ]


async def _counted() -> list[Check]:
    """Give what the worker has counted, where MANDATE_METRICS says that it serves its figures."""
    try:
        return [*_figures(await counted_here())]
    except (BadInput, Unavailable) as error:
        return [Check("figures", ok=False, details={"why": str(error)})]


def _figures(samples: Iterable[Sample]) -> Iterator[Check]:
    """Give the numbers that the worker's page of figures shows, under the same names."""
    for sample in samples:
        yield Check("figure", ok=True, details={"series": sample.series, "value": f"{sample.value:.15g}"})


def _standing_still(seen: Seen) -> Iterator[Check]:
    """Name each case that cannot get past a command, the oldest first."""
    for each in seen.standstills:
        what = each.what
        details = {
            "case": what.case,
            "command": what.command,
            "command_id": what.command_id,
            "error": what.error,
            "since": instant_text(each.since),
            "last_at": instant_text(each.last_at),
        }
        yield Check("blocked" if what.activity == RECORD else "blocked_after", ok=False, details=details)
    if not seen.standstills:
        yield Check("blocked", ok=True)
