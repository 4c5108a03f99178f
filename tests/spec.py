"""Given what happened, when somebody asks, then: the sentence in which a rule's test is written.

A test goes through the process as the runner does: the body is read, the needs are asked, the general guards stand
before the rule. Only the store is left out: a `World` answers each need.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time, timedelta
from types import MappingProxyType
from typing import Any

from domain.kernel.calendar import Calendar
from domain.kernel.decision import Case, Decision
from domain.kernel.directory import (
    CONTROL,
    ControlTiesAround,
    Organisation,
    OrganisationNamed,
    Person,
    PersonNamed,
    Seat,
    SeatNamed,
    SeatsIn,
    SeatsOf,
    SeatsOfRole,
    Tie,
    TiesOf,
)
from domain.kernel.envelope import Envelope, Who
from domain.kernel.facts import Burden, BurdenOf, CasesHolding, Known, Need
from domain.kernel.ledger import BalanceOf
from domain.kernel.lists import CalendarInForce, ListNamed, PacksInForce, PublishedList
from domain.kernel.messages import SHANGHAI, Command, Event, body_of
from domain.kernel.policy import Pack
from domain.kernel.process import Process

TODAY = date(2026, 3, 3)
OFFICE_HOUR = time(10)
NO_YEARS = Calendar()
NO_OTHERS: Mapping[Need[Any], object] = MappingProxyType({})
Entry = Organisation | Person | Seat | Tie
MACHINES = {"schedule": "schedule", "linked_case": "linked_case"}


@dataclass(frozen=True)
class World:
    """Everything outside the case, as small as the test needs it.

    Attributes:
        entries: The directory's rows.
        others: Answers to needs that nothing else here answers.
    """

    entries: tuple[Entry, ...] = ()
    lists: tuple[PublishedList, ...] = ()
    packs: tuple[Pack, ...] = ()
    calendar: Calendar = NO_YEARS
    others: Mapping[Need[Any], object] = field(default_factory=lambda: NO_OTHERS)

    def known(self, needs: Iterable[Need[Any]]) -> Known:
        return Known({need: self.value(need) for need in needs}, {"directory-zone": 1})

    def value(self, need: Need[Any]) -> object:
        if need in self.others:
            return self.others[need]
        match need:
            case PacksInForce():
                return self.packs
            case CalendarInForce():
                return self.calendar
            case ListNamed(register=name):
                return next((each for each in self.lists if each.name == name), None)
            case CasesHolding():
                return ()
            case BurdenOf():
                return Burden(0, ())
            case BalanceOf():
                return 0
            case _:
                return self._in_directory(need)

    def _in_directory(self, need: Need[Any]) -> object:
        match need:
            case OrganisationNamed(id=name):
                return next((each for each in self._all(Organisation) if each.id == name), None)
            case PersonNamed(id=name):
                return next((each for each in self._all(Person) if each.id == name), None)
            case SeatNamed(id=name):
                return next((each for each in self._all(Seat) if each.id == name), None)
            case SeatsOf(person=person):
                return tuple(each for each in self._all(Seat) if each.person == person)
            case SeatsIn(organisation=organisation):
                return tuple(each for each in self._all(Seat) if each.organisation == organisation)
            case SeatsOfRole(role=role):
                return tuple(each for each in self._all(Seat) if each.role == role)
            case TiesOf(id=name):
                return tuple(each for each in self._all(Tie) if name in {each.subject, each.object})
            case ControlTiesAround(organisation=organisation):
                return tuple(each for each in self._control() if organisation in {each.subject, each.object})
            case _:
                raise AssertionError(f"this world cannot answer {need}")

    def _control(self) -> Iterator[Tie]:
        yield from (each for each in self._all(Tie) if each.kind == CONTROL)
        for body in self._all(Organisation):
            if body.controlled_by is not None:
                yield Tie(kind=CONTROL, subject=body.controlled_by, object=body.id, spell=body.spell)

    def _all(self, kind: type[Any]) -> tuple[Any, ...]:
        rows = (each for each in self.entries if isinstance(each, kind))
        return tuple(sorted(rows, key=lambda each: getattr(each, "id", "")))

    def with_(self, *entries: Entry) -> "World":
        """Give the world with these rows, each in the place of the one it restates."""
        kept = {_key(each): each for each in self.entries}
        return replace(self, entries=tuple({**kept, **{_key(each): each for each in entries}}.values()))


def _key(entry: Entry) -> tuple[object, ...]:
    if isinstance(entry, Tie):
        return Tie, entry.kind, entry.subject, entry.object, entry.spell.first_on
    return type(entry), entry.id


@dataclass(frozen=True)
class Given:
    """A case after what happened, in a world."""

    process: Process[Any, Any, Any]
    case: Case[Any]
    world: World

    def in_(self, world: World) -> "Given":
        return replace(self, world=world)

    def when(
        self,
        command: Command,
        *,
        by: str = "li",
        on: date = TODAY,
        act_on: date | None = None,
        evidence: str | None = None,
        received_at: datetime | None = None,
        seen_version: int | None = None,
        command_id: str = "c-1",
        on_behalf_of: str | None = None,
    ) -> "Then":
        """Let *by* (a person, `schedule` or `linked_case`) ask on a Shanghai day, at ten unless an instant is given.

        Args:
            act_on: The legal date of the act where it is earlier; it needs *evidence*.
            on_behalf_of: The person for whom *by* acts by written proxy.
        """
        received = received_at or datetime.combine(on, OFFICE_HOUR, SHANGHAI).astimezone(UTC)
        envelope = Envelope.model_validate(
            {
                "id": command_id,
                "tenant": self.case.tenant,
                "process": self.process.name,
                "kind": type(command).__name__,
                "who": Who.model_validate({"person": by, "machine": MACHINES.get(by), "on_behalf_of": on_behalf_of}),
                "received_at": received,
                "body": body_of(command),
                "on": act_on,
                "evidence": evidence,
                "seen_version": seen_version,
            }
        )
        known = self.world.known(self.process.needs(envelope, self.case))
        return Then(self, self.process.decide(envelope, received + timedelta(seconds=1), self.case, known))


@dataclass(frozen=True)
class Then:
    """What was answered."""

    before: Given
    decision: Decision[Any]

    def then(self, *events: Event) -> Given:
        assert self.decision.answer.refusal is None, self.decision.answer.refusal
        assert self.decision.events == events
        return self.after

    def then_nothing_new(self) -> Given:
        assert self.decision.answer.outcome == "nothing_new", self.decision.answer
        assert self.decision.events == ()
        return self.after

    def then_refused(self, code: str, **details: object) -> Given:
        """Hold the refusal against *code*, and against those of its details that are named."""
        refusal = self.decision.answer.refusal
        assert refusal is not None, self.decision.events
        assert (refusal.code, {key: refusal.details.get(key) for key in details}) == (code, details)
        assert refusal.source
        assert self.decision.events == ()
        return self.before

    def recorded(self) -> Given:
        """Give the case afterwards, when it only matters that the command was accepted."""
        assert self.decision.answer.outcome == "recorded", self.decision.answer
        return self.after

    @property
    def after(self) -> Given:
        return replace(self.before, case=self.decision.after)


def given(process: Process[Any, Any, Any], *events: Event, case: str = "", tenant: str = "zone") -> Given:
    """Give a case of *process* after *events*."""
    begun = process.begin(tenant, case or f"{process.prefix}-0000000000000001")
    return Given(process, process.fold(begun, events), World())
