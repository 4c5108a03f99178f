"""`mandate campaign …`: how far one change has come that many cases are told of; pause it, let it go on."""

import asyncio
from datetime import datetime
from typing import Annotated, Any, Final

import typer

from activities.requests import PAUSE, RESUME
from domain.kernel.access import check_operator
from domain.kernel.errors import BadInput
from domain.kernel.messages import SHANGHAI
from starter.exits import Exit
from starter.forms import read_code
from starter.joins import Doors, open_doors
from starter.session import DEFAULT_PATIENCE_SECONDS, Session, command
from starter.tenants import tenants_asked

app: Final = typer.Typer(help="Changes that many cases are told of: how far they have come.", no_args_is_help=True)
COLUMNS: Final = ("campaign", "state", "told", "concerned", "key", "command", "cause", "started_at")
PAUSED: Final = "paused"
_BETWEEN_LOOKS_SECONDS: Final = 0.2
CampaignId = Annotated[str, typer.Argument(metavar="ID", help="As `mandate campaign list` names it.")]


@command(app, "list")
async def list_campaigns(session: Session) -> None:
    """List campaigns, the newest first."""
    async with open_doors() as doors:
        tenants = await tenants_asked(session, doors)
        rows = [row for tenant in tenants for row in await doors.queries(tenant).campaigns.newest(tenant)]
    session.screen.rows(COLUMNS, (_shown(row, session) for row in rows))


@command(app)
async def show(campaign: CampaignId, session: Session) -> None:
    """Show how far one has come."""
    async with open_doors() as doors:
        row = await _found(campaign, session, doors)
    session.screen.one(_shown(row, session))


@command(app)
async def pause(campaign: CampaignId, session: Session) -> None:
    """Let nobody more be told, from the end of the page that is under way."""
    await _signal(campaign, PAUSE, session)


@command(app)
async def resume(campaign: CampaignId, session: Session) -> None:
    """Let it go on where it was."""
    await _signal(campaign, RESUME, session)


async def _signal(campaign: str, signal: str, session: Session) -> None:
    """Ask for it and wait until it is so.

    Raises:
        BadInput: There is no such campaign, or it is over.
        Refused: The person holds no seat of the role `operator`.
        Unavailable: A server is away.
    """
    person = session.acting
    async with open_doors() as doors:
        row = await _found(campaign, session, doors)
        today = datetime.now(SHANGHAI).date()
        check_operator(person, await doors.inboxes(row["tenant"]).seats(person), today, process="campaign")
        is_over = row["finished_at"] is not None
        if is_over or not await (await doors.client()).signal_campaign(campaign, signal, person):
            raise BadInput("campaign", campaign, "a campaign that is not over")
        with session.screen.progress(session.screen.words.say("waiting_for_answer")):
            row, is_so = await _wait(row, signal, doors)
    session.screen.one(_shown(row, session))
    if not is_so:
        raise typer.Exit(Exit.ACCEPTED)


async def _wait(row: dict[str, Any], signal: str, doors: Doors) -> tuple[dict[str, Any], bool]:
    """Look until the campaign is as it was asked to be, or patience is at an end."""
    loop = asyncio.get_running_loop()
    until = loop.time() + DEFAULT_PATIENCE_SECONDS
    while (row["state"] == PAUSED) is not (signal == PAUSE):
        if row["finished_at"] is not None:
            return row, True
        if loop.time() > until:
            return row, False
        await asyncio.sleep(_BETWEEN_LOOKS_SECONDS)
        row = await doors.queries(row["tenant"]).campaigns.one(row["campaign"]) or row
    return row, True


async def _found(campaign: str, session: Session, doors: Doors) -> dict[str, Any]:
    """Give a campaign's row.

    Raises:
        BadInput: There is none of this id, or it is another tenant's than the one named.
        Unavailable: The store cannot be reached.
    """
    read_code(campaign, "campaign")
    for tenant in await tenants_asked(session, doors):
        row = await doors.queries(tenant).campaigns.one(campaign)
        if row is not None:
            return row
    raise BadInput("campaign", campaign, "the id of a campaign (mandate campaign list)")


def _shown(row: dict[str, Any], session: Session) -> dict[str, Any]:
    """Give the row as a program reads it, or with words for people."""
    if session.screen.is_json:
        return row
    words = session.screen.words
    state, asked = words.label("state", row["state"]), words.label("command", row["command"], "task_admission")
    return {**row, "state": state, "command": asked}
