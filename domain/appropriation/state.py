"""Where a budget line stands: what was granted, by which documents. What is left of it stands in the ledger."""

from typing import ClassVar, Final, assert_never

from domain.appropriation.commands import BudgetLine
from domain.appropriation.events import AppropriationAmended, AppropriationEvent, AppropriationGranted
from domain.kernel.errors import CorruptHistory
from domain.kernel.messages import State, Vocabulary
from domain.kernel.view import Party, View

PAYER: Final = "payer"
"""The organisation whose line it is, as a party to the case."""


class NotGranted(State):
    """Before the first event."""

    phase: ClassVar[str] = "new"


class Budgeted(State):
    """The budget has granted money for the line."""

    phase: ClassVar[str] = "budgeted"
    granted: AppropriationGranted
    amendments: tuple[AppropriationAmended, ...] = ()

    @property
    def line(self) -> BudgetLine:
        """What the money is for."""
        return self.granted.line

    @property
    def granted_fen(self) -> int:
        """What the budget grants by now."""
        return self.granted.amount_fen + sum(each.change_fen for each in self.amendments)

    def amendment_by(self, document: str) -> AppropriationAmended | None:
        """Find what a document has changed already."""
        return next((each for each in self.amendments if each.document == document), None)


AppropriationState = NotGranted | Budgeted
STATES: Final = Vocabulary[AppropriationState](NotGranted, Budgeted)


def evolve(state: AppropriationState, event: AppropriationEvent, _version: int) -> AppropriationState:
    """Let one event happen.

    Raises:
        CorruptHistory: The event cannot follow what happened before.
    """
    match state, event:
        case NotGranted(), AppropriationGranted():
            return Budgeted(granted=event)
        case Budgeted(granted=granted, amendments=amendments), AppropriationAmended():
            return Budgeted(granted=granted, amendments=(*amendments, event))
        case _:
            raise CorruptHistory(f"{type(event).__name__} cannot happen in {state.phase}")


def view(state: AppropriationState) -> View:
    """Show a line under its name, found by it as long as it is open."""
    match state:
        case NotGranted():
            return View(phase=state.phase, title="")
        case Budgeted(line=line):
            title = f"{line.payer}/{line.source}/{line.purpose}/{line.year}"
            parties = (Party(role=PAYER, organisation=line.payer),)
            return View(phase=state.phase, title=title, parties=parties, keys=(line.key,))
        case _:
            assert_never(state)
