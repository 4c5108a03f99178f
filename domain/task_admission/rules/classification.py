"""The decision table with eight routes.

The rows stand in the order in which every one of them can be reached (ADMISSION §8 item 15); their numbers are those of
dossier §4.1. The first that matches decides, every other match is recorded. All lists are read as they will stand on
the first day of the work, from what is published by the day of the act; the prohibited list also as it stands that day.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Final

from domain.kernel.facts import Facts, Need
from domain.kernel.lists import ListEntry, ListNamed, PublishedList
from domain.task_admission.application import Application, ApplicationForm, traits
from domain.task_admission.events import ItemClassified
from domain.task_admission.events.screening import Ground, Match, Route
from domain.task_admission.rules.lists import Reading, is_in_force, read_list
from domain.task_admission.rules.parameters import (
    ASSISTANCE_LIST,
    CLASSIFYING_LISTS,
    LAW_REGISTER,
    POWER_DUTY_LIST,
    PROHIBITED_LIST,
    SELF_GOVERNANCE_LIST,
)

Grounds = tuple[Ground, ...]
OFFICE_SOURCE: Final = "S2-09"
"""No department office in a community, unless a law or regulation provides for it."""


@dataclass(frozen=True)
class Item:
    """An item as the table looks at it: the form, who asks, and the lists.

    Attributes:
        forbidden: The prohibited list, for the first day of the work and for the day of the act.
        traits: What it asks the community to bear, but for what a law in force provides for.
    """

    application: Application
    applicant_kind: str
    forbidden: tuple[Reading, ...]
    self_governance: Reading
    power_duty: Reading
    assistance: Reading
    traits: frozenset[str]

    def readings(self) -> Iterator[Reading]:
        """Give every list that was read."""
        yield from self.forbidden
        yield self.self_governance
        yield self.power_duty
        yield self.assistance


@dataclass(frozen=True)
class Row:
    """One row of the table; it matches when it finds grounds."""

    number: int
    route: Route
    grounds: Callable[[Item], Grounds]


def lists_read() -> tuple[Need[PublishedList | None], ...]:
    """Name the lists that a classification reads."""
    return tuple(ListNamed(register) for register in (*CLASSIFYING_LISTS, LAW_REGISTER))


def classify(application: Application, applicant_kind: str, facts: Facts) -> ItemClassified:
    """Read the table for an item.

    Source:
        dossier §4.1; ADMISSION §3, §8 items 11 and 15.
    """
    item = _look_at(application, applicant_kind, facts)
    matches = [match for row in ROWS for match in _matched(row, item)]
    decides, *others = matches or [_none_fits()]
    return ItemClassified(
        route=decides.route,
        row=decides.row,
        reasons=decides.grounds,
        list_versions=tuple(noted for reading in item.readings() for noted in reading.noted()),
        also_matched=tuple(others),
    )


def _look_at(application: Application, applicant_kind: str, facts: Facts) -> Item:
    start_on = application.term.start_on
    return Item(
        application=application,
        applicant_kind=applicant_kind,
        forbidden=_forbidden(start_on, facts),
        self_governance=read_list(facts, SELF_GOVERNANCE_LIST, start_on),
        power_duty=read_list(facts, POWER_DUTY_LIST, start_on),
        assistance=read_list(facts, ASSISTANCE_LIST, start_on),
        traits=_unexcused(application, start_on, facts),
    )


def _forbidden(start_on: date, facts: Facts) -> tuple[Reading, ...]:
    days: tuple[date, ...] = (start_on,) if start_on == facts.asked.on else (start_on, facts.asked.on)
    return tuple(read_list(facts, PROHIBITED_LIST, day) for day in days)


def prohibition(form: ApplicationForm | Application, start_on: date, facts: Facts) -> Grounds:
    """Find what row 1 says of a form that may still have blanks."""
    borne = _unexcused(form, start_on, facts)
    return _prohibited_by(_forbidden(start_on, facts), form.matter, borne)


def _unexcused(application: ApplicationForm | Application, start_on: date, facts: Facts) -> frozenset[str]:
    """Give the item's traits, without an office that a law in force on the first day provides for.

    Source:
        S2-09 (除法律法规有明确规定外).
    """
    excused = any(
        demand.what == "office" and demand.law is not None and is_in_force(demand.law, facts, start_on)
        for demand in application.demands
    )
    return traits(application) - {"office"} if excused else traits(application)


def _matched(row: Row, item: Item) -> Iterator[Match]:
    grounds = row.grounds(item)
    if grounds:
        yield Match(row=row.number, route=row.route, grounds=grounds)


def _prohibited(item: Item) -> Grounds:
    """Find what the prohibited list says of the matter, or of something the item asks the community to bear."""
    return _prohibited_by(item.forbidden, item.application.matter, item.traits)


def _prohibited_by(forbidden: tuple[Reading, ...], matter: str | None, borne: frozenset[str]) -> Grounds:
    found = (
        reading.ground(reason, entry)
        for reading in forbidden
        for entry in reading.entries
        for reason in _forbidding(entry, matter, borne)
    )
    return tuple(dict.fromkeys(found))


def _forbidding(entry: ListEntry, matter: str | None, borne: frozenset[str]) -> Iterator[str]:
    if entry.matter == matter:
        yield "matter"
    yield from (f"trait:{trait}" for trait in entry.tests if trait in borne)


def _contradicted(item: Item) -> Grounds:
    """Find two lists that contradict each other: self-governance, a body's own duty without help, assistance."""
    says = [found for found in (_self_governed(item), _own_duty(item), _assisted(item)) if found]
    return tuple(ground for found in says for ground in found) if len(says) > 1 else ()


