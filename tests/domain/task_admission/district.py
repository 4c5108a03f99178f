"""A small district: who is there, what is published, and what one command is answered there on a given day."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any

from adapters.calendars import read_calendar
from adapters.packs import read_packs
from domain.kernel.calendar import Calendar
from domain.kernel.directory import (
    ControlTiesAround,
    Organisation,
    OrganisationNamed,
    Person,
    PersonNamed,
    Seat,
    SeatsOf,
    Spell,
    Tie,
)
from domain.kernel.envelope import Envelope, Who
from domain.kernel.facts import CasesHolding, Known, Need
from domain.kernel.lists import CalendarInForce, ListEntry, ListNamed, ListVersion, PacksInForce, PublishedList
from domain.kernel.messages import Command, body_of, start_of
from domain.kernel.policy import Entry, Pack
from domain.kernel.process import Case, Decision, Events
from domain.task_admission.application import (
    ApplicationForm,
    Consent,
    Funding,
    LegalBasis,
    Tranche,
    Workload,
)
from domain.task_admission.commands import DraftApplication, SubmitApplication
from domain.task_admission.decider import TASK_ADMISSION

POLICY = Path(__file__).parents[3] / "policy"
LONG_AGO = date(2000, 1, 1)
TODAY = date(2026, 3, 3)
START = date(2026, 6, 1)
BEFORE = date(2025, 9, 1)
"""A day of application under the law of 2018, and the first day of work that goes with it."""
BEFORE_START = date(2025, 11, 3)


@cache
def packs() -> dict[str, Pack]:
    return dict(read_packs(POLICY))


@cache
def calendar() -> Calendar:
    return read_calendar(POLICY / "calendars")


def organisation(name: str, kind: str, *, district: str = "zone", last_on: date | None = None) -> Organisation:
    return Organisation(id=name, kind=kind, name=name, district=district, spell=Spell(first_on=LONG_AGO, last_on=last_on))


def seat(person: str, body: str, role: str, *, last_on: date | None = None) -> Seat:
    spell = Spell(first_on=LONG_AGO, last_on=last_on)
    return Seat(id=f"{person}-{body}", person=person, organisation=body, role=role, spell=spell)


def entry(number: str, matter: str, **more: Any) -> ListEntry:
    return ListEntry(id=number, matter=matter, title=more.pop("title", matter), source=more.pop("source", "S2-07"), **more)


def version(number: int, *entries: ListEntry, since: date = LONG_AGO, until: date | None = None, published: date | None = None) -> ListVersion:
    return ListVersion(
        number=number, published_on=published or since, valid_from=since, valid_to=until, source="S2-07", entries=entries
    )


def published(name: str, *versions: ListVersion) -> PublishedList:
    return PublishedList(name=name, title=name, versions=versions)


ORGANISATIONS = (
    organisation("health", "department"),
    organisation("civil", "civil_affairs_bureau"),
    organisation("finance", "finance_bureau"),
    organisation("quay_office", "subdistrict_office"),
    organisation("harbour", "residents_committee"),
    organisation("fields", "villagers_committee"),
    organisation("old_quay", "residents_committee", last_on=date(2024, 12, 31)),
    organisation("elsewhere", "residents_committee", district="other"),
)
SEATS = (
    seat("li", "health", "delegating_department"),
    seat("chen", "health", "head_of_department"),
    seat("zhao", "quay_office", "delegating_department"),
    seat("wang", "civil", "secretariat"),
    seat("sun", "civil", "delegating_department"),
)
LISTS = (
    published(
        "prohibited_list",
        version(
            1,
            entry("P-01", "investment_attraction", source="X-136"),
            entry("P-02", "work_safety_enforcement", tests=("responsible_subject",), source="X-136"),
            entry("P-03", "offices_in_communities", tests=("office",), source="S2-09"),
            entry("P-04", "plaques", tests=("plaque",), source="S2-10"),
            entry("P-05", "responsibility_letters", tests=("responsibility_letter",), source="S2-11"),
            entry("P-06", "seal_certificates", tests=("seal",), source="S2-14"),
        ),
    ),
    published("self_governance_list", version(1, entry("Z-01", "residents_pact", source="S2-05"))),
    published(
        "power_duty_list",
        version(
            1,
            entry("Q-01", "road_inspection", held_by=("department",), source="S2-03"),
            entry("Q-02", "petition_reply", source="S1f-04"),
            entry("Q-03", "flood_warning", held_by=("department",), assistance_allowed=True, source="S4-06"),
        ),
    ),
    published("assistance_list", version(1, entry("A-01", "public_health_notices", source="S4-06"))),
    published(
        "law_register",
        version(1, entry("L-RC18", "residents_committees"), entry("L-VC18", "villagers"), until=date(2025, 12, 31)),
        version(
            2,
            entry("L-RC25", "residents_committees"),
            entry("L-VC18", "villagers"),
            since=date(2026, 1, 1),
            published=date(2025, 10, 28),
        ),
    ),
    published("dataset_catalogue", version(1, entry("D-07", "households_with_elderly"))),
)


@dataclass(frozen=True)
class District:
    """What is known in the district, and one case in it."""

    organisations: tuple[Organisation, ...] = ORGANISATIONS
    seats: tuple[Seat, ...] = SEATS
    ties: tuple[Tie, ...] = ()
    lists: tuple[PublishedList, ...] = LISTS
    packs: tuple[Pack, ...] = field(default_factory=lambda: (packs()["national"],))
    holding: tuple[str, ...] = ()
    history: Events = ()

    def given(self, *events: Any) -> "District":
        return replace(self, history=(*self.history, *events))

    def with_list(self, *lists: PublishedList) -> "District":
        names = {each.name for each in lists}
        return replace(self, lists=(*(each for each in self.lists if each.name not in names), *lists))

    def without_list(self, name: str) -> "District":
        return replace(self, lists=tuple(each for each in self.lists if each.name != name))

    def drafted(self, form: ApplicationForm | None = None, *, by: str = "li", on: date = TODAY, community: str = "harbour") -> "District":
        begun = self.answer(DraftApplication(community=community, application=form or a_form()), by=by, on=on)
        assert begun.answer.outcome == "recorded", begun.answer
        return self.given(*begun.events)

    def submitted(self, form: ApplicationForm | None = None, *, by: str = "li", on: date = TODAY, community: str = "harbour") -> "District":
        there = self.drafted(form, by=by, on=on, community=community)
        handed_in = there.answer(SubmitApplication(), by=by, on=on)
        assert handed_in.answer.outcome == "recorded", handed_in.answer
        return there.given(*handed_in.events)

    @property
    def case(self) -> Case[Any]:
        return TASK_ADMISSION.fold(TASK_ADMISSION.begin("zone", "task-0000000000000001"), self.history)

    def answer(self, command: Command, *, by: str = "li", on: date = TODAY, **more: Any) -> Decision[Any]:
        envelope = self.envelope(command, by=by, on=on, **more)
        needs = TASK_ADMISSION.needs(envelope, self.case)
        return TASK_ADMISSION.decide(envelope, envelope.received_at + timedelta(seconds=1), self.case, self.known(needs))

    def envelope(self, command: Command, *, by: str, on: date, **more: Any) -> Envelope:
        received_at: datetime = more.pop("received_at", start_of(on).astimezone(UTC) + timedelta(hours=10))
        machine = by if by == "schedule" else None
        return Envelope(
            id="c-1",
            tenant="zone",
            process="task_admission",
            kind=type(command).__name__,
            who=Who(person=by, machine=machine),
            received_at=received_at,
            body=body_of(command),
            **more,
        )

    def known(self, needs: Sequence[Need[Any]]) -> Known:
        return Known({need: self.value(need) for need in needs}, {"directory-zone": 1})

    def value(self, need: Need[Any]) -> object:
        match need:
            case PacksInForce():
                return self.packs
            case CalendarInForce():
                return calendar()
            case OrganisationNamed(id=name):
                return next((each for each in self.organisations if each.id == name), None)
            case PersonNamed(id=name):
                return Person(id=name, name=name) if any(each.person == name for each in self.seats) else None
            case SeatsOf(person=person):
                return tuple(each for each in self.seats if each.person == person)
            case ControlTiesAround():
                return self.ties
            case ListNamed(register=name):
                return next((each for each in self.lists if each.name == name), None)
            case CasesHolding():
                return self.holding
            case _:
                raise AssertionError(need)


def with_grade(name: str, grade: str) -> Pack:
    """Give the national pack with one rule's grade changed."""
    national = packs()["national"]
    entries = tuple(
        Entry.model_validate(each.model_dump() | {"grade": grade}) if each.name == name else each
        for each in national.entries
    )
    return Pack.model_validate(national.model_dump() | {"entries": entries})


