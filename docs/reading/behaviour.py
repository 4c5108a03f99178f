"""What a process does, asked of the process itself: where a command is answered, and where that leads.

Nothing is listed by hand. Every event is let happen in every state, and every command is asked in every state, with
records made up from their types; which events a command can emit there is told by following its calls. A case that goes
through two events in one answer is followed through both.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import cached_property
from inspect import signature
from typing import Any, Final

from docs.reading.calls import Found, Said, follow
from docs.reading.examples import examples
from docs.reading.expressions import Of
from domain.kernel.calendar import Calendar
from domain.kernel.clocks import Clocks
from domain.kernel.decision import Case
from domain.kernel.envelope import LINKED_CASE, SCHEDULE
from domain.kernel.errors import MandateError, Refused
from domain.kernel.facts import Days, Facts, Known
from domain.kernel.lifecycle import Lifecycle
from domain.kernel.messages import Asked, Command, Event, State
from domain.kernel.packs import Pack
from domain.kernel.policy import Law
from domain.kernel.process import Process

WRONG_PHASE: Final = "wrong_phase"
STUMBLES: Final = (
    MandateError,
    AssertionError,
    AttributeError,
    LookupError,
    StopIteration,
    TypeError,
    ValueError,
    ArithmeticError,
)
"""What code raises when a made-up record goes further than made-up facts reach."""
_DAY: Final = date(2026, 3, 2)
_NOON: Final = datetime(2026, 3, 2, 4, tzinfo=UTC)
_MACHINES: Final = frozenset({SCHEDULE, LINKED_CASE})
StateClass = type[State]


@dataclass(frozen=True)
class Move:
    """A way from one phase into another, or back into the same.

    Attributes:
        command: Whose answer leads there.
        through: Phases in between, in which no case rests.
    """

    source: str
    target: str
    command: str
    through: tuple[str, ...] = ()


class Behaviour:
    """One process, asked.

    Args:
        packs: The law that a command is asked under; what a rule reads of it matters little here.
    """

    def __init__(self, process: Process[Any, Any, Any], lifecycle: Lifecycle, packs: Iterable[Pack] = ()) -> None:
        self.process = process
        self.lifecycle = lifecycle
        self._packs = tuple(packs)

    @cached_property
    def commands(self) -> Mapping[str, type[Command]]:
        """The process's own commands; those of the kernel are the same everywhere."""
        own = self.process.commands.by_name.items()
        return {name: kind for name, kind in own if not kind.__module__.startswith("domain.kernel.")}

    @cached_property
    def events(self) -> Mapping[str, type[Event]]:
        """The process's own events."""
        own = self.process.events.by_name.items()
        return {name: kind for name, kind in own if not kind.__module__.startswith("domain.kernel.")}

    @cached_property
    def states(self) -> tuple[StateClass, ...]:
        """Every state, the one before the first event first."""
        initial = self.process.states.by_name[type(self.process.initial).__name__]
        return (initial, *(each for each in self.process.states.by_name.values() if each is not initial))

    @property
    def start(self) -> str:
        """The phase before the first event."""
        return self.process.initial.phase

    @cached_property
    def answered_in(self) -> Mapping[str, tuple[StateClass, ...]]:
        """The states in which a command is answered with something else than `wrong_phase`."""
        return {
            name: tuple(each for each in self.states if self._may_come(name, each) and self._answers(kind, each))
            for name, kind in self.commands.items()
        }

    @cached_property
    def found(self) -> Mapping[tuple[str, StateClass], Found]:
        """What each command can say and do in each state that answers it."""
        return {
            (name, state): self._followed(self.commands[name], state)
            for name, states in self.answered_in.items()
            for state in states
        }

    @cached_property
    def passed(self) -> frozenset[StateClass]:
        """States in which no case rests: it is not over, and nothing that is asked there makes anything happen."""
        lively = {state for (_, state), found in self.found.items() if found.events}
        return frozenset(each for each in self.states[1:] if not each.is_end and each not in lively)

    @cached_property
    def moves(self) -> tuple[Move, ...]:
        """Every way from phase to phase, in the order of the states and then of the commands."""
        found: dict[Move, None] = {}
        for state in self.states:
            for name in self.commands:
                if (name, state) in self.found:
                    for target, through in self._ends(state, self.found[name, state].events):
                        found[Move(state.phase, target.phase, name, through)] = None
        return tuple(found)

    @cached_property
    def unexplained(self) -> tuple[str, ...]:
        """Events that no command was found to emit."""
        emitted = {event for found in self.found.values() for event in found.events}
        return tuple(name for name, kind in self.events.items() if kind not in emitted)

    @cached_property
    def _after(self) -> Mapping[tuple[StateClass, type[Event]], frozenset[StateClass]]:
        """The states into which an event can lead from a state; none where it cannot happen."""
        return {
            (state, event): self._evolved(state, event)
            for state in self.states
            if not state.is_end
            for event in self.events.values()
        }

    def _evolved(self, state: StateClass, event: type[Event]) -> frozenset[StateClass]:
        states, events = examples(state), examples(event)
        pairs = [(each, events[0]) for each in states] + [(states[0], each) for each in events[1:]]
        found: set[StateClass] = set()
        for before, happened in pairs:
            case = Case("example", "example", 1, before, Clocks())
            try:
                after: State = self.process.fold(case, (happened,)).state
            except STUMBLES:
                continue
            found.add(type(after))
        return frozenset(found)

    def _ends(self, start: StateClass, events: Iterable[type[Event]]) -> list[tuple[StateClass, tuple[str, ...]]]:
        """Give where an answer that can hold these events leaves a case, each with what it went through.

        The first event is one that can happen in *start*. Another follows it where the case cannot rest, or where it
        could not have come first.
        """
        can_begin = {event for event in events if self._after.get((start, event))}
        ends: set[tuple[StateClass, tuple[str, ...]]] = set()
        reached = [(state, (), {event}) for event in can_begin for state in self._after[start, event]]
        while reached:
            state, through, used = reached.pop()
            if state not in self.passed:
                ends.add((state, through))
            further = (*through, state.phase) if state in self.passed else through
            for event in set(events) - used - (set() if state in self.passed else can_begin):
                after = self._after.get((state, event), frozenset())
                reached += [(each, further, {*used, event}) for each in after if each is not state]
        return sorted(ends, key=lambda each: (self.states.index(each[0]), each[1]))

    def _may_come(self, name: str, state: StateClass) -> bool:
        """Say whether the guards that stand before every rule let a command through in a state."""
        if state.is_end:
            return False
        if state is self.states[0]:
            return name in self.process.opens_with
        return not self.process.only_begins(name)

    def _answers(self, kind: type[Command], state: StateClass) -> bool:
        """Say whether a command gets further than its phase; where it asks for a fact first, the source tells."""
        states, commands = examples(state), examples(kind, 1)
        pairs = [(commands[0], each) for each in states] + [(each, states[0]) for each in commands[1:]]
        roles = sorted(kind.asked_by | kind.asked_by_others) or [""]
        answers = {self._is_answered(command, each, role) for role in roles for command, each in pairs}
        if True in answers or None not in answers:
            return True in answers
        found = self._followed(kind, state)
        return bool(found.events or found.limits) or any(self._is_of_a_rule(each) for each in found.said)

    def _followed(self, kind: type[Command], state: StateClass) -> Found:
        decide = self.process.decider
        command, before = [*signature(decide).parameters][:2]
        return follow(decide, {command: (Of(kind),), before: (Of(state),)})

    def _is_of_a_rule(self, said: Said) -> bool:
        return said.code != f"{self.process.name}.{WRONG_PHASE}"

    def _is_answered(self, command: Command, state: State, role: str) -> bool | None:
        """Ask once; nothing where the decider stumbles over what is made up."""
        asked = Asked(
            tenant="example",
            case="example",
            command_id="example",
            person=role if role in _MACHINES else "x",
            role=role,
            organisation=None if role in _MACHINES else "x",
            on=_DAY,
            received_at=_NOON,
            decided_at=_NOON,
        )
        facts = Facts(asked, Law(self._packs, Days.all_on(_DAY)), Calendar(), Clocks(), Known({}, {}))
        try:
            self.process.decider(command, state, facts)
        except Refused as refused:
            return refused.code != f"{self.process.name}.{WRONG_PHASE}"
        except STUMBLES:
            return None
        return True


def by_phase(states: Iterable[StateClass]) -> tuple[str, ...]:
    """Give the phases of several states, each once."""
    return tuple(dict.fromkeys(each.phase for each in states))


def grouped(moves: Iterable[Move]) -> Mapping[str, Mapping[str, tuple[Move, ...]]]:
    """Give the moves by their source, then by their target."""
    found: dict[str, dict[str, list[Move]]] = defaultdict(lambda: defaultdict(list))
    for move in moves:
        found[move.source][move.target].append(move)
    return {source: {target: tuple(each) for target, each in targets.items()} for source, targets in found.items()}
