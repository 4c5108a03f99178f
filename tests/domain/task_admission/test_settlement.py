"""Money is settled to the fen: what was received was spent, returned, or carried over by rule; each purpose at zero.

Dossier §4.1 (→completed), §3.3; S1e-28, S1f-16 (earmarked); S4-57, L-RC25:29 (residents decide); DL-56. The committee
proposes, finance checks the very same figures.
"""

from dataclasses import replace
from datetime import date

import pytest

from domain.kernel.clock_events import DeadlineClosed
from domain.task_admission.commands import BeginTask, EndTerm
from domain.task_admission.events import FundsReleased, FundsSettled, SettlementProposed
from tests.domain.task_admission.changed_packs import with_value
from tests.domain.task_admission.district import BEFORE, START, an_old_form, details, refusal, seat
from tests.domain.task_admission.main_line import (
    AMOUNT,
    active,
    after,
    disburse,
    grant,
    leaving,
    name_people,
    paid,
    received,
)
from tests.domain.task_admission.owed import (
    account,
    concluded,
    delivered,
    halfway,
    happened,
    on_the_way_out,
    share,
    with_seats,
)
from tests.domain.task_admission.settling import HALF, WHOLE, check, line, propose, proposed


# --- to the fen
@pytest.mark.parametrize(
    "parts",
    [
        {"spent_fen": AMOUNT},
        {"returned_fen": AMOUNT},
        {"spent_fen": AMOUNT - 1, "returned_fen": 1},
    ],
)
def test_spent_and_returned_make_up_what_was_received(parts):
    (event,) = propose(leaving(), line(**parts)).events
    assert isinstance(event, SettlementProposed)
    assert event.lines == (line(**parts),)


@pytest.mark.parametrize("spent", [AMOUNT - 1, AMOUNT + 1])
def test_a_fen_more_or_less_does_not_balance(spent):
    answer = propose(leaving(), line(spent_fen=spent))
    assert refusal(answer) == ("not_balanced", "dossier §4.1")
    said = details(answer)
    assert (said["purpose"], said["year"], said["received_fen"], said["settled_fen"]) == (
        "elder_meals",
        2026,
        AMOUNT,
        spent,
    )


def test_each_years_account_balances_for_itself():
    second = {"tranche": 2, "amount_fen": HALF, "voucher": "V-2"}
    there = leaving(delivered(halfway(), on=date(2027, 1, 4), **second))
    right = (line(2026, spent_fen=HALF), line(2027, spent_fen=HALF))
    assert propose(there, *right).answer.outcome == "recorded"
    assert refusal(propose(there, line(2026, spent_fen=AMOUNT)))[0] == "not_balanced"
    missing = propose(there, line(2026, spent_fen=HALF))
    assert (refusal(missing)[0], details(missing)["year"], details(missing)["settled_fen"]) == ("not_balanced", 2027, 0)


def test_several_lines_of_one_account_are_added_up():
    assert propose(leaving(), line(spent_fen=AMOUNT - 1), line(returned_fen=1)).answer.outcome == "recorded"


@pytest.mark.parametrize("other", [{"purpose": "road_repair"}, {"source": "special_funds"}, {"year": 2027}])
def test_money_that_was_never_received_cannot_be_settled(other):
    elsewhere = line(spent_fen=1).model_copy(update=other)
    answer = propose(leaving(), WHOLE, elsewhere)
    assert (refusal(answer)[0], details(answer)["received_fen"]) == ("not_balanced", 0)


def test_nothing_said_settles_nothing():
    assert refusal(propose(leaving()))[0] == "not_balanced"


# --- proposed and checked
def test_finance_checks_the_very_same_figures_and_every_purpose_stands_at_zero():
    lines = line(spent_fen=AMOUNT - 1, returned_fen=1)
    answer = check(proposed(leaving(), lines), lines)
    event, no_more_reports = answer.events
    assert isinstance(event, FundsSettled)
    assert no_more_reports == DeadlineClosed(limit="fund_use_report")
    there = proposed(leaving(), lines).given(*answer.events)
    assert share(there) == {
        account(2026, "available", owner="health"): -AMOUNT,
        account(2026, "spent"): AMOUNT - 1,
        account(2026, "returned"): 1,
    }
    assert there.case.state.money.held("available").get(account(2026, "available"), 0) == 0


def test_finance_checks_nothing_that_was_not_proposed():
    assert refusal(check(leaving(), WHOLE)) == ("nothing_proposed", "dossier §4.1")


def test_other_figures_than_the_proposed_ones_are_not_the_ones_to_check():
    there = proposed(leaving(), line(spent_fen=AMOUNT - 1, returned_fen=1))
    assert refusal(check(there, WHOLE)) == ("settlement_differs", "dossier §4.1")


def test_the_last_proposal_counts():
    there = proposed(proposed(leaving(), WHOLE), line(returned_fen=AMOUNT))
    assert refusal(check(there, WHOLE))[0] == "settlement_differs"
    assert check(there, line(returned_fen=AMOUNT)).answer.outcome == "recorded"


def test_the_same_proposal_and_the_same_check_again_are_nothing_new():
    there = proposed(leaving(), WHOLE)
    assert propose(there, WHOLE, by="wu").answer.outcome == "nothing_new"
    settled = there.given(*check(there, WHOLE).events)
    assert check(settled, WHOLE).answer.outcome == "nothing_new"
    assert propose(settled, WHOLE).answer.outcome == "nothing_new"


