"""Active is a proof: authority, people and money, each shown by an event of the case; what is missing is named.

S0-08, S4-32; ADMISSION §5, §8 items 19, 20, 29. What is missing is looked for in this order: authority, people, money,
then the day.
"""

from datetime import date, timedelta

import pytest

from domain.kernel.clock_events import DeadlineKept
from domain.task_admission.commands import ActivateTask, BeginTask, WithdrawApplication
from domain.task_admission.events import AuthorityGranted, FundsReceived, PeopleNamed, TaskActivated
from tests.domain.task_admission.district import START, District, details, entry, published, refusal, seat, version
from tests.domain.task_admission.main_line import (
    AMOUNT,
    END,
    PAID_ON,
    SIGNED_ON,
    active,
    after,
    agreed,
    approved,
    completed,
    disburse,
    empowered,
    grant,
    name_people,
    paid,
    received,
    reviewed,
)
from tests.domain.task_admission.owed import (
    HALVES,
    delivered,
    happened,
    in_parts,
    listed,
    staffed,
    with_seats,
    without_seats,
)

HALF = AMOUNT // 2
ONE_DAY = timedelta(days=1)
LEGS = {
    "authority": lambda there: after(there, grant(), "chen", SIGNED_ON),
    "people": staffed,
    "money": delivered,
}
MISSING = {"authority": "authority_missing", "people": "people_missing", "money": "funding_missing"}


def activate(there: District, *, by: str = "li", on: date = START, **more):
    return there.answer(ActivateTask(), by=by, on=on, **more)


def with_legs(*legs: str) -> District:
    there = agreed()
    for leg in legs:
        there = LEGS[leg](there)
    return there


# --- each leg alone and in pairs
@pytest.mark.parametrize(
    ("there", "missing"),
    [
        ((), "authority"),
        (("people", "money"), "authority"),
        (("people",), "authority"),
        (("money",), "authority"),
        (("authority", "money"), "people"),
        (("authority",), "people"),
        (("authority", "people"), "money"),
    ],
)
def test_the_refusal_names_the_leg_that_is_missing(there, missing):
    assert refusal(activate(with_legs(*there))) == (MISSING[missing], "S0-08, S4-32")


def test_it_says_which_scope_was_not_handed_over_and_on_which_day():
    said = details(activate(with_legs("people", "money")))
    assert (said["scope"], said["on"]) == (["核对用餐资格", "调整送餐名单"], "2026-06-01")


def test_it_says_whether_nobody_was_named_or_somebody_has_left():
    assert details(activate(with_legs("authority", "money")))["why"] == "not_named"
    gone = without_seats(paid(), "chen")
    answer = activate(gone)
    assert (refusal(answer)[0], details(answer)["why"]) == ("people_missing", "not_in_office")


def test_it_says_which_payment_is_short_and_by_how_much():
    there = after(with_legs("authority", "people"), disburse(amount_fen=AMOUNT - 1), "feng", PAID_ON)
    there = after(there, received(amount_fen=AMOUNT - 1), "ji", PAID_ON)
    said = details(activate(there))
    assert (said["why"], said["tranche"], said["due_on"], said["missing_fen"]) == ("not_received", 1, "2026-06-01", 1)


def test_money_on_its_way_has_not_arrived():
    there = after(with_legs("authority", "people"), disburse(), "feng", PAID_ON)
    assert details(activate(there))["missing_fen"] == AMOUNT


def test_with_all_three_the_work_begins():
    assert activate(with_legs("authority", "people", "money")).answer.phase == "active"


# --- each leg as it stands on the day
def test_authority_covers_the_day():
    there = delivered(staffed(after(agreed(), grant(until_on=START + ONE_DAY), "chen", SIGNED_ON)))
    assert activate(there, on=START + ONE_DAY).answer.phase == "active"
    assert refusal(activate(there, on=START + 2 * ONE_DAY))[0] == "authority_missing"


def test_a_second_grant_takes_over_where_the_first_ended():
    there = delivered(staffed(after(agreed(), grant(until_on=START), "chen", SIGNED_ON)))
    late = START + 5 * ONE_DAY
    again = after(there, grant(from_on=late), "chen", late)
    event = happened(again, TaskActivated)
    assert [each.version for each in event.authority] == [_at(again, AuthorityGranted)]


@pytest.mark.parametrize("person", ["li", "chen"])
def test_everybody_named_is_in_office_on_the_day(person):
    leaves = seat(person, "health", "delegating_department", last_on=START)
    there = with_seats(without_seats(paid(), person), leaves)
    assert activate(there, by="wu", on=START).answer.phase == "active"
    assert refusal(activate(there, by="wu", on=START + ONE_DAY))[0] == "people_missing"


def test_the_communitys_people_are_looked_at_as_well():
    people = name_people(
        people=({"person": "ji", "organisation": "harbour", "hours_a_month": 8},), accountable_officer=None
    )
    there = after(agreed(), people, "wu", SIGNED_ON)
    assert refusal(activate(delivered(after(there, grant(), "chen", SIGNED_ON))))[0] == "people_missing"
    both = paid(empowered(there))
    assert activate(both).answer.phase == "active"
    assert details(activate(without_seats(both, "ji"), by="wu"))["why"] == "not_in_office"