def refusal(decision: Decision[Any]) -> tuple[str, str]:
    """Give code and clause; the case must not have moved."""
    assert decision.answer.refusal is not None, decision.answer
    assert decision.events == ()
    assert decision.after == decision.before
    return decision.answer.refusal.code.removeprefix("task_admission."), decision.answer.refusal.source


def details(decision: Decision[Any]) -> dict[str, Any]:
    assert decision.answer.refusal is not None, decision.answer
    return dict(decision.answer.refusal.details)


def a_form(**changes: Any) -> ApplicationForm:
    """Give a form that a department may hand in on `TODAY`: an off-list item from `START` on."""
    start_on = changes.get("start_on") or START
    bearer = changes.pop("cost_bearer", "health")
    amount = changes.pop("amount_fen", 12_000_000)
    money: dict[str, Any] = {"source": "department_budget", "purpose": "elder_meals", "channel": "finance_bureau"}
    money |= changes.pop("money", {})
    filled: dict[str, Any] = {
        "title": "社区助餐点送餐",
        "description": "为辖区内约300户高龄独居老人登记用餐需要并送餐。",
        "matter": "elder_meals",
        "legal_basis": LegalBasis(instrument="L-RC25", article="10.3"),
        "claim": "delegated",
        "authority": "由居委会核对用餐资格并调整送餐名单。",
        "people": "区卫生健康局派两名工作人员，社区提供一名联络人。",
        "accountable_officer": "chen",
        "funding": Funding(
            amount_fen=amount,
            cost_bearer=bearer,
            schedule=changes.pop("schedule", (Tranche(amount_fen=amount, due_on=start_on),)),
            **money,
        ),
        "start_on": START,
        "end_on": date(2027, 5, 31),
        "workload": Workload(hours_a_month=40, quantity=300, unit="份"),
        "resident_facing": True,
        "routine": False,
        "needs_community": True,
    }
    return ApplicationForm.model_validate(filled | changes)


def an_old_form(**changes: Any) -> ApplicationForm:
    """Give a form under the law of 2018, with the subdistrict's consent."""
    consent = Consent(organisation="quay_office", given_on=date(2025, 8, 20), document="同意函〔2025〕8号")
    old: dict[str, Any] = {
        "start_on": BEFORE_START,
        "end_on": date(2025, 12, 30),
        "legal_basis": LegalBasis(instrument="L-RC18", article="3.5"),
        "consent": consent,
    }
    return a_form(**(old | changes))