def test_what_is_settled_is_not_settled_otherwise():
    there = proposed(leaving(), WHOLE)
    settled = there.given(*check(there, WHOLE).events)
    assert refusal(propose(settled, line(returned_fen=AMOUNT))) == ("wrong_phase", "dossier §4.1")


def test_a_check_in_time_keeps_the_limit_and_ends_the_item_with_the_other_parts():
    there = proposed(on_the_way_out(), WHOLE)
    answer = check(there, WHOLE)
    assert answer.answer.phase == "completed"
    assert answer.after.clocks["settlement"].state == "done"


@pytest.mark.parametrize("by", ["li", "deng", "zhou", "wang"])
def test_nobody_but_the_committee_and_finance_settles(by):
    assert refusal(propose(leaving(), WHOLE, by=by)) == ("not_your_role", "dossier §3.1")


@pytest.mark.parametrize("there", [paid, active])
def test_nothing_is_settled_before_the_term_is_over(there):
    assert refusal(propose(there(), WHOLE, on=START)) == ("wrong_phase", "dossier §4.1")


def test_finance_does_not_check_the_item_of_its_own_organisation():
    own = with_seats(proposed(leaving(), WHOLE), seat("bai", "health", "finance_bureau"))
    assert refusal(check(own, WHOLE, by="bai")) == ("own_application", "dossier §3.1")


# --- carried over
def test_nothing_is_carried_over_where_the_pack_does_not_let_it():
    answer = propose(leaving(), line(spent_fen=AMOUNT - 1, carried_fen=1))
    assert refusal(answer) == ("diversion", "S1f-16; ADMISSION §7 †")
    assert (details(answer)["why"], details(answer)["carried_fen"]) == ("carried", 1)


def test_where_it_does_the_rest_goes_into_the_next_years_account_of_the_same_purpose():
    there = replace(leaving(), packs=(with_value("carry_over_allowed", value=True),))
    lines = line(spent_fen=AMOUNT - 1, carried_fen=1)
    there = proposed(there, lines)
    there = there.given(*check(there, lines).events)
    assert share(there) == {
        account(2026, "available", owner="health"): -AMOUNT,
        account(2026, "spent"): AMOUNT - 1,
        account(2027, "available"): 1,
    }


# --- payments that did not come
def test_money_that_was_on_its_way_when_the_term_ended_still_arrives_and_is_settled():
    there = after(halfway(), disburse(tranche=2, amount_fen=HALF, voucher="V-2"), "feng", date(2027, 1, 4))
    there = after(leaving(there), received(voucher="V-2", amount_fen=HALF, year=2027), "ji", date(2027, 6, 2))
    both = (line(2026, spent_fen=HALF), line(2027, returned_fen=HALF))
    there = proposed(there, *both)
    assert check(there, *both).answer.outcome == "recorded"


def test_a_payment_that_comes_after_the_proposal_makes_it_out_of_date():
    there = proposed(leaving(halfway()), line(spent_fen=HALF))
    second = {"tranche": 2, "amount_fen": HALF, "voucher": "V-2"}
    there = delivered(there, on=date(2027, 6, 5), **second)
    assert refusal(check(there, line(spent_fen=HALF), on=date(2027, 6, 7)))[0] == "not_balanced"


def test_what_was_never_paid_is_free_again_once_the_rest_is_settled():
    there = proposed(leaving(halfway()), line(spent_fen=HALF))
    released, settled, *_ = check(there, line(spent_fen=HALF)).events
    assert isinstance(released, FundsReleased)
    assert (released.amount_fen, released.because) == (HALF, "settled")
    left = share(there.given(released, settled))
    assert left == {account(2026, "available", owner="health"): -HALF, account(2026, "spent"): HALF}


def test_what_is_still_on_its_way_then_is_called_back():
    there = after(leaving(halfway()), disburse(tranche=2, amount_fen=HALF, voucher="V-2"), "feng", date(2027, 6, 2))
    there = proposed(there, line(spent_fen=HALF))
    answer = check(there, line(spent_fen=HALF))
    assert happened(there.given(*answer.events), FundsReleased).amount_fen == HALF
    assert {each.pocket for each in share(there.given(*answer.events))} == {"available", "spent"}


def test_until_then_its_limit_runs_on_and_climbs_its_ladder():
    there = leaving(halfway())
    assert there.case.clocks["funds/2"].is_running
    settled = proposed(on_the_way_out(there), line(spent_fen=HALF))
    assert check(settled, line(spent_fen=HALF)).after.clocks.lasting() == ()


# --- both sides of 2026-01-01
@pytest.mark.parametrize("day", [date(2025, 12, 31), date(2026, 1, 1)])
def test_an_item_of_2025_is_settled_on_either_side_of_the_new_law(day):
    """The shares of a residents' meeting are law from 2026 on; they are read only where residents direct the money."""
    form = an_old_form()
    there = concluded(form, submitted_on=BEFORE)
    for command, by in ((grant(from_on=form.start_on), "chen"), (name_people(), "li"), (disburse(), "feng")):
        there = after(there, command, by, date(2025, 10, 20))
    there = after(there, received(year=2025), "ji", date(2025, 10, 21))
    there = after(there, BeginTask(), "schedule", form.start_on)
    there = after(there, EndTerm(), "schedule", date(2025, 12, 31))
    whole = line(2025, spent_fen=AMOUNT)
    there = proposed(there, whole, on=day)
    assert check(there, whole, on=day).answer.outcome == "recorded"
