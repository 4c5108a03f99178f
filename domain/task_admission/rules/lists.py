"""Reading published lists: what an entry says of an item, and whether a provision is in force."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from domain.kernel.facts import Facts
from domain.kernel.lists import ListEntry, ListNamed, ListVersion
from domain.task_admission.application import LegalBasis
from domain.task_admission.events.cited import EntryCited
from domain.task_admission.events.screening import Ground, ListRead
from domain.task_admission.rules.parameters import LAW_REGISTER


@dataclass(frozen=True)
class Reading:
    """A list as it governs one day, from what is published by the day of the act; no version where none governs.

    Source:
        ADMISSION §8 item 11.
    """

    register: str
    day: date
    version: ListVersion | None

    @property
    def entries(self) -> tuple[ListEntry, ...]:
        """Give its entries."""
        return () if self.version is None else self.version.entries

    def noted(self) -> Iterator[ListRead]:
        """Name the version that was read, if there was one."""
        if self.version is not None:
            yield ListRead(list_name=self.register, version=self.version.number, for_day=self.day)

    def ground(self, reason: str, entry: ListEntry) -> Ground:
        """Cite one of its entries."""
        number = 0 if self.version is None else self.version.number
        cited = EntryCited(list_name=self.register, version=number, entry=entry.id)
        return Ground(reason=reason, source=entry.source, cited=cited)

    def about(self, matter: str) -> tuple[ListEntry, ...]:
        """Give the entries about a matter."""
        return tuple(entry for entry in self.entries if entry.matter == matter)


def read_list(facts: Facts, register: str, day: date) -> Reading:
    """Read a list as it governs *day*."""
    published = facts[ListNamed(register)]
    version = None if published is None else published.in_force_on(day, facts.asked.on)
    return Reading(register, day, version)


def is_in_force(basis: LegalBasis, facts: Facts, day: date) -> bool:
    """Say whether the law register names the provision's instrument, or the very article, for *day*."""
    return _names(read_list(facts, LAW_REGISTER, day).entries, basis)


def was_law_before(basis: LegalBasis, facts: Facts, day: date) -> bool:
    """Say whether a version of the law register that began by *day*, published by the day of the act, names it."""
    published = facts[ListNamed(LAW_REGISTER)]
    versions = () if published is None else published.versions
    known = (each for each in versions if each.published_on <= facts.asked.on and each.valid_from <= day)
    return any(_names(each.entries, basis) for each in known)


def _names(entries: tuple[ListEntry, ...], basis: LegalBasis) -> bool:
    wanted = {basis.instrument, f"{basis.instrument}:{basis.article}"}
    return any(entry.id in wanted for entry in entries)