def test_the_first_payment_is_whole_before_any_work_and_a_later_one_from_its_day_on():
    there = delivered(empowered(in_parts()), amount_fen=HALF)
    due_on = HALVES[1].due_on
    assert activate(there, on=due_on - ONE_DAY).answer.phase == "active"
    answer = activate(there, on=due_on)
    assert (refusal(answer)[0], details(answer)["tranche"]) == ("funding_missing", 2)


def test_the_first_payment_is_the_one_that_falls_due_first_in_whatever_order_they_are_written():
    there = empowered(in_parts(HALVES[1], HALVES[0]))
    paid_first = delivered(there, tranche=2, amount_fen=HALF)
    assert activate(paid_first).answer.phase == "active"
    paid_other = delivered(there, tranche=1, amount_fen=HALF)
    assert details(activate(paid_other))["tranche"] == 2


# --- what the proof points to
def _at(there: District, kind: type) -> int:
    return max(number for number, event in enumerate(there.history, start=1) if isinstance(event, kind))


def test_the_pointers_of_the_proof_name_events_of_the_case_of_the_right_kind():
    there = active()
    event = happened(there, TaskActivated)
    for cited, kind in ((event.authority, AuthorityGranted), (event.people, PeopleNamed), (event.money, FundsReceived)):
        assert len(cited) > 0
        for each in cited:
            assert (each.type, type(there.history[each.version - 1])) == (kind.__name__, kind)


def test_the_last_leg_points_to_the_event_of_its_own_answer():
    money_last = after(with_legs("authority", "people"), disburse(), "feng", START)
    there = after(money_last, received(), "ji", START)
    assert [each.version for each in happened(there, TaskActivated).money] == [_at(there, FundsReceived)]
    for leg, kind, said in (("authority", AuthorityGranted, grant()), ("people", PeopleNamed, name_people())):
        others = with_legs(*(each for each in LEGS if each != leg))
        last = after(others, said, "chen", START)
        cited = getattr(happened(last, TaskActivated), leg)
        assert [each.version for each in cited] == [_at(last, kind)]


def test_several_receipts_are_all_shown():
    there = delivered(with_legs("authority", "people"), amount_fen=HALF)
    there = delivered(there, amount_fen=HALF, voucher="V-2", on=START)
    assert len(happened(there, TaskActivated).money) == 2


# --- who asks, and when it cannot be asked
@pytest.mark.parametrize("by", ["li", "chen", "wu", "ji", "wang"])
def test_either_side_and_the_secretariat_may_ask(by):
    assert activate(paid(), by=by).answer.phase == "active"


@pytest.mark.parametrize("by", ["feng", "zhou", "he", "deng"])
def test_nobody_else_asks(by):
    assert refusal(activate(paid(), by=by)) == ("not_your_role", "dossier §3.1")


def test_once_it_is_active_asking_again_is_nothing_new():
    assert activate(active()).answer.outcome == "nothing_new"


@pytest.mark.parametrize("there", [reviewed, approved])
def test_without_an_agreement_nothing_becomes_active(there):
    assert refusal(activate(there())) == ("wrong_phase", "dossier §4.1")


def test_a_closed_case_is_asked_in_vain():
    assert refusal(activate(completed(), on=date(2027, 6, 8)))[0] == "case_closed"


def test_what_both_have_signed_is_no_longer_withdrawn():
    assert refusal(paid().answer(WithdrawApplication(), by="li", on=PAID_ON)) == ("wrong_phase", "dossier §4.1")


# --- listed items
def test_a_listed_item_needs_the_same_proof_and_its_authority_is_the_entry_in_force():
    there = listed()
    assert refusal(activate(there))[0] == "people_missing"
    there = staffed(there)
    assert refusal(activate(there))[0] == "funding_missing"
    ready = after(delivered(there), BeginTask(), "schedule", START)
    event = happened(ready, TaskActivated)
    assert [each.type for each in event.authority] == ["ListedItemConfirmed"]
    assert there.history[event.authority[0].version - 1].amount_fen == AMOUNT


def test_whose_entry_is_no_longer_in_force_on_the_day_has_no_authority():
    gone = published(
        "assistance_list",
        version(1, entry("A-01", "public_health_notices", source="S4-06"), until=START),
        version(2, entry("A-02", "something_else"), since=START + ONE_DAY, published=date(2026, 5, 1)),
    )
    there = delivered(staffed(listed())).with_list(gone)
    assert activate(there, on=START).answer.phase == "active"
    assert refusal(activate(there, on=START + ONE_DAY))[0] == "authority_missing"


def test_all_of_its_money_is_due_by_the_first_day_however_the_form_would_pay_it():
    there = staffed(listed(schedule=HALVES))
    assert there.case.clocks["funds/1"].deadline.due_on == START
    half = delivered(there, amount_fen=HALF)
    assert details(activate(half))["missing_fen"] == HALF
    assert activate(delivered(half, amount_fen=HALF, voucher="V-2")).answer.phase == "active"


def test_the_item_ends_on_its_last_day_though_it_began_late():
    late = date(2026, 9, 1)
    begun = activate(paid(), on=late)
    assert begun.events[0].on == late
    assert begun.events[1] == DeadlineKept(limit="start", on=late)
    assert begun.after.clocks["term_end"].deadline.due_on == END
