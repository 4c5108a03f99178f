"""Where a directory stands: its law, and how much it holds. The entries themselves are rows, read as facts."""

from typing import ClassVar, Final, assert_never

from domain.directory.events import (
    DirectoryEvent,
    DirectoryOpened,
    OrganisationAbolished,
    OrganisationsAdded,
    OrganisationsAltered,
    PackStackChanged,
    PeopleAdded,
    PersonAltered,
    SeatCorrected,
    SeatEnded,
    SeatsBegun,
    TieEnded,
    TiesBegun,
)
from domain.kernel.errors import CorruptHistory
from domain.kernel.messages import Code, State, Text, Vocabulary
from domain.kernel.view import View


class Unopened(State):
    """There is no directory yet, and so no law and no one in office."""

    @property
    def pack_stack(self) -> tuple[Code, ...]:
        """Give none."""
        return ()


class Kept(State):
    """A directory that is kept.

    Attributes:
        pack_stack: The jurisdictions whose packs the tenant stands on, the national one first.
        organisations: How many were ever entered; likewise people, seats and ties.
    """

    phase: ClassVar[str] = "kept"
    name: Text
    pack_stack: tuple[Code, ...]
    organisations: int = 0
    people: int = 0
    seats: int = 0
    ties: int = 0


DirectoryState = Unopened | Kept
STATES: Final = Vocabulary[DirectoryState](Unopened, Kept)


def evolve(state: DirectoryState, event: DirectoryEvent, _version: int) -> DirectoryState:
    """Give the state after one event."""
    if isinstance(event, DirectoryOpened):
        return Kept(name=event.name, pack_stack=event.pack_stack, organisations=1, people=1, seats=1)
    if isinstance(state, Unopened):
        raise CorruptHistory(f"{type(event).__name__} before the directory was opened")
    match event:
        case PackStackChanged(pack_stack=pack_stack):
            return state.model_copy(update={"pack_stack": pack_stack})
        case OrganisationsAdded(organisations=added):
            return state.model_copy(update={"organisations": state.organisations + len(added)})
        case PeopleAdded(people=added):
            return state.model_copy(update={"people": state.people + len(added)})
        case SeatsBegun(seats=begun):
            return state.model_copy(update={"seats": state.seats + len(begun)})
        case TiesBegun(ties=begun):
            return state.model_copy(update={"ties": state.ties + len(begun)})
        case (
            OrganisationsAltered()
            | OrganisationAbolished()
            | PersonAltered()
            | SeatEnded()
            | SeatCorrected()
            | TieEnded()
        ):
            return state
        case _:
            assert_never(event)


def view(state: DirectoryState) -> View:
    """Show a directory by its tenant's name."""
    return View(phase=state.phase, title=state.name if isinstance(state, Kept) else "directory")
