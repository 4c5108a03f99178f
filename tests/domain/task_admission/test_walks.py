"""What holds in the whole life of an item, whatever is asked of it, by whomever, on whatever day.

Most walks are the same in every run. They must reach every phase of the lifecycle, and ask everything that can be
asked: what a later command or phase adds is walked over, or named here. A few go where no run has been.
"""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from itertools import pairwise
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from domain.kernel.clock_events import DeadlineMissed
from domain.kernel.ledger import Account, check, postings_of
from domain.kernel.messages import Event
from domain.task_admission.events import (
    AuthorityGranted,
    EmergencyConfirmed,
    EmergencyCostsReported,
    EmergencySettled,
    FundsReceived,
    FundUseReported,
    ListedItemConfirmed,
    PeopleNamed,
    TaskActivated,
    TaskResumed,
    TaskSuspended,
)
from domain.task_admission.state import Active, Suspended
from tests.domain.task_admission.walks import GROUND, PLACES, Walked, walked
from tests.walks import Stood, never_asked, never_drawn, never_reached, until_every_phase_is_reached


@pytest.fixture(scope="module")
def ways() -> list[Walked]:
    """Every walk, each by chance of its own, which is the same in every run."""
    return [*until_every_phase_is_reached(GROUND, PLACES, walked)]


def test_the_laws_are_kept_in_the_whole_life_of_an_item_whoever_asks_what_on_whatever_day(ways):
    for way in ways:
        _keeps_the_laws_of_an_item(way)


def test_the_walks_reach_every_phase_and_ask_everything_that_can_be_asked(ways):
    assert never_reached(GROUND, (way.walk for way in ways)) == []
    assert never_asked(GROUND, (way.walk for way in ways)) == []


def test_every_way_that_is_walked_stands_in_the_picture(ways):
    assert never_drawn(GROUND, (way.walk for way in ways)) == []


@given(place=st.sampled_from(sorted(PLACES)), seed=st.integers(0, 2**32 - 1))
@settings(max_examples=10)
def test_the_laws_are_kept_on_ways_that_nobody_has_gone_yet(place, seed):
    _keeps_the_laws_of_an_item(walked(Random(seed), PLACES[place]))  # noqa: S311 — drawn, and said when it fails


def _keeps_the_laws_of_an_item(way: Walked) -> None:
    _money_is_kept_apart_and_never_runs_short(way.history)
    _what_was_set_aside_against_a_threat_is_settled(way)
    _it_became_active_only_with_its_legs(way.history)
    for stood in way.walk.stood:
        _nothing_runs_on_in_a_closed_case(stood)
        _it_stands_still_for_the_causes_that_were_said(way, stood)
    for stood, until in _stretches(way.walk.stood):
        _no_day_is_active_without_its_legs(way, stood, until)
    _what_was_missed_stays_missed(way)
    _each_report_begins_where_the_last_one_ended(way.history)


def _money_is_kept_apart_and_never_runs_short(history: Sequence[Event]) -> None:
    """Every event balances, and of what is not the payer's own the case never holds less than nothing."""
    share: dict[Account, int] = {}
    for event in history:
        check(postings_of(event))
        for line in postings_of(event):
            share[line.account] = share.get(line.account, 0) + line.amount_fen
        short = [
            each for each, fen in share.items() if fen < 0 and (each.owner, each.pocket) != ("health", "available")
        ]
        assert short == [], (event, short)
    assert sum(share.values()) == 0


def _what_was_set_aside_against_a_threat_is_settled(way: Walked) -> None:
    """Nothing of it is left once the item is decided on or at its end."""
    state = way.walk.there.case.state
    if state.is_end or state.phase in {"agreement_pending", "funds_pending"}:
        confirmed = sum(isinstance(each, EmergencyConfirmed) for each in way.history)
        settled = [each for each in way.history if isinstance(each, EmergencySettled)]
        costs = sum(each.amount_fen for each in way.history if isinstance(each, EmergencyCostsReported))
        assert (len(settled), sum(each.paid_fen for each in settled)) == (confirmed, costs)


