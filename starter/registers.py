"""`mandate register …`, `mandate policy publish`: what a district publishes, and what is in force on a day."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime
from typing import Annotated, Any, Final

import typer

from domain.kernel.errors import BadInput
from domain.kernel.lists import PACK_PREFIX
from domain.kernel.messages import SHANGHAI
from domain.register.contents import stream_of
from domain.register.state import CalendarRegister, ListRegister, PackRegister
from starter import policy
from starter.documents import proposal, publication
from starter.forms import read_code, read_day
from starter.joins import Doors, open_doors
from starter.matters import openings
from starter.replies import show_reply
from starter.sending import blank_ask, end, show_opened, submit_all
from starter.session import Asking, Session, command
from starter.streams import process_named
from starter.tenants import tenant_or_only_one

app: Final = typer.Typer(help="Lists, catalogues, calendars and packs a district has published.", no_args_is_help=True)
REGISTER: Final = "register"
LIST_MANAGEMENT: Final = "list_management"
COLUMNS: Final = ("register", "version", "valid_from", "valid_to", "entry", "class", "source")
RegisterName = Annotated[str, typer.Argument(metavar="REGISTER", help="assistance_list, calendar, pack-national, …")]


@command(app, "list")
async def list_registers(session: Session) -> None:
    """Name the registers of a district and what they hold."""
    async with open_doors() as doors:
        tenant = await tenant_or_only_one(session, doors)
        rows = [row async for row in doors.queries(tenant).registers(tenant)]
    session.screen.rows(("register", "title", "version"), rows)


@command(app)
async def show(
    register: RegisterName,
    session: Session,
    on: Annotated[str | None, typer.Option("--on", metavar="DATE", help="The day that matters; today.")] = None,
) -> None:
    """Show the entries that govern a day, among what is published by now."""
    day = datetime.now(SHANGHAI).date() if on is None else read_day(on, "--on")
    async with open_doors() as doors:
        tenant = await tenant_or_only_one(session, doors)
        state = await register_state(doors, tenant, read_code(register, "register"))
    session.screen.rows(COLUMNS, entries(register, state, day))


@command(app)
async def publish(
    register: RegisterName,
    file: Annotated[str, typer.Argument(metavar="FILE", help="YAML or JSON; of a pack also a folder.")],
    session: Session,
    asking: Asking,
) -> None:
    """Publish a version; the first one opens the register."""
    await publish_in(register, file, session, asking)


@command(app)
async def propose(
    register: RegisterName,
    file: Annotated[str, typer.Argument(metavar="FILE", help="YAML or JSON: the list as it is to be published.")],
    session: Session,
    asking: Asking,
    *,
    reasons: Annotated[str, typer.Option("--because", metavar="TEXT", help="Why the list is to be changed.")],
    corrects: Annotated[int | None, typer.Option("--corrects", metavar="VERSION", help="The wrong version.")] = None,
) -> None:
    """Propose a list, or a change of one, and print the id of the proposal."""
    body = {**proposal(read_code(register, "register"), file), "reasons": reasons, "corrects": corrects}
    async with open_doors() as doors:
        tenant = await tenant_or_only_one(session, doors)
        blank = blank_ask(session, asking, tenant, process_named(LIST_MANAGEMENT), "ProposeList")
        replies = await submit_all(openings(blank, [body]), asking, session, doors)
    show_opened(replies[0], session.screen)
    end(replies)


@command(policy.app, "publish")
async def publish_pack(
    pack: Annotated[str, typer.Argument(metavar="PACK", help="national, development_zone, …")],
    file: Annotated[str, typer.Argument(metavar="FILE", help="A file, or a folder as in policy/.")],
    session: Session,
    asking: Asking,
) -> None:
    """Publish a policy pack for a district."""
    await publish_in(PACK_PREFIX + pack, file, session, asking)


async def publish_in(register: str, file: str, session: Session, asking: Asking, *, year: int | None = None) -> None:
    """Send a publication and print its answer.

    Args:
        year: The calendar year the file must hold.

    Raises:
        BadInput: Names the file and the line or the field.
        Unavailable: A server is away.
    """
    body = publication(read_code(register, "register"), file, year=year)
    async with open_doors() as doors:
        tenant = await tenant_or_only_one(session, doors)
        blank = blank_ask(session, asking, tenant, process_named(REGISTER), "PublishVersion")
        ask = replace(blank, body=body, case=stream_of(tenant, register), opens=True)
        replies = await submit_all([ask], asking, session, doors)
    show_reply(replies[0], session.screen)
    end(replies)


async def register_state(doors: Doors, tenant: str, register: str) -> Any:
    """Give what a register has published.

    Raises:
        BadInput: There is no such register.
        Unavailable: The store cannot be reached.
    """
    case = await doors.case(process_named(REGISTER), tenant, stream_of(tenant, register))
    if case.version == 0:
        raise BadInput("register", register, f"a register that {tenant} has published (mandate register list)")
    return case.state


def entries(register: str, state: Any, day: date) -> Iterator[dict[str, Any]]:
    """Give what governs a day, one entry a row."""
    match state:
        case ListRegister(published=published):
            version = published.in_force_on(day, datetime.now(SHANGHAI).date())
            if version is None:
                return
            for entry in version.entries:
                row = _row(register, version.number, version.valid_from, version.valid_to, entry.source)
                yield {
                    **row,
                    "entry": entry.id,
                    "class": entry.category or "",
                    "title": entry.title,
                    "matter": entry.matter,
                }
        case PackRegister(versions=versions):
            for entry in versions[-1].pack.entries:
                if entry.valid_from <= day and (entry.valid_to is None or day <= entry.valid_to):
                    row = _row(register, versions[-1].number, entry.valid_from, entry.valid_to, entry.source)
                    yield {**row, "entry": entry.name, "class": entry.grade, "title": entry.rule or entry.name}
        case CalendarRegister(versions=versions):
            for each in versions:
                year, first, last = each.year, date(each.year.year, 1, 1), date(each.year.year, 12, 31)
                row = _row(register, each.number, first, last, year.source)
                yield {**row, "entry": str(year.year), "class": "announced" if year.announced else "provisional"}
        case _:
            return


def _row(register: str, version: int, valid_from: date, valid_to: date | None, source: str) -> dict[str, Any]:
    return {
        "register": register,
        "version": version,
        "valid_from": valid_from.isoformat(),
        "valid_to": None if valid_to is None else valid_to.isoformat(),
        "source": source,
    }
