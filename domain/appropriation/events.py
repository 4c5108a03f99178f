"""What happened to a budget line; each event carries the postings by which the ledger moved."""

from typing import Final

from domain.appropriation.commands import BudgetLine
from domain.kernel.ledger import MoneyEvent
from domain.kernel.messages import Text, Vocabulary
from domain.kernel.money import Fen, FenMoved


class AppropriationGranted(MoneyEvent):
    """The budget granted an amount; the payer may set it aside from now on."""

    line: BudgetLine
    amount_fen: Fen
    document: Text


class AppropriationAmended(MoneyEvent):
    """The budget grants more than before, or less.

    Attributes:
        change_fen: What was added; below zero, what was taken back.
    """

    change_fen: FenMoved
    reason: Text
    document: Text


AppropriationEvent = AppropriationGranted | AppropriationAmended
EVENTS: Final = Vocabulary[AppropriationEvent](AppropriationGranted, AppropriationAmended)
