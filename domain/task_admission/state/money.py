"""The case's own share in the ledger's accounts, from the postings of its own events."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Generic, TypeVar, assert_never

from domain.kernel.ledger import Account, Pocket
from domain.kernel.messages import Event, Record
from domain.task_admission.events import (
    ExpenditureRecorded,
    FundsDisbursed,
    FundsReceived,
    FundsReleased,
    FundsReserved,
    FundsReturned,
    FundsSettled,
)
from domain.task_admission.state.spending import Spending

E = TypeVar("E", bound=Event)
MoneyMoved = (
    FundsReserved | FundsReleased | FundsDisbursed | FundsReceived | ExpenditureRecorded | FundsReturned | FundsSettled
)
"""Everything that can happen to an item's money."""


class Shown(Record, Generic[E]):
    """An event with the version at which it stands in the case, so that a proof can point to it."""

    version: int
    event: E


class Money(Record):
    """What was moved for this case, in order."""

    reserved: tuple[FundsReserved, ...] = ()
    released: tuple[FundsReleased, ...] = ()
    disbursed: tuple[FundsDisbursed, ...] = ()
    received: tuple[Shown[FundsReceived], ...] = ()
    spent: Spending = Spending()
    returned: tuple[FundsReturned, ...] = ()
    settled: tuple[FundsSettled, ...] = ()

    def held(self, pocket: Pocket) -> Mapping[Account, int]:
        """Give what of each account of this pocket is this case's, in fen; accounts at zero are left out."""
        balances: dict[Account, int] = {}
        for event in self._events():
            for posting in event.postings:
                if posting.account.pocket == pocket:
                    balances[posting.account] = balances.get(posting.account, 0) + posting.amount_fen
        for account, fen in self.spent.moved(pocket):
            balances[account] = balances.get(account, 0) + fen
        return {account: fen for account, fen in balances.items() if fen != 0}

    def disbursed_for(self, tranche: int) -> int:
        """Give what was paid out for a payment of the agreement, in fen."""
        return sum(each.amount_fen for each in self.disbursed if each.tranche == tranche)

    def received_for(self, tranche: int) -> int:
        """Give what arrived of a payment of the agreement, in fen."""
        return sum(each.event.amount_fen for each in self.received if each.event.tranche == tranche)

    def on_its_way(self, tranche: int) -> tuple[FundsDisbursed, ...]:
        """Give what was paid out for a payment of the agreement and has not arrived."""
        arrived = {each.event.voucher for each in self.received}
        return tuple(each for each in self.disbursed if each.tranche == tranche and each.voucher not in arrived)

    def disbursement(self, voucher: str) -> FundsDisbursed | None:
        """Find the payment with this voucher."""
        return next((each for each in self.disbursed if each.voucher == voucher), None)

    def receipt(self, voucher: str) -> FundsReceived | None:
        """Find the receipt of the payment with this voucher."""
        return next((each.event for each in self.received if each.event.voucher == voucher), None)

    def arrivals(self, until_on: date) -> Iterator[tuple[Account, int]]:
        """Give what came into which account of the community by a day, in fen."""
        lines = (line for each in self.received if each.event.on <= until_on for line in each.event.postings)
        yield from ((line.account, line.amount_fen) for line in lines if line.account.pocket == "available")

    def after(self, event: MoneyMoved, version: int) -> "Money":
        """Let one more thing happen to the money."""
        match event:
            case FundsReserved():
                return self.model_copy(update={"reserved": (*self.reserved, event)})
            case FundsReleased():
                return self.model_copy(update={"released": (*self.released, event)})
            case FundsDisbursed():
                return self.model_copy(update={"disbursed": (*self.disbursed, event)})
            case FundsReceived():
                shown = Shown[FundsReceived](version=version, event=event)
                return self.model_copy(update={"received": (*self.received, shown)})
            case ExpenditureRecorded():
                return self.model_copy(update={"spent": self.spent.after(event)})
            case FundsReturned():
                return self.model_copy(update={"returned": (*self.returned, event)})
            case FundsSettled():
                return self.model_copy(update={"settled": (*self.settled, event)})
            case _:
                assert_never(event)

    def _events(self) -> Iterator[MoneyMoved]:
        yield from (*self.reserved, *self.released, *self.disbursed, *self.returned, *self.settled)
        yield from (each.event for each in self.received)
