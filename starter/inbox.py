"""`mandate inbox`: who must do what by when, as far as it concerns the person who asks."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Annotated, Any, Final

import typer

from domain.kernel.errors import BadInput
from domain.kernel.messages import SHANGHAI
from starter.forms import read_code
from starter.joins import Inboxes, open_doors
from starter.session import Session, command
from starter.tenants import tenant_or_only_one
from starter.words import Words

app: Final = typer.Typer()
COLUMNS: Final = ("due_on", "case", "version", "title", "task", "held_by", "phase", "since")
MOST: Final = 500


@command(app)
async def inbox(
    session: Session,
    *,
    role: Annotated[str | None, typer.Option("--role", metavar="R", help="In one role alone.")] = None,
    organisation: Annotated[
        str | None, typer.Option("--organisation", metavar="O", help="All that waits in one organisation.")
    ] = None,
    limit: Annotated[int, typer.Option("--limit", metavar="N", min=1, max=MOST, help="The N most urgent.")] = 50,
) -> None:
    """List what waits for the acting person, most urgent first.

    It holds what the person alone must do, and what waits for each role by a seat held today. Work that climbed to a
    higher rung because its limit was missed stays in sight of everybody who held it; `held_by` says who has it now.
    """
    person, today = session.acting, datetime.now(SHANGHAI).date()
    async with open_doors() as doors:
        inboxes = doors.inboxes(await tenant_or_only_one(session, doors))
        await _check_seat(inboxes, person, today, role, organisation)
        asked = inboxes.waiting(person, today, role=role, organisation=organisation, limit=limit)
        found = [each async for each in asked]
    shown = found if session.screen.is_json else [_for_people(each, session.screen.words) for each in found]
    session.screen.rows(COLUMNS, shown)
    if len(found) == limit:
        session.screen.beside(session.screen.words.say("inbox_full", limit=limit))


async def _check_seat(inboxes: Inboxes, person: str, today: date, role: str | None, organisation: str | None) -> None:
    """Let nobody take a mistyped role or organisation for one in which nothing waits.

    Raises:
        BadInput: The person holds no seat in it today; names those held.
    """
    if role is None and organisation is None:
        return
    held = [seat for seat in await inboxes.seats(person) if seat.spell.covers(today)]
    if role is not None and read_code(role, "--role") not in {seat.role for seat in held}:
        raise BadInput("--role", role, _one_of(person, (seat.role for seat in held)))
    held = [seat for seat in held if role in {None, seat.role}]
    if organisation is not None and read_code(organisation, "--organisation") not in {s.organisation for s in held}:
        raise BadInput("--organisation", organisation, _one_of(person, (seat.organisation for seat in held)))


def _one_of(person: str, names: Iterable[str]) -> str:
    return f"one in which {person} has a seat today: " + (", ".join(sorted({*names})) or "there is none")


def _for_people(line: Mapping[str, Any], words: Words) -> dict[str, Any]:
    process = str(line["process"])
    role, at, organisation = str(line["held_by"]).partition("@")
    return {
        **line,
        "due_on": words.say("overdue", due_on=line["due_on"]) if line["overdue"] else line["due_on"],
        "task": words.label("task", line["task"], process),
        "held_by": words.label("role", role) + at + organisation,
        "phase": words.label("phase", line["phase"], process),
    }
