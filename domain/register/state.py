"""Where a register stands: everything it has published, from which a fact is read."""

from collections.abc import Sequence
from typing import ClassVar, Final, TypeVar, assert_never

from domain.kernel.calendar import Calendar
from domain.kernel.errors import CorruptHistory
from domain.kernel.lists import CALENDAR, ListVersion, PublishedList
from domain.kernel.messages import Code, State, Text, Vocabulary
from domain.kernel.policy import Pack
from domain.kernel.view import View
from domain.register.contents import PackVersion, YearVersion
from domain.register.events import (
    CalendarYearCorrected,
    CalendarYearPublished,
    ListVersionCorrected,
    ListVersionPublished,
    PolicyPackCorrected,
    PolicyPackPublished,
    RegisterEvent,
)

PUBLISHED: Final = "published"
Version = ListVersion | YearVersion | PackVersion
V = TypeVar("V", ListVersion, YearVersion, PackVersion)


class Unpublished(State):
    """Nothing has been published yet."""

    @property
    def versions(self) -> tuple[Version, ...]:
        """Give none."""
        return ()

    @property
    def published(self) -> None:
        """Give nothing: the fact is absent."""
        return


class ListRegister(State):
    """A list or catalogue with every version of it."""

    phase: ClassVar[str] = PUBLISHED
    name: Code
    title: Text
    versions: tuple[ListVersion, ...]

    @property
    def published(self) -> PublishedList:
        """Give it as the fact that decisions read."""
        return PublishedList(name=self.name, title=self.title, versions=self.versions)


class CalendarRegister(State):
    """The working days, with every publication of every year."""

    phase: ClassVar[str] = PUBLISHED
    versions: tuple[YearVersion, ...]

    @property
    def published(self) -> Calendar:
        """Give every year as it was published last."""
        by_year = {each.year.year: each.year for each in self.versions}
        return Calendar(years=tuple(by_year[year] for year in sorted(by_year)))

    def of_year(self, year: int) -> YearVersion | None:
        """Find the publication that stands for a year."""
        return next((each for each in reversed(self.versions) if each.year.year == year), None)


class PackRegister(State):
    """A policy pack, with every publication of it."""

    phase: ClassVar[str] = PUBLISHED
    versions: tuple[PackVersion, ...]

    @property
    def published(self) -> Pack:
        """Give the pack as it was published last; it holds the law of every day."""
        return self.versions[-1].pack


RegisterState = Unpublished | ListRegister | CalendarRegister | PackRegister
STATES: Final = Vocabulary[RegisterState](Unpublished, ListRegister, CalendarRegister, PackRegister)


def evolve(state: RegisterState, event: RegisterEvent, _version: int) -> RegisterState:
    """Give the state after one event."""
    match event, state:
        case (ListVersionPublished() | ListVersionCorrected(), Unpublished() | ListRegister()):
            versions = state.versions if isinstance(state, ListRegister) else ()
            return ListRegister(name=event.name, title=event.title, versions=(*versions, event.version))
        case (CalendarYearPublished() | CalendarYearCorrected(), Unpublished() | CalendarRegister()):
            years = state.versions if isinstance(state, CalendarRegister) else ()
            return CalendarRegister(versions=(*years, event.version))
        case (PolicyPackPublished() | PolicyPackCorrected(), Unpublished() | PackRegister()):
            packs = state.versions if isinstance(state, PackRegister) else ()
            return PackRegister(versions=(*packs, event.version))
        case _:
            raise CorruptHistory(f"{type(event).__name__} in a register that is a {type(state).__name__}")


def view(state: RegisterState) -> View:
    """Show a register by its title."""
    match state:
        case Unpublished():
            return View(phase=state.phase, title="register")
        case ListRegister(title=title):
            return View(phase=state.phase, title=title)
        case CalendarRegister():
            return View(phase=state.phase, title=CALENDAR)
        case PackRegister():
            return View(phase=state.phase, title=state.published.title)
        case _:
            assert_never(state)


def uncorrected(versions: Sequence[V], number: int) -> V | None:
    """Find a version by its number, unless another has replaced it already."""
    if any(each.corrects == number for each in versions):
        return None
    return next((each for each in versions if each.number == number), None)
