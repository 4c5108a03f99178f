"""A process small enough to read at a glance, on which the kernel's own words are tested."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time
from typing import Any, ClassVar, assert_never

from pydantic import JsonValue

from domain.kernel.calendar import Calendar, CalendarYear
from domain.kernel.clock_events import ClockCommand
from domain.kernel.decision import NOTHING_NEW, Case, Decision, Events
from domain.kernel.directory import Seat, SeatsOf, Spell
from domain.kernel.envelope import Envelope, Who
from domain.kernel.errors import Refused
from domain.kernel.facts import Facts, Known, Need
from domain.kernel.limits import LimitRule, close_all, keep, lapse, resume, set_limit, stop
from domain.kernel.lists import CalendarInForce, PacksInForce
from domain.kernel.messages import SHANGHAI, Command, Event, State, Vocabulary, Warned
from domain.kernel.periods import Period
from domain.kernel.policy import Pack, Parameter, parse_pack
from domain.kernel.process import Process
from domain.kernel.view import Party, View

DUTY = LimitRule("duty", Parameter("duty_period", Period), owner="clerk")
RIGHT = LimitRule("right", Parameter("right_period", Period), owner="clerk")


class Open(Command):
    asked_by: ClassVar[frozenset[str]] = frozenset({"clerk"})
    office: str


class Note(Command):
    asked_by: ClassVar[frozenset[str]] = frozenset({"clerk"})
    text: str


class Pause(Command):
    asked_by: ClassVar[frozenset[str]] = frozenset({"clerk"})


class Go(Command):
    asked_by: ClassVar[frozenset[str]] = frozenset({"clerk"})


class Close(Command):
    asked_by: ClassVar[frozenset[str]] = frozenset({"clerk"})


class Lapse(Command):
    asked_by: ClassVar[frozenset[str]] = frozenset({"schedule"})


class Opened(Event):
    office: str


class Noted(Event):
    text: str
    warnings: tuple[Warned, ...] = ()


class Ended(Event):
    pass


class Nowhere(State):
    phase: ClassVar[str] = ""


class Running(State):
    phase: ClassVar[str] = "running"
    office: str
    notes: tuple[str, ...] = ()


class Over(State):
    phase: ClassVar[str] = "over"
    is_end: ClassVar[bool] = True
    running: Running


Asks = Open | Note | Pause | Go | Close | Lapse


def _decide(command: Asks, state: Nowhere | Running | Over, facts: Facts) -> Events:
    match command:
        case Open(office=office):
            on = facts.asked.on
            return (Opened(office=office), *set_limit(DUTY, facts, on), *set_limit(RIGHT, facts, on))
        case Note(text="forbidden"):
            raise Refused("permit.forbidden", "§1", text="forbidden")
        case Note(text=text):
            if isinstance(state, Running) and text in state.notes:
                return NOTHING_NEW
            warnings = (Warned(code="permit.long", source="§2"),) if len(text) > 5 else ()
            return (Noted(text=text, warnings=warnings), *keep(facts, "duty"))
        case Pause():
            return stop(facts, "duty", "right", reason="paused")
        case Go():
            return resume(facts, "duty", "right")
        case Close():
            return (Ended(), *close_all(facts))
        case Lapse():
            return (Ended(), *lapse(facts, "right"), *close_all(facts, but=("right",)))
        case _:
            assert_never(command)


def _evolve(state: Nowhere | Running | Over, event: Opened | Noted | Ended, _version: int) -> Nowhere | Running | Over:
    match event, state:
        case Opened(office=office), _:
            return Running(office=office)
        case Noted(text=text), Running():
            return state.model_copy(update={"notes": (*state.notes, text)})
        case Ended(), Running():
            return Over(running=state)
        case _:
            raise AssertionError((event, state))


def _view(state: Nowhere | Running | Over) -> View:
    parties = (Party(role="clerk", organisation=state.office),) if isinstance(state, Running) else ()
    return View(phase=state.phase, title="permit", parties=parties)


PERMIT: Process[Any, Any, Any] = Process(
    name="permit",
    prefix="permit",
    initial=Nowhere(),
    opens_with=(Open,),
    commands=Vocabulary[Command](Open, Note, Pause, Go, Close, Lapse),
    events=Vocabulary[Event](Opened, Noted, Ended),
    states=Vocabulary[State](Nowhere, Running, Over),
    needs=lambda _command, _state: (),
    decide=_decide,
    evolve=_evolve,
    view=_view,
)


def _entry(name: str, value: JsonValue, **more: JsonValue) -> dict[str, JsonValue]:
    common: dict[str, JsonValue] = {
        "unit": "wd",
        "valid_from": "2020-01-01",
        "source": "§9",
        "grade": "yes",
        "read_on": "each_day",
    }
    return {**common, "name": name, "value": value, **more}


def _limit(name: str, kind: str) -> dict[str, JsonValue]:
    period: JsonValue = {"length": 5, "unit": "wd"}
    return _entry(f"{name}_period", period, rule=f"P-{name}", limit=name, kind=kind, owner="clerk")


PACK: Pack = parse_pack(
    {
        "name": "national",
        "title": "全国",
        "valid_from": "2020-01-01",
        "source": "§0",
        "entries": [
            _limit("duty", "duty"),
            _limit("right", "forfeiture"),
            _entry("ladder_reminders", [3, 1]),
            _entry("ladder_steps", [3, 10]),
        ],
    }
)

YEAR_2026 = CalendarYear(year=2026, days_off=(date(2026, 1, 1),), source="a test's own notice")
CALENDAR = Calendar(years=(YEAR_2026,))
SEAT = Seat(id="s1", person="li", organisation="north", role="clerk", spell=Spell(first_on=date(2026, 1, 1)))


def at(day: str, hour: int = 10) -> datetime:
    """Give an hour of a Shanghai day, in UTC."""
    return datetime.combine(date.fromisoformat(day), time(hour), SHANGHAI).astimezone(UTC)


@dataclass
class Life:
    """One permit and what surrounds it; each command is decided on the state the last one left."""

    case: Case[Any] = field(default_factory=lambda: PERMIT.begin("zone", "permit-1"))
    calendar: Calendar = CALENDAR
    packs: tuple[Pack, ...] = (PACK,)
    seats: Mapping[str, tuple[Seat, ...]] = field(default_factory=lambda: {"li": (SEAT,)})
    count: int = 0

    def send(self, kind: str, body: dict[str, JsonValue] | None = None, *, on: str, **more: Any) -> Decision[Any]:
        """Decide one command, received at ten in the morning, and keep what follows from it.

        Args:
            more: What else stands in the envelope; `act_on` is the legal date of the act, where it is earlier.
        """
        self.count += 1
        received_at = more.pop("received_at", at(on))
        is_clock = issubclass(PERMIT.commands.by_name[kind], ClockCommand) or kind == "Lapse"
        who = more.pop("who", Who(person="schedule", machine="schedule") if is_clock else Who(person="li"))
        envelope = Envelope.model_validate(
            {
                "id": f"c{self.count}",
                "tenant": "zone",
                "process": "permit",
                "kind": kind,
                "who": who,
                "received_at": received_at,
                "body": body or {},
                "on": more.pop("act_on", None),
                **more,
            }
        )
        decision = PERMIT.decide(envelope, received_at, self.case, self.known(PERMIT.needs(envelope, self.case)))
        self.case = decision.after
        return decision

    def known(self, needs: Iterable[Need[Any]]) -> Known:
        """Answer the needs the kernel declares."""
        return Known({need: self._value(need) for need in needs}, {"directory-zone": 1})

    def _value(self, need: Need[Any]) -> object:
        match need:
            case PacksInForce():
                return self.packs
            case CalendarInForce():
                return self.calendar
            case SeatsOf(person=person):
                return self.seats.get(person, ())
            case _:
                raise AssertionError(need)

    def again(self) -> "Life":
        """Give an independent copy."""
        return replace(self)


def opened(on: str = "2026-03-02") -> Life:
    """Give a permit opened on a day."""
    life = Life()
    life.send("Open", {"office": "north"}, on=on)
    return life
