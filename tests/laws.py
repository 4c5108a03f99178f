"""Laws that every decider keeps, whatever it is asked.

A process's own test draws askings with hypothesis and hands them to `keeps_the_laws`, which asks one after another and
looks at every answer. That only `Refused` escapes a decider needs no line of its own: anything else fails the test.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from json import dumps, loads

from domain.kernel.decision import NOTHING_NEW
from domain.kernel.messages import Command, Event, body_of
from tests.spec import TODAY, Given, Then, World


@dataclass(frozen=True)
class Asking:
    """One command, who sends it and on which Shanghai day."""

    command: Command
    by: str = "li"
    on: date = TODAY


def unchanged(world: World, _events: tuple[Event, ...]) -> World:
    """Leave the world as it is: the process's events are no facts for itself."""
    return world


def keeps_the_laws(
    start: Given, askings: Sequence[Asking], moves: Callable[[World, tuple[Event, ...]], World] = unchanged
) -> Given:
    """Ask one command after another and hold each answer against the laws.

    Args:
        moves: How the world changes by the process's own events, where the process reads facts that it makes.
    """
    there, history = start, tuple[Event, ...]()
    for number, asking in enumerate(askings):
        there, events = keeps_them_once(there, asking, number, moves)
        history += events
    folds_alike_in_parts(start, there, history)
    return there


def keeps_them_once(
    there: Given, asking: Asking, number: int, moves: Callable[[World, tuple[Event, ...]], World] = unchanged
) -> tuple[Given, tuple[Event, ...]]:
    """Ask one command, hold its answer against the laws, and give the case after it with what happened."""
    answered = _ask(there, asking, number)
    events = answered.decision.events
    _is_decided_alike_again(there, asking, number, answered)
    _is_decided_alike_when_read_back(there, asking, number, answered)
    _adds_nothing_once_closed(there, answered)
    _is_read_back_as_written(answered)
    there = answered.after.in_(moves(there.world, events))
    _the_same_again_adds_nothing(there, asking, number)
    return there, events


def _ask(there: Given, asking: Asking, number: int, again: str = "") -> Then:
    return there.when(asking.command, by=asking.by, on=asking.on, command_id=f"c-{number}{again}")


def _is_decided_alike_again(there: Given, asking: Asking, number: int, answered: Then) -> None:
    assert _ask(there, asking, number).decision == answered.decision


def _is_decided_alike_when_read_back(there: Given, asking: Asking, number: int, answered: Then) -> None:
    """Decide on the case as the store gives it back, with the keys of every map in the order of the alphabet."""
    process, case = there.process, there.case
    if case.version == 0:
        return
    stored = loads(dumps(process.to_snapshot(case), sort_keys=True))
    read_back = replace(there, case=process.from_snapshot(case.tenant, case.id, case.version, stored))
    assert _ask(read_back, asking, number).decision == answered.decision


def _adds_nothing_once_closed(there: Given, answered: Then) -> None:
    if there.case.state.is_end:
        assert answered.decision.events == NOTHING_NEW


def _the_same_again_adds_nothing(there: Given, asking: Asking, number: int) -> None:
    assert _ask(there, asking, number, "-again").decision.events == NOTHING_NEW


def _is_read_back_as_written(answered: Then) -> None:
    process, after = answered.before.process, answered.decision.after
    for event in answered.decision.events:
        assert process.events.restore(type(event).__name__, body_of(event)) == event
    if after.version:
        snapshot = process.to_snapshot(after)
        assert process.from_snapshot(after.tenant, after.id, after.version, snapshot) == after


def folds_alike_in_parts(start: Given, there: Given, history: tuple[Event, ...]) -> None:
    """Fold all of it at once and in two parts, and find the case where it stands."""
    process, half = start.process, len(history) // 2
    at_once = process.fold(start.case, history)
    in_parts = process.fold(process.fold(start.case, history[:half]), history[half:])
    assert at_once == in_parts
    assert (at_once.state, at_once.clocks, at_once.version) == (there.case.state, there.case.clocks, there.case.version)
