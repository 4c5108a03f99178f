"""`mandate inbox`: what waits for a person."""

from collections.abc import Mapping
from datetime import datetime
from typing import Annotated, Any, Final

import typer

from domain.kernel.messages import SHANGHAI
from starter.joins import open_doors
from starter.session import Session, command
from starter.streams import process_of
from starter.tenants import tenant_or_only_one
from starter.words import Words

app: Final = typer.Typer()


@command(app)
async def inbox(
    session: Session, role: Annotated[str | None, typer.Option("--role", metavar="R", help="In one role alone.")] = None
) -> None:
    """List what waits for the acting person, most urgent first."""
    async with open_doors() as doors:
        tenant = await tenant_or_only_one(session, doors)
        today = datetime.now(SHANGHAI).date()
        found = [each async for each in doors.queries.inbox(tenant, session.acting, today, role=role)]
    shown = found if session.screen.is_json else [_for_people(each, session.screen.words) for each in found]
    session.screen.rows(("due_on", "case", "task", "held_by", "phase", "since"), shown)


def _for_people(line: Mapping[str, Any], words: Words) -> dict[str, Any]:
    process = process_of(line["case"]).name
    role, at, organisation = str(line["held_by"]).partition("@")
    return {
        **line,
        "task": words.label("task", line["task"]),
        "held_by": words.label("role", role) + at + organisation,
        "phase": words.label("phase", line["phase"], process),
    }
