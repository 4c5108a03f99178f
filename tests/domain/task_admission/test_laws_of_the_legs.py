"""What holds for every command in every state from the agreement to the end, whoever asks and on whatever day."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from domain.kernel.clock_events import DeadlineMissed, DeadlineSet
from domain.kernel.directory import Seat
from domain.kernel.ledger import Account, check, postings_of
from domain.kernel.messages import Event
from domain.task_admission.commands import (
    RecheckProof,
)
from domain.task_admission.events import (
    AuthorityGranted,
    FundsReceived,
    FundUseReported,
    ListedItemConfirmed,
    PeopleNamed,
    TaskActivated,
    TaskResumed,
    TaskSuspended,
)
from domain.task_admission.state import Active, Suspended
from tests.domain.task_admission.acts import (
    ANYTHING,
    EVERYBODY,
    HALF,
    LEGS,
    MACHINES,
    SAID,
    STILL,
    WAY_OUT,
    Act,
    payments,
)
from tests.domain.task_admission.district import START, District, seat
from tests.domain.task_admission.main_line import (
    END,
    PAID_ON,
    SIGNED_ON,
    active,
    agreed,
    approved,
    confirmed,
    empowered,
    leaving,
    paid,
)
from tests.domain.task_admission.owed import delivered, halfway, in_parts, listed, staffed, with_seats, without_seats
from tests.domain.task_admission.reporting import HELD_ON, held, with_surveyor
from tests.domain.task_admission.standing_still import (
    CURE_ENDS,
    LOST_ON,
    NAMED_ON,
    complained,
    given_up,
    listed_at_work,
    without_mandate,
)
from tests.laws import Asking, keeps_the_laws
from tests.spec import Given, World

BEGUN: dict[str, tuple[District, date, Sequence[st.SearchStrategy[list[Act]]]]] = {
    "approved": (approved(), SIGNED_ON, LEGS),
    "agreed": (agreed(), SIGNED_ON, LEGS),
    "in parts": (in_parts(), SIGNED_ON, LEGS),
    "listed": (listed(), SIGNED_ON, LEGS),
    "listed and paid": (delivered(staffed(listed())), PAID_ON, LEGS),
    "empowered": (empowered(), PAID_ON, LEGS),
    "paid": (paid(), PAID_ON, LEGS),
    "active": (active(), START, (*LEGS, *STILL, *SAID, *WAY_OUT)),
    "halfway": (halfway(), START, (*LEGS, *STILL, *SAID, *WAY_OUT)),
    "reporting": (with_surveyor(halfway()), HELD_ON, SAID),
    "held": (held(), HELD_ON, (*LEGS, *STILL, *SAID)),
    "at work on a list": (listed_at_work(), START, (*LEGS, *STILL)),
    "without mandate": (without_mandate(), LOST_ON, (*LEGS, *STILL)),
    "complained of": (complained(halfway()), NAMED_ON, (*LEGS, *STILL)),
    "given up": (given_up(), CURE_ENDS + timedelta(1), WAY_OUT),
    "leaving": (leaving(), date(2027, 6, 1), (*SAID, *WAY_OUT)),
    "leaving halfway": (leaving(halfway()), date(2027, 6, 1), (payments(), *WAY_OUT)),
    "confirmed": (confirmed(), date(2027, 6, 3), WAY_OUT),
}
"""Where a walk begins, on which day, and what is then mostly asked."""


@st.composite
def walks(draw: st.DrawFn, first_day: date, mostly: Sequence[st.SearchStrategy[list[Act]]]) -> list[Asking]:
    """Draw what is asked, mostly by whom it concerns, the days going forward across the term."""
    day, walk = first_day, list[Asking]()
    for _ in range(draw(st.integers(1, 6))):
        day += timedelta(days=draw(st.sampled_from([0, 0, 0, 1, 20, 75, 365])))
        for persons, command in draw(st.one_of(mostly if draw(st.integers(0, 9)) else ANYTHING)):
            anybody = draw(st.integers(0, 9)) == 0
            walk.append(
                Asking(command, by=draw(st.sampled_from([*EVERYBODY, *MACHINES] if anybody else persons)), on=day)
            )
    return walk


@st.composite
def departures(draw: st.DrawFn) -> tuple[Seat, ...]:
    """Draw who leaves office in the middle of it."""
    leavers = draw(st.sets(st.sampled_from([("li", "delegating_department"), ("chen", "head_of_department")])))
    last_on = draw(st.sampled_from([START - timedelta(1), START, date(2026, 12, 31)]))
    return tuple(seat(person, "health", role, last_on=last_on) for person, role in sorted(leavers))


@given(st.data())
@settings(max_examples=250)
def test_an_owed_item_keeps_the_laws(data):
    begun, first_day, mostly = BEGUN[data.draw(st.sampled_from(sorted(BEGUN)))]
    leaving_office = data.draw(departures())
    begun = with_seats(without_seats(begun, *(each.person for each in leaving_office)), *leaving_office)
    history = [*begun.history]

    def moves(world: World, events: tuple[Event, ...]) -> World:
        history.extend(events)
        return world

    walk = data.draw(walks(first_day, mostly))
    there = keeps_the_laws(begun.there, walk, moves)
    _money_is_kept_apart_and_never_runs_short(history)
    _nothing_runs_on_in_a_closed_case(there)
    _it_became_active_only_with_its_legs(history, begun)
    _what_was_missed_stays_missed(history, there)
    _each_report_begins_where_the_last_one_ended(history)
    _no_day_is_active_without_its_legs(history, there, begun, walk[-1].on)


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


def _nothing_runs_on_in_a_closed_case(there: Any) -> None:
    if there.case.state.is_end:
        assert there.case.clocks.lasting() == ()
        assert there.process.view(there.case.state).work == ()
        money = getattr(there.case.state.before, "money", None)
        assert money is None or not (money.held("reserved") or money.held("in_transit"))


def _each_report_begins_where_the_last_one_ended(history: Sequence[Event]) -> None:
    left: dict[tuple[str, str, int], int] = {}
    for line in (line for each in history if isinstance(each, FundUseReported) for line in each.lines):
        account = (line.source, line.purpose, line.year)
        assert line.opening_fen == left.get(account, 0)
        assert line.opening_fen + line.received_fen - line.spent_fen == line.balance_fen
        left[account] = line.balance_fen


def _no_day_is_active_without_its_legs(history: Sequence[Event], there: Given, begun: District, day: date) -> None:
    """When the case looks at its proof, as it is asked to whenever something changes, no work goes on without it."""
    looked_at = there.when(RecheckProof(because="directory"), by="linked_case", on=day, command_id="last").decision
    history, state = [*history, *looked_at.events], looked_at.after.state
    assert ("cure" in looked_at.after.clocks) == isinstance(state, Suspended)
    if isinstance(state, Active) and day <= END:
        _legs_stand(history, begun, day)
        late = [looked_at.after.clocks[f"funds/{number}"] for number, due_on, _ in state.unpaid_on(day) if due_on < day]
        assert all(each.stopped_on is not None or each.deadline.due_on >= day for each in late)
    if isinstance(state, Suspended):
        since = max(place for place, each in enumerate(history) if isinstance(each, TaskActivated | TaskResumed))
        said = [each for each in history[since:] if isinstance(each, TaskSuspended)]
        assert [each.cause for each in said] == [each.cause for each in state.causes]


def _legs_stand(history: Sequence[Event], begun: District, day: date) -> None:
    grants = [each for each in history if isinstance(each, AuthorityGranted)]
    assert not _is_agreed(history) or any(each.from_on <= day <= each.until_on for each in grants)
    assert all(_in_office(each, begun, day) for each in _last_words(history))


def _it_became_active_only_with_its_legs(history: Sequence[Event], begun: District) -> None:
    for place in range(len(begun.history), len(history)):
        event, before = history[place], history[:place]
        if isinstance(event, TaskActivated | TaskResumed):
            day = event.on
            assert START <= day <= END
            _shows(event.authority, before, AuthorityGranted if _is_agreed(before) else ListedItemConfirmed)
            _shows(event.people, before, PeopleNamed)
            _shows(event.money, before, FundsReceived)
            _legs_stand(before, begun, day)
            assert sum(each.amount_fen for each in before if isinstance(each, FundsReceived)) >= HALF


def _is_agreed(before: Sequence[Event]) -> bool:
    return not any(isinstance(each, ListedItemConfirmed) for each in before)


def _shows(cited: Sequence[Any], before: Sequence[Event], kind: type[Event]) -> None:
    assert len(cited) > 0
    for each in cited:
        assert (type(before[each.version - 1]), each.type) == (kind, kind.__name__)


def _last_words(before: Sequence[Event]) -> list[PeopleNamed]:
    by_side = {each.side: each for each in before if isinstance(each, PeopleNamed)}
    assert by_side["department"].accountable_officer is not None
    return list(by_side.values())


def _in_office(named: PeopleNamed, begun: District, day: date) -> bool:
    people = [(each.person, each.organisation) for each in named.people]
    if named.accountable_officer is not None:
        people.append((named.accountable_officer, "health"))
    held = {(each.person, each.organisation) for each in begun.seats if each.spell.covers(day)}
    return set(people) <= held


def _what_was_missed_stays_missed(history: Sequence[Event], there: Any) -> None:
    missed: set[str] = set()
    for event in history:
        if isinstance(event, DeadlineMissed):
            missed.add(event.limit)
        if isinstance(event, DeadlineSet):
            missed.discard(event.limit)
    assert all(there.case.clocks[limit].is_missed for limit in missed)
