"""The table of a lifecycle and the deciders say the same: the same phases, the same limits, the same owners."""

from collections.abc import Iterable
from typing import Any

import pytest

from docs.reading.behaviour import Behaviour
from docs.reading.clocks import Running, running
from domain.kernel.envelope import SCHEDULE
from domain.kernel.lifecycle import Lifecycle, Limit, Phase
from domain.kernel.process import Process
from domain.processes import PROCESSES
from starter.rehearsal import lifecycles
from tests.architecture.asked import behaviour_of
from tests.architecture.made_up_process import made_up


def differences(process: Process[Any, Any, Any], table: Lifecycle) -> list[str]:
    """Name everything that the table and the code say differently."""
    return differences_of(Behaviour(process, table))


def differences_of(behaviour: Behaviour) -> list[str]:
    clocks = running(behaviour)
    return [*_phases(behaviour), *_limits(behaviour, clocks), *_sent(behaviour, clocks), *_stopped(behaviour, clocks)]


def _phases(behaviour: Behaviour) -> Iterable[str]:
    table = behaviour.lifecycle
    rows = {each.name for each in table.phases}
    rests = {each.phase for each in behaviour.states[1:] if not each.is_end and each not in behaviour.passed}
    ends = {each.phase for each in behaviour.states if each.is_end}
    yield from (f"{each} is no phase of the table" for each in sorted(rests - rows))
    yield from (f"no case ever rests in {each}" for each in sorted(rows - rests))
    yield from (f"{each} is an end, and not in ends_in" for each in sorted(ends - set(table.ends_in)))
    yield from (f"{each} is in ends_in, and no end" for each in sorted(set(table.ends_in) - ends))
    reached = {each.target for each in behaviour.moves}
    yield from (f"nothing leads to {each}" for each in sorted((rests | ends) - reached))
    for state in behaviour.passed:
        gone_through = any(state.phase in each.through for each in behaviour.moves)
        yield from () if gone_through else (f"a case would be stuck in {state.phase}",)


def _limits(behaviour: Behaviour, clocks: Iterable[Running]) -> Iterable[str]:
    unread = {place for found in behaviour.found.values() for place in found.unread}
    yield from (f"{'.'.join(place)} sets a limit that cannot be named from the source" for place in sorted(unread))
    for clock in clocks:
        if not clock.listed:
            yield f"{clock.name} is set by {', '.join(clock.done['sets'])}, and not in the table"
        if "sets" not in clock.done:
            yield f"{clock.name} is in the table, and set by nobody"
        for where, limit in clock.listed.items():
            if clock.rule is not None and limit.owner != clock.rule.owner:
                yield f"{clock.name} in {where} is {limit.owner}'s in the table, and {clock.rule.owner}'s by its rule"


def _sent(behaviour: Behaviour, clocks: Iterable[Running]) -> Iterable[str]:
    for clock in clocks:
        sent = behaviour.process.commands.by_name.get(clock.then)
        if clock.then and sent is None:
            yield f"{clock.then}, sent when {clock.name} passes, is no command of the process"
        if sent is not None and SCHEDULE not in sent.asked_by:
            yield f"{clock.then}, sent when {clock.name} passes, may not be asked by the {SCHEDULE}"
        if len({each.then for each in clock.listed.values()}) > 1:
            yield f"{clock.name} sends one thing in one phase, and another in another"
    passing = {clock.then for clock in clocks}
    for name, kind in behaviour.commands.items():
        if kind.asked_by == {SCHEDULE} and name not in passing:
            yield f"{name} may only be asked by the {SCHEDULE}, and no limit sends it"


def _stopped(behaviour: Behaviour, clocks: Iterable[Running]) -> Iterable[str]:
    rows = {each.name for each in behaviour.lifecycle.phases}
    for phase in behaviour.lifecycle.phases:
        here = [clock for clock in clocks if phase.name in clock.listed]
        for other in phase.stops_for:
            if other not in rows:
                yield f"{phase.name} stops for {other}, which is no phase"
            elif not any(other in clock.stands_still_in for clock in here):
                yield f"{phase.name} stops for {other}, and nothing that leads there stops a limit of it"
    for clock in clocks:
        stopping = [] if clock.stands_still_in else [*clock.done.get("stops", ())]
        if any(each not in clock.held_by for each in stopping):
            yield f"{clock.name} is stopped by {', '.join(stopping)}, and the table does not say for what"


@pytest.mark.parametrize("name", sorted(PROCESSES))
def test_the_table_and_the_deciders_say_the_same(name):
    assert differences_of(behaviour_of(name)) == []


def test_every_process_has_a_table():
    assert lifecycles().keys() == PROCESSES.keys()


def _rows(table: Lifecycle, **changed: Phase) -> list[Phase]:
    return [changed.get(each.name, each) for each in table.phases]


def test_a_table_that_fits_has_no_difference():
    assert differences(*made_up()) == []


@pytest.mark.parametrize(
    ("rows", "named"),
    [
        ({"weighing": Phase("pondering")}, ["weighing is no phase of the table", "no case ever rests in pondering"]),
        (
            {"mending": Phase("mending")},
            [
                "mend is set by AskToMend, and not in the table",
                "LapseMending may only be asked by the schedule, and no limit sends it",
            ],
        ),
        ({"hearing": Phase("hearing", Limit("answer"))}, ["answer is in the table, and set by nobody"]),
        (
            {"checking": Phase("checking", Limit("check", owner="judge"), stops_for=("mending",))},
            ["check in checking is judge's in the table, and clerk's by its rule"],
        ),
        (
            {"checking": Phase("checking", Limit("check", owner="clerk"))},
            ["check is stopped by AskToMend, and the table does not say for what"],
        ),
        (
            {"checking": Phase("checking", Limit("check", owner="clerk"), stops_for=("mending", "hearing"))},
            ["checking stops for hearing, and nothing that leads there stops a limit of it"],
        ),
        (
            {"checking": Phase("checking", Limit("check", owner="clerk"), stops_for=("mending", "lunch"))},
            ["checking stops for lunch, which is no phase"],
        ),
    ],
)
def test_a_row_that_does_not_fit_is_named(rows, named):
    process, table = made_up()
    assert differences(process, Lifecycle(*_rows(table, **rows), ends_in=table.ends_in)) == named


def test_an_end_that_is_left_out_or_made_up_is_named():
    process, table = made_up()
    assert differences(process, Lifecycle(*table.phases, ends_in=("given", "forgotten"))) == [
        "dropped is an end, and not in ends_in",
        "forgotten is in ends_in, and no end",
    ]


def test_what_a_limit_sends_is_a_command_the_schedule_may_ask():
    process, table = made_up()
    grant, foreign = process.commands.by_name["Grant"], type("Elsewhere", (process.commands.by_name["Grant"],), {})
    for then, named in (
        (grant, "Grant, sent when mend passes, may not be asked by the schedule"),
        (foreign, "Elsewhere, sent when mend passes, is no command of the process"),
    ):
        rows = _rows(table, mending=Phase("mending", Limit("mend", owner="asker", then=then)))
        assert named in differences(process, Lifecycle(*rows, ends_in=table.ends_in))
