"""A small district: who is there, what is published, and what one command is answered there on a given day."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from adapters.calendars import read_calendar
from adapters.packs import read_packs
from domain.kernel.calendar import Calendar
from domain.kernel.decision import Case, Decision, Events
from domain.kernel.directory import ControlTiesAround, Organisation, Person, Seat, Spell, Tie
from domain.kernel.facts import CasesHolding, Need
from domain.kernel.ledger import Account, BalanceOf
from domain.kernel.lists import ListEntry, ListVersion, PublishedList
from domain.kernel.messages import Command
from domain.kernel.policy import Pack, parse_pack
from domain.task_admission.application import ApplicationForm, Consent, Funding, LegalBasis, Tranche, Workload
from domain.task_admission.commands import DraftApplication, SubmitApplication
from domain.task_admission.decider import TASK_ADMISSION
from tests import spec
from tests.spec import TODAY, Given, World

POLICY = Path(__file__).parents[3] / "policy"
LONG_AGO = date(2000, 1, 1)
START = date(2026, 6, 1)
BEFORE = date(2025, 9, 1)
"""A day of application under the law of 2018; `BEFORE_START` is the first day of the work that goes with it."""
BEFORE_START = date(2025, 11, 3)
STANDARD_ITEM = "item:harbour:L-RC25:10.3:elder_meals"
"""The key of the item that `a_form` is about."""


@cache
def packs() -> dict[str, Pack]:
    return dict(read_packs(POLICY))


@cache
def calendar() -> Calendar:
    return read_calendar(POLICY / "calendars")


def organisation(name: str, kind: str, *, district: str = "zone", last_on: date | None = None) -> Organisation:
    return Organisation(
        id=name, kind=kind, name=name, district=district, spell=Spell(first_on=LONG_AGO, last_on=last_on)
    )


def seat(person: str, body: str, role: str, *, last_on: date | None = None) -> Seat:
    spell = Spell(first_on=LONG_AGO, last_on=last_on)
    return Seat(id=f"{person}-{body}", person=person, organisation=body, role=role, spell=spell)


def entry(number: str, matter: str, **more: Any) -> ListEntry:
    return ListEntry(
        id=number, matter=matter, title=more.pop("title", matter), source=more.pop("source", "S2-07"), **more
    )


def version(
    number: int, *entries: ListEntry, since: date = LONG_AGO, until: date | None = None, published: date | None = None
) -> ListVersion:
    return ListVersion(
        number=number,
        published_on=published or since,
        valid_from=since,
        valid_to=until,
        source="S2-07",
        entries=entries,
    )


def published(name: str, *versions: ListVersion) -> PublishedList:
    return PublishedList(name=name, title=name, versions=versions)


ORGANISATIONS = (
    organisation("health", "department"),
    organisation("education", "department"),
    organisation("civil", "civil_affairs_bureau"),
    organisation("finance", "finance_bureau"),
    organisation("authority", "admission_authority"),
    organisation("government", "district_government"),
    organisation("quay_office", "subdistrict_office"),
    organisation("harbour", "residents_committee"),
    organisation("fields", "villagers_committee"),
    organisation("old_quay", "residents_committee", last_on=date(2024, 12, 31)),
    organisation("elsewhere", "residents_committee", district="other"),
)
SEATS = (
    seat("li", "health", "delegating_department"),
    seat("chen", "health", "head_of_department"),
    seat("he", "education", "delegating_department"),
    seat("zhao", "quay_office", "delegating_department"),
    seat("wang", "civil", "secretariat"),
    seat("sun", "civil", "delegating_department"),
    seat("zhou", "authority", "approver"),
    seat("zheng", "authority", "convenor"),
    seat("feng", "finance", "finance_bureau"),
    seat("wu", "harbour", "committee_director"),
    seat("ji", "harbour", "residents_committee"),
    seat("deng", "fields", "committee_director"),
    seat("tang", "government", "secretariat"),
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

CONTRADICTION = (
    published("self_governance_list", version(1, entry("Z-09", "elder_meals", source="S2-05"))),
    published("assistance_list", version(1, entry("A-09", "elder_meals", source="S4-06"))),
)
"""Two lists that say different things of meals for the old."""


def appropriation(year: int) -> Account:
    """Name the health department's appropriation for the item that `a_form` is about."""
    return Account(owner="health", source="department_budget", purpose="elder_meals", year=year, pocket="available")


