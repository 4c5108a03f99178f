"""What was paid out for the work, as far as anything still rests on it.

A case of many years has thousands of vouchers. Each stands whole in its event; here it leaves its number, a mark of
what was said of it, and its share of sums, so that no command has to go through all that came before.
"""

from collections.abc import Iterator
from datetime import date
from hashlib import sha256

from domain.kernel.ledger import Account, Pocket
from domain.kernel.messages import Code, Record
from domain.kernel.money import Fen
from domain.task_admission.events import ExpenditureRecorded


class Outlay(Record):
    """What was spent from one account in one month.

    Attributes:
        account: The community's, from which it was taken.
        month: Its first day.
    """

    account: Account
    month: date
    amount_fen: Fen


class Spending(Record):
    """Everything that was spent so far.

    Attributes:
        vouchers: By number, the mark of what was said of each.
        outlays: The sums, in the order in which their months were first booked.
        by: Who said so.
    """

    vouchers: dict[Code, str] = {}
    outlays: tuple[Outlay, ...] = ()
    by: tuple[Code, ...] = ()

    def after(self, event: ExpenditureRecorded) -> "Spending":
        """Let one more voucher be booked."""
        outlays = self.outlays
        for posting in event.postings:
            if posting.account.pocket == "available":
                outlays = (*_added(outlays, posting.account, event.on.replace(day=1), -posting.amount_fen),)
        return self.model_copy(
            update={
                "vouchers": {**self.vouchers, event.voucher: _mark(event)},
                "outlays": outlays,
                "by": self.by if event.by in self.by else (*self.by, event.by),
            }
        )

    def has(self, voucher: str) -> bool:
        """Say whether something was spent by this voucher."""
        return voucher in self.vouchers

    def says(self, event: ExpenditureRecorded) -> bool:
        """Say whether the same was said before of the same voucher, whoever said it, on whichever day."""
        return self.vouchers.get(event.voucher) == _mark(event)

    def moved(self, pocket: Pocket) -> Iterator[tuple[Account, int]]:
        """Give what spending has taken from each account of this pocket, or added to it, in fen."""
        match pocket:
            case "available":
                yield from ((each.account, -each.amount_fen) for each in self.outlays)
            case "spent":
                yield from ((each.account.turned("spent"), each.amount_fen) for each in self.outlays)
            case _:
                return

    def until(self, day: date) -> Iterator[tuple[Account, int]]:
        """Give what was spent from which account by the end of the month in which a day lies, in fen."""
        yield from ((each.account, each.amount_fen) for each in self.outlays if each.month <= day)


def _mark(event: ExpenditureRecorded) -> str:
    """Tell apart what may be said of one voucher; the postings follow from it."""
    said = (event.amount_fen, event.source, event.purpose, event.year, event.payer, event.what)
    return sha256("|".join(map(str, said)).encode()).hexdigest()[:32]


def _added(outlays: tuple[Outlay, ...], account: Account, month: date, amount_fen: int) -> Iterator[Outlay]:
    is_new = True
    for each in outlays:
        if (each.month, each.account) == (month, account):
            is_new = False
            yield each.model_copy(update={"amount_fen": each.amount_fen + amount_fen})
        else:
            yield each
    if is_new:
        yield Outlay(account=account, month=month, amount_fen=amount_fen)
