"""What may be asked of one budget line, and by whom."""

from typing import ClassVar, Final

from pydantic import Field

from domain.kernel.ledger import Account, Pocket
from domain.kernel.messages import Code, Command, Record, Text, Vocabulary
from domain.kernel.money import Fen, FenMoved

FINANCE_BUREAU: Final = "finance_bureau"
"""Who keeps the budget; where finance itself spends, a substitute's office holds this role."""


class BudgetLine(Record):
    """What money is granted for; no two cases keep the same line.

    Attributes:
        payer: The organisation that may spend it.
        source: The fund it comes from.
        purpose: What it may be spent on.
        year: The fiscal year, which is the calendar year.

    Source:
        dossier §3.3; S1e-28 (separate accounting); ADMISSION §8 item 17.
    """

    payer: Code
    source: Code
    purpose: Code
    year: int = Field(ge=1949, le=9999)

    @property
    def key(self) -> str:
        """Name the line in the index of what may be kept only once; `|` stands in no code."""
        return f"line:{self.payer}|{self.source}|{self.purpose}|{self.year}"

    def account(self, pocket: Pocket) -> Account:
        """Give the payer's account for this line."""
        return Account(owner=self.payer, source=self.source, purpose=self.purpose, year=self.year, pocket=pocket)


class GrantAppropriation(Command):
    """Let the budget grant an amount for a line; opens the line's case.

    Attributes:
        document: The number of the budget document that decided it.
    """

    asked_by: ClassVar[frozenset[str]] = frozenset({FINANCE_BUREAU})
    line: BudgetLine
    amount_fen: Fen
    document: Text


class AmendAppropriation(Command):
    """Let the budget grant more, or take back what is still available.

    Attributes:
        change_fen: What is added; below zero, what is taken back.
        document: The number of the document that decided it; it speaks of one line once.
    """

    asked_by: ClassVar[frozenset[str]] = frozenset({FINANCE_BUREAU})
    change_fen: FenMoved
    reason: Text
    document: Text


AppropriationCommand = GrantAppropriation | AmendAppropriation
COMMANDS: Final = Vocabulary[AppropriationCommand](GrantAppropriation, AmendAppropriation)
