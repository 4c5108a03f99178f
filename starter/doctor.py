"""`mandate doctor`: what is missing on this machine and in this folder, and how to mend it."""

from collections.abc import Iterator
from typing import Final

import typer

from domain.kernel.errors import BadInput, Unavailable
from starter.backups import check_halves
from starter.exits import Exit
from starter.joins import Check, check_here, load_calendar, load_packs, probe_here, running_here
from starter.session import Session, command, environment

app: Final = typer.Typer()
_HALVES: Final = frozenset({"postgresql", "temporal_server"})


@command(app)
async def doctor(session: Session) -> None:
    """Say what is missing or wrong here, and how to mend it."""
    screen = session.screen
    running = await _running()
    checks = [*check_here(), *_law(), *running]
    if {each.name for each in running if each.ok} >= _HALVES:
        checks += await check_halves()
    for check in checks:
        sentence = screen.words.say(f"doctor_{check.name}_{'ok' if check.ok else 'missing'}", **check.details)
        if screen.is_json:
            screen.one({"check": check.name, "ok": check.ok, "message": sentence})
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
    names = {"postgresql": "postgresql", "temporal": "temporal_server", "worker": "worker"}
    return [
        Check(
            names[part.name],
            part.state == "answers",
            {"address": part.address, "version": part.version, "why": part.why},
        )
        for part in parts
    ]
