"""`mandate backup` and `mandate restore`; and what is said where the record and Temporal are not of one time."""

from collections.abc import Generator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated, Any, Final

import typer

from domain.kernel.errors import Unavailable
from starter.exits import Exit
from starter.joins import Check, Manifest, PartedError, back_up, bring_back, compare_here, data_folder, open_doors
from starter.output import Screen
from starter.session import Session, command

app: Final = typer.Typer()
_CASES_SHOWN: Final = 20
_SHOWN: Final = ("taken_at", "position", "streams", "events", "commands", "mandate", "postgresql", "temporal")


@command(app)
def backup(
    folder: Annotated[Path, typer.Argument(metavar="FOLDER", help="A folder that is not there yet.")],
    session: Session,
) -> None:
    """Back up what runs here, the record and Temporal as they are in one moment."""
    screen = session.screen
    with screen.progress(screen.words.say("backing_up")):
        taken = back_up(folder)
    size = sum(each.bytes for each in taken.files.values())
    held = {"held_seconds": taken.held_seconds, "bytes": size}
    screen.one({"folder": str(folder.resolve()), **_account(taken), **held})


@command(app)
def restore(
    folder: Annotated[Path, typer.Argument(metavar="FOLDER", help="As `mandate backup` has written it.")],
    session: Session,
    *,
    data: Annotated[
        Path | None, typer.Option("--data", metavar="FOLDER", help="Where to; else MANDATE_DATA or .mandate.")
    ] = None,
) -> None:
    """Bring a backup back into a data folder of its own, where `mandate run` goes on."""
    screen = session.screen
    into = (data or data_folder()).resolve()
    manifest = bring_back(folder, into, screen.line)
    screen.one({"folder": str(into), **_account(manifest)})
    screen.line(screen.words.say("restored", folder=str(into)))


def _account(manifest: Manifest) -> dict[str, Any]:
    return {name: getattr(manifest, name) for name in _SHOWN}


@contextmanager
def told_apart(screen: Screen) -> Generator[None]:
    """Report a record and a Temporal that are not of one time, with every case that shows it, and end there.

    Raises:
        typer.Exit: They are not; nobody goes on with them.
    """
    try:
        yield
    except PartedError as parted:
        screen.line(screen.words.say("parted", **_details(parted)))
        screen.rows(("case", "older", "recorded", "followed"), _rows(parted, screen))
        raise typer.Exit(Exit.PROOF_FAILED) from parted


async def wake(cases: Sequence[str], screen: Screen) -> None:
    """Have cases follow the record again, of which Temporal knows an earlier day or nothing."""
    if not cases:
        return
    async with open_doors() as doors:
        client = await doors.client()
        for case in cases:
            opened = await doors.answers.first_command(case)
            if opened is not None:
                await client.wake(case, opened)
    screen.line(screen.words.say("woken", count=len(cases)))


async def check_halves() -> list[Check]:
    """Say for `mandate doctor` whether the record and Temporal are of one time; nothing where one is away."""
    try:
        parted = await compare_here()
    except Unavailable:
        return []
    return [Check("halves", ok=True)] if parted is None else [Check("halves", ok=False, details=_details(parted))]


def _details(parted: PartedError) -> dict[str, str]:
    cases = [each.case for each in parted.cases]
    named = ", ".join(cases[:_CASES_SHOWN]) + (" …" if len(cases) > _CASES_SHOWN else "")
    return {"count": str(len(cases)), "cases": named or "–", "since": parted.beyond_at or "–", "why": parted.older}


def _rows(parted: PartedError, screen: Screen) -> list[dict[str, Any]]:
    olders = {older: older if screen.is_json else screen.words.label("why", older) for older in ("record", "temporal")}
    return [
        {"case": each.case, "older": olders[each.older], "recorded": each.recorded, "followed": each.followed}
        for each in parted.cases
    ]