def _threatening(item: Item) -> Grounds:
    emergency = item.application.emergency
    return () if emergency is None else (Ground(reason=f"threat:{emergency.threat}", source="X-HS"),)


def _self_governed(item: Item) -> Grounds:
    return _about(item.self_governance, item)


def _own_duty(item: Item) -> Grounds:
    """Find the applicant's own duty with which no law lets a community assist."""
    return tuple(
        item.power_duty.ground("matter", entry)
        for entry in item.power_duty.about(item.application.matter)
        if not entry.assistance_allowed and (not entry.held_by or item.applicant_kind in entry.held_by)
    )


def _assisted(item: Item) -> Grounds:
    return _about(item.assistance, item)


def _unlisted(item: Item) -> Grounds:
    """Find a list without a version in force: of an item nobody can then say that it is on no list."""
    return tuple(
        Ground(reason=f"no_list_in_force:{reading.register}", source="S2-07, S4-06")
        for reading in (item.forbidden[0], item.self_governance, item.power_duty, item.assistance)
        if reading.version is None
    )


def _direct(item: Item) -> Grounds:
    asked = item.application
    if _is_listed(item) or not (asked.resident_facing and asked.routine):
        return ()
    return (Ground(reason="resident_facing_and_routine", source="S3-10"),)


def _off_list(item: Item) -> Grounds:
    if _is_listed(item) or not item.application.needs_community:
        return ()
    return (Ground(reason="needs_community", source="S2-08, S4-36"),)


def _is_listed(item: Item) -> bool:
    return bool(_self_governed(item) or _own_duty(item) or _assisted(item))


def _about(reading: Reading, item: Item) -> Grounds:
    return tuple(reading.ground("matter", entry) for entry in reading.about(item.application.matter))


def _none_fits() -> Match:
    return Match(row=8, route="joint_conference", grounds=(Ground(reason="none_fits", source="S1e-35, X-EQ"),))


ROWS: Final = (
    Row(1, "reject:prohibited", _prohibited),
    Row(8, "joint_conference", _contradicted),
    Row(7, "emergency", _threatening),
    Row(2, "reject:autonomy", _self_governed),
    Row(3, "reject:duty_shifting", _own_duty),
    Row(4, "listed_assistance", _assisted),
    Row(8, "joint_conference", _unlisted),
    Row(6, "department_direct", _direct),
    Row(5, "off_list", _off_list),
)
"""The table, in the order in which it is read."""
