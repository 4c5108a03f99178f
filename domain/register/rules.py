"""What may be published: a whole list, a plausible year, a pack that keeps its own past.

A register is read for days gone by as long as there are cases, so what a past day was governed by is changed by a
correction only, which says what was wrong and why.

Source:
    Dossier §0.3 item 3, §4.5 P5; S2-07, S4-06.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from typing import Final, TypeVar

from domain.kernel.errors import Refused
from domain.kernel.facts import CasesHolding, Facts
from domain.kernel.lists import PACK_PREFIX, ListContent, ListVersion, approved_key, kind_of
from domain.kernel.messages import Code, Warned
from domain.kernel.policy import Pack, Parameter
from domain.register.commands import CorrectVersion, RegisterCommand
from domain.register.contents import (
    CalendarContent,
    Content,
    PackContent,
    PackVersion,
    YearVersion,
    stream_of,
)
from domain.register.state import V, Version, uncorrected

T = TypeVar("T")
LISTS: Final = "dossier §4.5 P5; S2-07"
PAST: Final = "dossier §0.3 item 3"
WORKING_DAYS: Final = "L-HOL; dossier §3.2"
PACKS: Final = "dossier §0.3 item 1"
LIST_PROCEDURE: Final = Parameter("list_procedure", tuple[str, ...])
"""The lists that nobody changes alone: what is published is what was proposed, reviewed, consulted on and approved."""
_FRIDAY: Final = 4


def check_register(register: Code, content: Content, facts: Facts) -> None:
    """Let a register publish only what its name says.

    Raises:
        Refused: `register.wrong_register`, `register.wrong_kind`.
    """
    if facts.asked.case != stream_of(facts.asked.tenant, register):
        raise Refused("register.wrong_register", LISTS, register=register, case=facts.asked.case)
    if content.kind != kind_of(register):
        raise Refused("register.wrong_kind", LISTS, register=register, kind=content.kind, expected=kind_of(register))


def check_order(versions: Sequence[Version], published_on: date) -> None:
    """Keep publications in the order of their days.

    Raises:
        Refused: `register.out_of_order`.
    """
    last = max((each.published_on for each in versions), default=None)
    if last is not None and published_on < last:
        raise Refused("register.out_of_order", PAST, published_on=published_on.isoformat(), last=last.isoformat())


def corrected(versions: Sequence[V], number: int) -> V:
    """Find the version that a correction names.

    Raises:
        Refused: `register.unknown_version`, `register.already_corrected`.
    """
    if all(each.number != number for each in versions):
        raise Refused("register.unknown_version", PAST, version=number, last=len(versions))
    found = uncorrected(versions, number)
    if found is None:
        by = next(each.number for each in versions if each.corrects == number)
        raise Refused("register.already_corrected", PAST, version=number, by=by)
    return found


def approval(command: RegisterCommand, content: ListContent, versions: Sequence[ListVersion]) -> CasesHolding:
    """Name what tells whether a text of a list was approved."""
    corrects = command.corrects if isinstance(command, CorrectVersion) else None
    return CasesHolding(approved_key(command.name, len(versions), content, corrects))


def approved(
    command: RegisterCommand, content: ListContent, versions: Sequence[ListVersion], facts: Facts
) -> tuple[Code | None, tuple[Warned, ...]]:
    """Find the proposal in which exactly this text was approved, to follow the version that stands.

    Where the law of the day asks for the procedure, a text without one is not published; the first version of a list
    is, since it states what stood before the register did.

    Returns:
        The proposal, if there is one, and the warning where the law that asks for it does not bind.

    Source:
        Dossier §4.5 P5; the clause of `list_procedure`.

    Raises:
        Refused: `register.not_approved`.
    """
    holders, register = facts[approval(command, content, versions)], command.name
    if holders:
        return holders[0], ()
    if not versions or LIST_PROCEDURE not in facts.law or register not in facts.law[LIST_PROCEDURE].value:
        return None, ()
    return None, (facts.law[LIST_PROCEDURE].breach("register.not_approved", register=register, version=len(versions)),)


def check_list(content: ListContent, approved_in: Code | None) -> None:
    """Let a list be complete: entries, each with its class, no two under one number, and days in order.

    Without entries it repeals the list, and that is approved first.

    Source:
        Dossier §4.5 P5 (every entry: legal basis, class).

    Raises:
        Refused: `register.no_entries`, `register.entry_twice`, `register.entry_without_class`,
            `register.ends_before_it_begins`.
    """
    if not content.entries and approved_in is None:
        raise Refused("register.no_entries", LISTS, title=content.title)
    twice = _first_twice(entry.id for entry in content.entries)
    if twice is not None:
        raise Refused("register.entry_twice", LISTS, entry=twice)
    for row, entry in enumerate(content.entries, start=1):
        if entry.category is None:
            raise Refused("register.entry_without_class", LISTS, entry=entry.id, row=row)
    if content.valid_to is not None and content.valid_to < content.valid_from:
        days = {"valid_from": content.valid_from.isoformat(), "valid_to": content.valid_to.isoformat()}
        raise Refused("register.ends_before_it_begins", LISTS, **days)


def check_list_follows(content: ListContent, versions: Sequence[ListVersion], published_on: date) -> None:
    """Let a later version begin on its publication or after it, and keep what its numbers mean.

    The first version may say since when the list has been in force.

    Raises:
        Refused: `register.changes_the_past`, `register.entry_means_another_matter`.
    """
    if versions and content.valid_from < published_on:
        days = {"valid_from": content.valid_from.isoformat(), "published_on": published_on.isoformat()}
        raise Refused("register.changes_the_past", PAST, **days)
    meant = {entry.id: entry.matter for version in versions for entry in version.entries}
    for row, entry in enumerate(content.entries, start=1):
        was = meant.get(entry.id, entry.matter)
        if was != entry.matter:
            details = {"entry": entry.id, "row": row, "matter": entry.matter, "was": was}
            raise Refused("register.entry_means_another_matter", LISTS, **details)


def check_year(content: CalendarContent) -> None:
    """Let a year be plausible: each day named once, and no weekend worked but for a working day that was freed.

    Raises:
        Refused: `register.day_twice`, `register.nothing_to_make_up_for`.
    """
    year = content.year
    twice = _first_twice((*year.days_off, *year.make_up_days))
    if twice is not None:
        raise Refused("register.day_twice", WORKING_DAYS, day=twice.isoformat())
    freed = sum(1 for day in year.days_off if day.weekday() <= _FRIDAY)
    if len(year.make_up_days) > freed:
        details = {"made_up": len(year.make_up_days), "freed": freed, "year": year.year}
        raise Refused("register.nothing_to_make_up_for", WORKING_DAYS, **details)


def check_year_follows(content: CalendarContent, standing: YearVersion | None) -> None:
    """Let a notice come out once a year; what it got wrong is corrected.

    Raises:
        Refused: `register.year_already_announced`.
    """
    if standing is not None and standing.year.announced:
        details = {"year": content.year.year, "version": standing.number}
        raise Refused("register.year_already_announced", WORKING_DAYS, **details)


def check_corrects_year(content: CalendarContent, wrong: YearVersion, standing: YearVersion | None) -> None:
    """Let a correction put the same year in the place of what stands for it.

    Raises:
        Refused: `register.another_year`, `register.not_the_last`.
    """
    if content.year.year != wrong.year.year:
        raise Refused("register.another_year", WORKING_DAYS, year=content.year.year, expected=wrong.year.year)
    if standing != wrong:
        last = None if standing is None else standing.number
        raise Refused("register.not_the_last", WORKING_DAYS, version=wrong.number, last=last)


def check_pack(register: Code, content: PackContent) -> None:
    """Let a register publish the pack it is named after.

    Raises:
        Refused: `register.wrong_pack`.
    """
    expected = register.removeprefix(PACK_PREFIX)
    if content.pack.name != expected:
        raise Refused("register.wrong_pack", PACKS, pack=content.pack.name, expected=expected)


def check_pack_follows(content: PackContent, versions: Sequence[PackVersion], published_on: date) -> None:
    """Let a new pack say of every day before its publication what the last one said.

    Raises:
        Refused: `register.changes_the_past` (names the values).
    """
    if not versions:
        return
    before, after = (_law_before(published_on, pack) for pack in (versions[-1].pack, content.pack))
    changed = sorted({name for name, _ in before ^ after})
    if changed:
        raise Refused("register.changes_the_past", PAST, published_on=published_on.isoformat(), values=[*changed])


def check_corrects_pack(wrong: PackVersion, versions: Sequence[PackVersion]) -> None:
    """Let only the last pack be corrected: it holds the law of every day.

    Raises:
        Refused: `register.not_the_last`.
    """
    if wrong != versions[-1]:
        raise Refused("register.not_the_last", PACKS, version=wrong.number, last=versions[-1].number)


def _law_before(day: date, pack: Pack) -> frozenset[tuple[str, bytes]]:
    """Give what a pack says of the days before *day*: each value's name with the whole entry, its end cut off there."""
    eve = day - timedelta(days=1)
    last = min(pack.valid_to or eve, eve)
    said: set[tuple[str, bytes]] = set()
    for entry in pack.entries:
        first_on, last_on = max(entry.valid_from, pack.valid_from), min(entry.valid_to or last, last)
        if first_on <= last_on:
            cut = entry.model_copy(update={"valid_from": first_on, "valid_to": last_on})
            said.add((entry.name, cut.model_dump_json().encode()))
    return frozenset(said)


def _first_twice(values: Iterable[T]) -> T | None:
    return next((value for value, times in Counter(values).items() if times > 1), None)
