"""What a script expects to stand in the ledger, and what stands there.

An account is named as `mandate ledger show` names it, `OWNER/purpose/year`, and then holds what every source gave for
it; `OWNER/source/purpose/year` names the money of one source alone. What nobody ever moved is zero.
"""

import re
from collections.abc import AsyncIterator, Iterator, Mapping
from dataclasses import dataclass
from typing import Final, Protocol, cast, get_args

from pydantic import JsonValue

from domain.kernel.errors import BadInput
from domain.kernel.ledger import Pocket
from starter.forms import read_code

LEDGER: Final = "ledger"
"""What an `expect` calls the ledger; no case of a script may have this name."""
POCKETS: Final = tuple(f"{pocket}_fen" for pocket in get_args(Pocket))
_YEAR: Final = re.compile(r"[1-9][0-9]{3}")
_PARTS: Final = "OWNER/purpose/year, or OWNER/source/purpose/year"


class Accounts(Protocol):
    """Where balances are read."""

    def accounts(self, tenant: str, owner: str, *, year: int | None = None) -> AsyncIterator[dict[str, JsonValue]]:
        """Give an organisation's accounts, one line for source, purpose and year, every pocket in fen."""
        ...


@dataclass(frozen=True)
class Named:
    """An account as a script names it; without a source, all of them together."""

    name: str
    owner: str
    source: str | None
    purpose: str
    year: int

    def is_in(self, line: Mapping[str, JsonValue]) -> bool:
        """Say whether a line of the ledger belongs to it."""
        return line["purpose"] == self.purpose and (self.source is None or line["source"] == self.source)


def accounts_named(expect: Mapping[str, JsonValue]) -> tuple[Named, ...]:
    """Read which accounts an expectation names, and hold what it says of each to whole fen in pockets that exist.

    Raises:
        BadInput: Names the account or the pocket.
    """
    if LEDGER not in expect:
        return ()
    said = expect[LEDGER]
    if not isinstance(said, dict):
        raise BadInput(f"expect.{LEDGER}", repr(said), "accounts, each with its pockets")
    return tuple(_named(said))


async def balances(named: tuple[Named, ...], ledger: Accounts, tenant: str) -> dict[str, JsonValue]:
    """Give every pocket of the accounts that a script names, under the names it gives them."""
    found: dict[str, JsonValue] = {}
    for each in named:
        lines = [line async for line in ledger.accounts(tenant, each.owner, year=each.year) if each.is_in(line)]
        found[each.name] = {pocket: sum(cast("int", line[pocket]) for line in lines) for pocket in POCKETS}
    return found


def _named(said: Mapping[str, JsonValue]) -> Iterator[Named]:
    for name, pockets in said.items():
        place = f"expect.{LEDGER}.{name}"
        if not isinstance(pockets, dict):
            raise BadInput(place, repr(pockets), "pockets with their fen")
        for pocket, fen in pockets.items():
            if pocket not in POCKETS:
                raise BadInput(f"{place}.{pocket}", "no such pocket", "one of " + ", ".join(POCKETS))
            if isinstance(fen, bool) or not isinstance(fen, int):
                raise BadInput(f"{place}.{pocket}", repr(fen), "whole fen")
        yield _account(name, place)


def _account(name: str, place: str) -> Named:
    match name.split("/"):
        case [owner, purpose, year] if _YEAR.fullmatch(year):
            source = None
        case [owner, source, purpose, year] if _YEAR.fullmatch(year):
            read_code(source, place)
        case _:
            raise BadInput(place, repr(name), _PARTS)
    return Named(name, read_code(owner, place), source, read_code(purpose, place), int(year))
