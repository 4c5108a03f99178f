"""Random walks through a process, led by its vocabulary, by what its states answer and by its lifecycle.

Nobody lists the commands: what a process learns to be asked is asked here, too. What to say is taken from the words
that a process's own walk gives, and for a command without words it is made up from its type and filled with what the
case says under the same names. Time passes as the runner lets it pass: whatever is due is sent first, by its day.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cached_property
from itertools import pairwise
from random import Random
from typing import Any, Final, Protocol, TypeVar

from docs.reading.behaviour import Behaviour
from docs.reading.examples import examples
from domain.kernel.clock_events import ClockCommand
from domain.kernel.decision import Case
from domain.kernel.errors import BadInput
from domain.kernel.lifecycle import Lifecycle, WakeUp
from domain.kernel.messages import Command, Event, body_of, shanghai_date
from domain.kernel.process import Process
from tests.laws import Asking, folds_alike_in_parts, keeps_them_once
from tests.saying import Words
from tests.spec import MACHINES, Given

_ONE_IN: Final = 5
"""One thing asked in so many is anything, of anybody."""
_STRIDES: Final = (*(0,) * 6, *(1,) * 3, 6, 20, 365)
_TO_THE_NEXT: Final = 3
"""One stride in so many goes as far as something falls due."""
_TRIES: Final = 4
"""So many things are thought of before one is asked that will be refused."""
_MADE_UP: Final = 4
"""One thing in so many is made up from its type, although there are words for it."""
_TIRING: Final = 3
"""What was heard once is so much less likely to be thought of."""
_AGAIN: Final = 4
"""One thing in so many is what somebody else was just heard with."""
_ENDING: Final = 2
"""One thing in so many that would end the case is asked."""
_ROUNDS: Final = range(4, 12)
"""So many walks from each place, and so many at most while there is a phase that none of them reached."""


class _Way(Protocol):
    @property
    def walk(self) -> "Walk": ...


W = TypeVar("W", bound=_Way)
P = TypeVar("P")


@dataclass(frozen=True)
class Ground:
    """Where a walk goes.

    Attributes:
        people: Who holds a role in the case that is walked.
        strangers: Who else is about.
        words: What is worth saying with a command; one that is not here is made up from its type.
    """

    process: Process[Any, Any, Any]
    lifecycle: Lifecycle
    people: Mapping[str, Sequence[str]]
    strangers: Sequence[str]
    words: Mapping[type[Command], Words]

    @property
    def vocabulary(self) -> tuple[type[Command], ...]:
        """Every command that may be sent to this process, those of the kernel with them."""
        return tuple(self.process.commands.by_name.values())

    @property
    def phases(self) -> frozenset[str]:
        """Every phase of the lifecycle, the ends with them."""
        return frozenset({each.name for each in self.lifecycle.phases} | set(self.lifecycle.ends_in))

    @cached_property
    def behaviour(self) -> Behaviour:
        """What is read of the process for its page and its picture."""
        return Behaviour(self.process, self.lifecycle)

    @cached_property
    def answered_in(self) -> Mapping[str, tuple[type[Command], ...]]:
        """What is asked in a state with any hope of an answer, by its name; what a limit sends comes when it passes."""
        asked = self.behaviour
        found: dict[str, list[type[Command]]] = {}
        for name, states in asked.answered_in.items():
            kind = asked.commands[name]
            if kind.asked_by != {"schedule"}:
                for state in states:
                    found.setdefault(state.__name__, []).append(kind)
        return {state: tuple(kinds) for state, kinds in found.items()}

    @cached_property
    def weights(self) -> Mapping[type[Command], float]:
        """How likely a command is thought of: the less, the more states there are in which it may be asked."""
        states = Counter(kind for kinds in self.answered_in.values() for kind in kinds)
        return {kind: 1 / max(states[kind], 1) for kind in self.vocabulary}

    def concerned(self, kind: type[Command]) -> list[str]:
        """Name those who may ask this in the case that is walked."""
        roles = sorted(kind.asked_by | kind.asked_by_others)
        return [person for role in roles for person in self.people.get(role, ())] or self.everybody

    @property
    def everybody(self) -> list[str]:
        """Name everybody, and the machines."""
        return [*dict.fromkeys((*(each for them in self.people.values() for each in them), *self.strangers, *MACHINES))]


@dataclass(frozen=True)
class Stood:
    """How a case stood from a day on, and the command and its events that brought it there."""

    since: date
    case: Case[Any]
    kind: str
    events: tuple[Event, ...] = ()


@dataclass
class Walk:
    """One case on its way, every answer held against the laws."""

    ground: Ground
    chance: Random
    there: Given
    day: date
    stood: list[Stood] = field(default_factory=list[Stood])
    _rung: set[str] = field(default_factory=set[str])
    _heard: list[Command] = field(default_factory=list[Command])

    def __post_init__(self) -> None:
        self.begun = self.there
        self.stood.append(Stood(self.day, self.there.case, ""))

    @property
    def events(self) -> tuple[Event, ...]:
        """What happened on the way."""
        return tuple(event for each in self.stood for event in each.events)

    def go(self, steps: int) -> None:
        """Take so many steps, each of them a stretch of time and something asked at its end."""
        for _ in range(steps):
            self.wait(self._stride())
            self.ask(self._anything() if self.chance.randrange(_ONE_IN) == 0 else self._what_comes_next())
        folds_alike_in_parts(self.begun, self.there, self.events)

    def wait(self, until: date) -> None:
        """Let the time pass, sending what falls due, earliest first."""
        for ring in iter(lambda: self._next_ring(until), None):
            self._rung.add(ring.id)
            self.day = max(self.day, shanghai_date(ring.at))
            self._ring(ring)
        self.day = until

    def tell(self, command: Command) -> None:
        """Let another case tell this one something."""
        self.ask(Asking(command, "linked_case", self.day))

    def ask(self, asking: Asking) -> None:
        """Ask one thing, and note how the case stands after it."""
        self.there, events = keeps_them_once(self.there, asking, len(self.stood))
        self.stood.append(Stood(asking.on, self.there.case, type(asking.command).__name__, events))
        self._heard += [asking.command] if events else []

    def _stride(self) -> date:
        ahead = self._next_ring(self.day + timedelta(days=max(_STRIDES)))
        if ahead and self.chance.randrange(_TO_THE_NEXT) == 0:
            return max(self.day, shanghai_date(ahead.at))
        return self.day + timedelta(days=self.chance.choice(_STRIDES))

    def _next_ring(self, until: date) -> WakeUp | None:
        ahead = (each for each in self.ground.lifecycle.wake_ups(self.there.case) if each.id not in self._rung)
        return next((each for each in ahead if shanghai_date(each.at) <= until), None)

    def _ring(self, ring: WakeUp) -> None:
        """Send what falls due; a reminder or a step of the ladder, of which there are many, without the laws."""
        command = self._read(ring.command, ring.body)
        if not isinstance(command, ClockCommand):
            self.ask(Asking(command, "schedule", self.day))
            return
        answered = self.there.when(command, by="schedule", on=self.day, command_id=ring.id)
        assert answered.decision.answer.refusal is None, answered.decision.answer
        self.there = answered.after
        self.stood.append(Stood(self.day, self.there.case, ring.command, answered.decision.events))

    def _anything(self) -> Asking:
        kind = self.chance.choice(self.ground.vocabulary)
        return Asking(self._said(kind), self.chance.choice(self.ground.everybody), self.day)

    def _what_comes_next(self) -> Asking:
        """Think of what those whom it concerns may ask here, until it is something that will be recorded."""
        state = type(self.there.case.state).__name__
        kinds = self.ground.answered_in.get(state, self.ground.vocabulary)
        heard = Counter(type(each) for each in self._heard)
        weights = [self.ground.weights[each] / (1 + _TIRING * heard[each]) for each in kinds]
        for _ in range(_TRIES):
            again = self._heard[-1:] if self.chance.randrange(_AGAIN) == 0 else []
            command = again[0] if again else self._said(self.chance.choices(kinds, weights)[0])
            askings = [Asking(command, person, self.day) for person in self.ground.concerned(type(command))]
            self.chance.shuffle(askings)
            for asking in askings:
                if self._is_wanted(asking):
                    return asking
        return asking

    def _is_wanted(self, asking: Asking) -> bool:
        """Say whether it will be recorded; what would end the case is not always wanted."""
        answered = self.there.when(asking.command, by=asking.by, on=asking.on).decision
        ends = answered.after.state.is_end
        return answered.answer.outcome == "recorded" and not (ends and self.chance.randrange(_ENDING))

    def _said(self, kind: type[Command]) -> Command:
        if kind in self.ground.words and self.chance.randrange(_MADE_UP):
            return self.ground.words[kind](self.chance)
        bodies = [body_of(each) for each in examples(kind)]
        body = self.chance.choice(bodies)
        said = _by_name(body_of(self.there.case.state))
        for attempt in (self._in_the_cases_words(body, said), body, *bodies):
            with suppress(BadInput):
                return self._read(kind.__name__, attempt)
        message = f"no body of {kind.__name__} can be made up from its type: give its words"
        raise AssertionError(message)

    def _in_the_cases_words(self, value: Any, said: Mapping[str, list[Any]], name: str = "") -> Any:
        """Put what the case says under the same name in the place of what was made up."""
        if isinstance(value, dict):
            return {each: self._in_the_cases_words(inner, said, each) for each, inner in value.items()}
        if isinstance(value, list):
            return [self._in_the_cases_words(each, said, name) for each in value]
        alike = [each for each in said.get(name, []) if type(each) is type(value)]
        return self.chance.choice(alike) if alike else value

    def _read(self, name: str, body: Mapping[str, Any]) -> Command:
        return self.ground.process.commands.read(name, body)


def until_every_phase_is_reached(
    ground: Ground, places: Mapping[str, P], walked: Callable[[Random, P], W]
) -> Iterator[W]:
    """Walk from every place some times, and where a phase is left, some times more."""
    missing = set(ground.phases)
    for number in range(_ROUNDS.stop):
        if number in _ROUNDS and not missing:
            return
        for name in sorted(places):
            way = walked(Random(f"{name} {number}"), places[name])  # noqa: S311 — the same in every run
            missing -= {each.case.state.phase for each in way.walk.stood}
            yield way


def never_reached(ground: Ground, walks: Iterable[Walk]) -> list[str]:
    """Name the phases in which no walk ever stood."""
    return sorted(ground.phases - {each.case.state.phase for walk in walks for each in walk.stood})


def never_drawn(ground: Ground, walks: Iterable[Walk]) -> list[tuple[str, str, str]]:
    """Name the ways from phase to phase that a walk went and the picture does not show, with what was asked."""
    drawn = {(each.source, each.target, each.command) for each in ground.behaviour.moves}
    pairs = ((before, after) for walk in walks for before, after in pairwise(walk.stood))
    gone = {(before.case.state.phase, after.case.state.phase, after.kind) for before, after in pairs}
    return sorted(each for each in gone - drawn if each[0] != each[1])


def never_asked(ground: Ground, walks: Iterable[Walk]) -> list[str]:
    """Name the commands that no walk ever asked."""
    asked = {each.kind for walk in walks for each in walk.stood}
    return [each.__name__ for each in ground.vocabulary if each.__name__ not in asked]


def _by_name(body: Mapping[str, Any]) -> dict[str, list[Any]]:
    """Give every single thing that a body says, by the name it says it under."""
    found: dict[str, list[Any]] = {}
    for name, value in _leaves(body):
        values = found.setdefault(name, [])
        if value not in values:
            values.append(value)
    return found


def _leaves(value: Any, name: str = "") -> Iterator[tuple[str, Any]]:
    if isinstance(value, dict):
        for each, inner in value.items():
            yield from _leaves(inner, each)
    elif isinstance(value, list):
        for each in value:
            yield from _leaves(each, name)
    else:
        yield name, value
