"""`mandate inbox`: what waits for a person."""

from datetime import datetime
from typing import Annotated, Final

import typer

from domain.kernel.messages import SHANGHAI
from starter.joins import open_doors
from starter.session import Session, command
from starter.tenants import tenant_or_only_one

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
    session.screen.rows(("due_on", "case", "task", "held_by", "phase", "since"), found)
