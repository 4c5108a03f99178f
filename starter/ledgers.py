"""`mandate ledger show`: an organisation's earmarked money, each movement with the event behind it."""

from collections import defaultdict
from typing import Annotated, Any, Final

import typer
from pydantic import JsonValue

from starter.forms import read_code
from starter.joins import open_doors
from starter.session import Session, command
from starter.tenants import tenant_or_only_one

app: Final = typer.Typer(help="Earmarked money: by source, purpose and year.", no_args_is_help=True)
ACCOUNT: Final = ("source", "purpose", "year")


@command(app)
async def show(
    community: Annotated[str, typer.Argument(metavar="COMMUNITY", help="A community, or the body that pays.")],
    session: Session,
    year: Annotated[int | None, typer.Option("--year", metavar="Y", help="One fiscal year alone.")] = None,
) -> None:
    """Show accounts, balances and movements."""
    owner = read_code(community, "community")
    async with open_doors() as doors:
        tenant = await tenant_or_only_one(session, doors)
        accounts = [each async for each in doors.queries.accounts(tenant, owner, year=year)]
        moved = [each async for each in doors.queries.movements(tenant, owner, year=year)]
    screen = session.screen
    if screen.is_json:
        behind: defaultdict[tuple[Any, ...], list[JsonValue]] = defaultdict(list)
        for each in moved:
            behind[tuple(each[key] for key in ACCOUNT)].append({**each})
        screen.rows((), ({**each, "movements": behind[tuple(each[key] for key in ACCOUNT)]} for each in accounts))
        return
    screen.rows(("account", "source", "purpose", "year", "available_fen", "reserved_fen"), accounts)
    if moved:
        screen.rows(("case", "version", "type", "source", "purpose", "year", "amount_fen", "balance_fen"), moved)
