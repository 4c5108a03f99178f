"""`mandate ledger show`: an organisation's earmarked money, each movement with the event behind it."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Annotated, Any, Final

import typer
from pydantic import JsonValue

from domain.kernel.directory import Organisation, OrganisationNamed
from domain.kernel.errors import BadInput
from starter.balances import POCKETS
from starter.forms import read_code
from starter.joins import Doors, open_doors
from starter.output import Screen
from starter.session import Session, command
from starter.streams import DIRECTORY, process_named
from starter.tenants import tenant_or_only_one

app: Final = typer.Typer(help="Earmarked money: by source, purpose and year.", no_args_is_help=True)
ACCOUNT: Final = ("source", "purpose", "year")
ALWAYS_SHOWN: Final = frozenset({"available_fen", "reserved_fen"})
"""Pockets that people see also where they are empty."""
Owner = Annotated[str, typer.Argument(metavar="COMMUNITY|PAYER", help="A community, or the body that pays.")]
Year = Annotated[int | None, typer.Option("--year", metavar="Y", min=1949, max=9999, help="One fiscal year alone.")]
Lines = Sequence[Mapping[str, Any]]


@command(app)
async def show(owner: Owner, session: Session, year: Year = None) -> None:
    """Show accounts, balances and movements.

    What was granted is posted below zero, as the other side of what it gave;
    every event's movements together make nothing.
    """
    read_code(owner, "organisation")
    async with open_doors() as doors:
        tenant = await tenant_or_only_one(session, doors)
        organisation = await _organisation(doors, tenant, owner)
        accounts = [each async for each in doors.queries(tenant).accounts(tenant, owner, year=year)]
        moved = [each async for each in doors.queries(tenant).movements(tenant, owner, year=year)]
    lines, screen = _with_movements(accounts, moved), session.screen
    if screen.is_json:
        screen.rows((), lines)
        return
    screen.line(f"{organisation.name} ({organisation.id})")
    _show_to_people(lines, screen)


async def _organisation(doors: Doors, tenant: str, name: str) -> Organisation:
    """Find an organisation in the tenant's directory as it is now.

    Raises:
        BadInput: There is none by this id.
    """
    directory = await doors.case(process_named(DIRECTORY), tenant, f"{DIRECTORY}-{tenant}")
    need, versions = OrganisationNamed(name), {directory.id: directory.version}
    found = (await doors.facts_of(tenant).at(tenant, directory.id, (need,), versions)).values[need]
    if not isinstance(found, Organisation):
        raise BadInput("organisation", name, f"an organisation in the directory of {tenant}")
    return found


def _with_movements(accounts: Lines, moved: Lines) -> Lines:
    behind: defaultdict[tuple[Any, ...], list[JsonValue]] = defaultdict(list)
    for each in moved:
        behind[tuple(each[key] for key in ACCOUNT)].append({**each})
    return [{**each, "movements": behind[tuple(each[key] for key in ACCOUNT)]} for each in accounts]


def _show_to_people(lines: Lines, screen: Screen) -> None:
    """Print a table of the accounts, then under each account's name what moved it."""
    filled = [pocket for pocket in POCKETS if pocket in ALWAYS_SHOWN or any(each[pocket] for each in lines)]
    screen.rows(("fund", "purpose", "year", *filled), ({**each, "fund": each["source"]} for each in lines))
    for account in lines:
        screen.line("")
        screen.line("/".join(str(account[key]) for key in ACCOUNT))
        moved = ({**each, "pocket": screen.words.label("pocket", each["pocket"])} for each in account["movements"])
        screen.rows(("case", "version", "type", "pocket", "amount_fen", "balance_fen"), moved)