APPROPRIATIONS: Mapping[Need[Any], object] = {BalanceOf(appropriation(year)): 20_000_000 for year in (2025, 2026, 2027)}
CONSENT = Consent(organisation="quay_office", given_on=date(2025, 8, 20), document="同意函〔2025〕8号")


@dataclass(frozen=True)
class District:
    """The district's world, and one case in it after what happened."""

    organisations: tuple[Organisation, ...] = ORGANISATIONS
    seats: tuple[Seat, ...] = SEATS
    ties: tuple[Tie, ...] = ()
    lists: tuple[PublishedList, ...] = LISTS
    packs: tuple[Pack, ...] = field(default_factory=lambda: (packs()["national"],))
    holding: tuple[str, ...] = ()
    facts: Mapping[Need[Any], object] = field(default_factory=lambda: APPROPRIATIONS)
    history: Events = ()

    def given(self, *events: Any) -> "District":
        return replace(self, history=(*self.history, *events))

    def with_list(self, *lists: PublishedList) -> "District":
        names = {each.name for each in lists}
        return replace(self, lists=(*(each for each in self.lists if each.name not in names), *lists))

    def with_fact(self, need: Need[Any], value: object) -> "District":
        return replace(self, facts={**self.facts, need: value})

    def without_list(self, name: str) -> "District":
        return replace(self, lists=tuple(each for each in self.lists if each.name != name))

    def drafted(self, form: ApplicationForm | None = None, *, community: str = "harbour", **who: Any) -> "District":
        begun = self.answer(DraftApplication(community=community, application=form or a_form()), **who)
        assert begun.answer.outcome == "recorded", begun.answer
        return self.given(*begun.events)

    def submitted(self, form: ApplicationForm | None = None, *, community: str = "harbour", **who: Any) -> "District":
        there = self.drafted(form, community=community, **who)
        handed_in = there.answer(SubmitApplication(), **who)
        assert handed_in.answer.outcome == "recorded", handed_in.answer
        return there.given(*handed_in.events)

    @property
    def case(self) -> Case[Any]:
        return self.there.case

    @property
    def there(self) -> Given:
        people = {each.person: Person(id=each.person, name=each.person) for each in self.seats}
        return spec.given(TASK_ADMISSION, *self.history).in_(
            World(
                entries=(*self.organisations, *people.values(), *self.seats),
                lists=self.lists,
                packs=self.packs,
                calendar=calendar(),
                others={
                    CasesHolding(STANDARD_ITEM): self.holding,
                    ControlTiesAround("health"): self.ties,
                    **self.facts,
                },
            )
        )

    def answer(self, command: Command, *, by: str = "li", on: date = TODAY, **more: Any) -> Decision[Any]:
        return self.there.when(command, by=by, on=on, **more).decision


def a_local_pack(**rule: Any) -> Pack:
    """Give a local pack that stands on the national one and sets one rule, by default since 2010."""
    given = {"unit": "rule", "source": "local rule", "grade": "default", "valid_from": "2010-01-01"}
    pack = {"name": "local", "title": "local", "stands_on": ["national"], "source": "local"}
    return parse_pack(pack | {"valid_from": "2010-01-01", "entries": [given | rule]})


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
    old: dict[str, Any] = {
        "start_on": BEFORE_START,
        "end_on": date(2025, 12, 30),
        "legal_basis": LegalBasis(instrument="L-RC18", article="3.5"),
        "consent": CONSENT,
    }
    return a_form(**(old | changes))


LISTED = a_form(matter="public_health_notices")
"""An item of the assistance list."""