def _nothing_runs_on_in_a_closed_case(stood: Stood) -> None:
    case = stood.case
    if case.state.is_end:
        assert case.clocks.lasting() == ()
        assert GROUND.process.view(case.state).work == ()
        money = getattr(getattr(case.state, "before", None), "money", None)
        assert money is None or not (money.held("reserved") or money.held("in_transit"))


def _it_stands_still_for_the_causes_that_were_said(way: Walked, stood: Stood) -> None:
    state, history = stood.case.state, way.history[: stood.case.version]
    assert ("cure" in stood.case.clocks) == isinstance(state, Suspended)
    if isinstance(state, Suspended):
        since = max(place for place, each in enumerate(history) if isinstance(each, TaskActivated | TaskResumed))
        said = [each.cause for each in history[since:] if isinstance(each, TaskSuspended)]
        assert said == [each.cause for each in state.causes]


def _stretches(stood: Sequence[Stood]) -> Iterator[tuple[Stood, date]]:
    """Give each way the case stood with the last day on which it stood so, leaving out what passed within a day."""
    for this, following in pairwise(stood):
        if following.since > this.since:
            yield this, following.since - timedelta(days=1)


def _no_day_is_active_without_its_legs(way: Walked, stood: Stood, until: date) -> None:
    state = stood.case.state
    if isinstance(state, Active):
        for day in (stood.since, until):
            _legs_stand(way.history[: stood.case.version], way, day)
            late = [stood.case.clocks[f"funds/{number}"] for number, due_on, _ in state.unpaid_on(day) if due_on < day]
            assert all(each.stopped_on is not None or each.deadline.due_on >= day for each in late)


def _it_became_active_only_with_its_legs(history: Sequence[Event]) -> None:
    for place, event in enumerate(history):
        before = history[:place]
        if isinstance(event, TaskActivated | TaskResumed):
            _shows(event.authority, before, AuthorityGranted if _is_agreed(before) else ListedItemConfirmed)
            _shows(event.people, before, PeopleNamed)
            _shows(event.money, before, FundsReceived)


def _each_report_begins_where_the_last_one_ended(history: Sequence[Event]) -> None:
    left: dict[tuple[str, str, int], int] = {}
    for line in (line for each in history if isinstance(each, FundUseReported) for line in each.lines):
        account = (line.source, line.purpose, line.year)
        assert line.opening_fen == left.get(account, 0)
        assert line.opening_fen + line.received_fen - line.spent_fen == line.balance_fen
        left[account] = line.balance_fen


def _legs_stand(history: Sequence[Event], way: Walked, day: date) -> None:
    grants = [each for each in history if isinstance(each, AuthorityGranted)]
    assert not _is_agreed(history) or any(each.from_on <= day <= each.until_on for each in grants)
    held = {(each.person, each.organisation) for each in way.district.seats if each.spell.covers(day)}
    named = _last_words(history)
    assert {(each.person, each.organisation) for last in named for each in last.people} <= held
    assert any((each.accountable_officer, "health") in held for each in named)


def _is_agreed(before: Sequence[Event]) -> bool:
    return not any(isinstance(each, ListedItemConfirmed) for each in before)


def _shows(cited: Sequence[object], before: Sequence[Event], kind: type[Event]) -> None:
    assert len(cited) > 0
    assert {(type(before[each.version - 1]), each.type) for each in cited} == {(kind, kind.__name__)}


def _last_words(before: Sequence[Event]) -> list[PeopleNamed]:
    by_side = {each.side: each for each in before if isinstance(each, PeopleNamed)}
    return list(by_side.values())


def _what_was_missed_stays_missed(way: Walked) -> None:
    """A limit that is set anew, as when an item comes back to the check, is another."""
    clocks = way.walk.there.case.clocks
    for version, event in enumerate(way.history, start=1):
        if isinstance(event, DeadlineMissed):
            clock = clocks.by_name[event.limit]
            assert clock.is_missed or clock.opened_at_version > version
