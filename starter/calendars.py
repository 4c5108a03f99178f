"""`mandate calendar …`: a district's working days, year by year."""

from typing import Annotated, Final

import typer

from domain.kernel.errors import BadInput
from domain.kernel.lists import CALENDAR
from domain.register.state import CalendarRegister
from starter.joins import open_doors
from starter.registers import publish_in, register_state
from starter.session import Asking, Session, command
from starter.tenants import tenant_or_only_one

app: Final = typer.Typer(help="Working days, year by year.", no_args_is_help=True)
Year = Annotated[int, typer.Argument(metavar="YEAR", min=1949, max=9999)]


@command(app)
async def show(year: Year, session: Session) -> None:
    """Show a year's rest days and make-up days, and whether it has been announced."""
    async with open_doors() as doors:
        state = await register_state(doors, await tenant_or_only_one(session, doors), CALENDAR)
    found = state.of_year(year) if isinstance(state, CalendarRegister) else None
    if found is None:
        raise BadInput("year", str(year), "a year the district has published (mandate calendar publish)")
    session.screen.one(
        {
            "year": year,
            "version": found.number,
            "announced": found.year.announced,
            "rests": [day.isoformat() for day in found.year.days_off],
            "works": [day.isoformat() for day in found.year.make_up_days],
            "source": found.year.source,
        }
    )


@command(app)
async def publish(
    year: Year,
    file: Annotated[str, typer.Argument(metavar="FILE", help="YAML: year, announced, days_off, make_up_days, source.")],
    session: Session,
    asking: Asking,
) -> None:
    """Publish a year; limits that rested on a guess are counted again."""
    await publish_in(CALENDAR, file, session, asking, year=year)
