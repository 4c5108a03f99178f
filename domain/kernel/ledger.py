"""The fund ledger: which account money may stand in, and what may be posted.

Double entry in integer fen. Every posting of one event together sums to zero; no account falls below zero but the one
kind that says how much was ever granted, which never rises above it.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Final, Literal, Self, cast

from pydantic import Field, model_validator

from domain.kernel.errors import Refused
from domain.kernel.facts import Need
from domain.kernel.messages import Code, Event, Record, shanghai_date

Pocket = Literal["granted", "available", "reserved", "in_transit", "spent", "returned"]
EARMARKED: Final = "S1e-28, S1f-16"
"""Money goes to what it was given for (专款专用)."""
BALANCED: Final = "DESIGN §4"
_MOVES: Final[frozenset[tuple[Pocket, Pocket]]] = frozenset(
    {
        ("granted", "available"),  # the budget grants
        ("available", "granted"),  # the budget takes back
        ("available", "reserved"),  # an approval sets aside
        ("reserved", "available"),  # an end before receipt sets free
        ("reserved", "in_transit"),  # the payer pays
        ("in_transit", "reserved"),  # the payment came back
        ("in_transit", "available"),  # the community confirms
        ("available", "spent"),
        ("spent", "available"),  # a payment was wrong
        ("available", "returned"),
        ("available", "available"),  # carried into another year or, by decision, to another purpose
    }
)


class Account(Record):
    """One account.

    A reserve before payment stands in the payer's appropriation; the community's own account begins with the receipt.

    Attributes:
        owner: The organisation whose money it is: the payer until receipt, then the community.
        source: The fund it comes from.
        purpose: What it was given for.
        year: The fiscal year; of a community's account, that of the day of receipt in Shanghai.
        pocket: `granted` is the other side of every appropriation; `in_transit` has left the payer and not arrived.

    Source:
        dossier S1e-28 (separate accounting); ADMISSION §8 item 17.
    """

    owner: Code
    source: Code
    purpose: Code
    year: int = Field(ge=1949, le=9999)
    pocket: Pocket

    @property
    def id(self) -> str:
        """Name it in one line; `|` stands in no code."""
        return f"{self.owner}|{self.source}|{self.purpose}|{self.year}|{self.pocket}"

    def turned(self, pocket: Pocket) -> Self:
        """Give the same owner's account for another pocket."""
        return self.model_copy(update={"pocket": pocket})


class Posting(Record):
    """One line: *amount_fen* is added to the account, or taken from it where it is below zero.

    Attributes:
        allowed_by: The decision that lets money change its purpose; none for all other postings.
    """

    account: Account
    amount_fen: int
    allowed_by: Code | None = None

    @model_validator(mode="after")
    def _moves_something(self) -> Self:
        if self.amount_fen == 0:
            message = "a posting of nothing"
            raise ValueError(message)
        return self


class MoneyEvent(Event):
    """Something that happened to money; carries the balanced postings it rests on."""

    postings: tuple[Posting, ...]


@dataclass(frozen=True)
class BalanceOf(Need[int]):
    """What stands in an account, in fen; zero where nothing was ever posted to it."""

    account: Account


def fiscal_year(received_at: datetime) -> int:
    """Name the fiscal year of an instant (aware): the calendar year of its day in Shanghai."""
    return shanghai_date(received_at).year


def move(amount_fen: int, out_of: Account, into: Account, *, allowed_by: str | None = None) -> tuple[Posting, Posting]:
    """Let money go from one account to another.

    Args:
        amount_fen: Fen, above zero.
        allowed_by: The decision by which it may change its purpose or its source.

    Source:
        dossier S1e-28, S1f-16 (earmarked use); DESIGN §4 Ledger.

    Raises:
        Refused: `ledger.amount_not_positive`, `ledger.no_such_move`, `ledger.diversion`.
    """
    if amount_fen <= 0:
        raise Refused("ledger.amount_not_positive", BALANCED, amount_fen=amount_fen)
    paid_out = out_of.pocket == "in_transit" and into.pocket == "available"
    if (out_of.pocket, into.pocket) not in _MOVES or out_of == into or (out_of.owner != into.owner and not paid_out):
        raise Refused("ledger.no_such_move", BALANCED, out_of=out_of.id, into=into.id)
    lines = (
        Posting(account=out_of, amount_fen=-amount_fen, allowed_by=allowed_by),
        Posting(account=into, amount_fen=amount_fen, allowed_by=allowed_by),
    )
    check(lines)
    return lines


def check(postings: Iterable[Posting]) -> None:
    """Say no to postings that do not sum to zero, or that let money leave its source and purpose undecided.

    Source:
        dossier S1e-28, S1f-16; DESIGN §4 Ledger.

    Raises:
        Refused: `ledger.not_balanced`, `ledger.diversion`.
    """
    lines = tuple(postings)
    difference = sum(line.amount_fen for line in lines)
    if difference != 0:
        raise Refused("ledger.not_balanced", BALANCED, difference_fen=difference)
    bound = [line for line in lines if line.allowed_by is None]
    for source, purpose in sorted({(line.account.source, line.account.purpose) for line in bound}):
        left = sum(
            line.amount_fen for line in bound if (line.account.source, line.account.purpose) == (source, purpose)
        )
        if left != 0:
            raise Refused("ledger.diversion", EARMARKED, source_of_funds=source, purpose=purpose, difference_fen=left)


def may_stand(account: Account, balance_fen: int) -> bool:
    """Say whether an account may hold this much: nothing below zero, and of what was granted nothing above."""
    return balance_fen <= 0 if account.pocket == "granted" else balance_fen >= 0


def postings_of(event: Event) -> tuple[Posting, ...]:
    """Give what an event moves; most move nothing."""
    return cast("tuple[Posting, ...]", getattr(event, "postings", ()))
