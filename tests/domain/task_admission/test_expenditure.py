"""What is spent while the work goes on is booked by voucher, never beyond what is there (S1e-28; S1f-16)."""

from datetime import date

import pytest

from domain.kernel.errors import CorruptHistory
from domain.kernel.facts import CasesHolding
from domain.task_admission.decider import TASK_ADMISSION
from domain.task_admission.events import FundsSettled
from domain.task_admission.state import view
from domain.task_admission.state.view import voucher_key
from tests.domain.task_admission.district import details, refusal
from tests.domain.task_admission.main_line import AMOUNT, SIGNED_ON, active, leaving, paid
from tests.domain.task_admission.owed import account, happened, on_the_way_out, share
from tests.domain.task_admission.reporting import SPENT_ON, spend, spent
from tests.domain.task_admission.settling import check, line, propose, proposed
from tests.domain.task_admission.standing_still import complained

PART = 1_000_000


def asked(there, command, by="ji", on=SPENT_ON):
    return there.answer(command, by=by, on=on)


def test_it_leaves_what_is_available_and_is_spent():
    there = spent()
    assert share(there)[account(2026, "available")] == AMOUNT - PART
    assert share(there)[account(2026, "spent")] == PART


def test_everything_may_be_spent_and_not_a_fen_more():
    assert asked(active(), spend(AMOUNT)).answer.outcome == "recorded"
    refused = asked(active(), spend(AMOUNT + 1))
    assert refusal(refused)[0] == "beyond_balance"
    assert details(refused)["available_fen"] == AMOUNT
    assert refusal(asked(spent(), spend(AMOUNT - PART + 1, voucher="H-2")))[0] == "beyond_balance"


def test_money_is_not_spent_on_a_day_before_it_came():
    assert refusal(asked(active(), spend(), on=date(2026, 5, 19)))[0] == "beyond_balance"


def test_nor_from_an_account_into_which_nothing_came():
    assert refusal(asked(active(), spend(year=2027)))[0] == "beyond_balance"


@pytest.mark.parametrize("other", [{"purpose": "fire_watch"}, {"source": "special_funds"}])
def test_nor_for_another_purpose(other):
    assert refusal(asked(active(), spend(**other))) == ("diversion", "S1e-28, S1f-16")


def test_nothing_is_no_expenditure():
    assert asked(active(), spend(0)).answer.refusal.code == "ledger.amount_not_positive"


def test_the_same_voucher_again_is_nothing_new_and_for_something_else_is_refused():
    assert asked(spent(), spend(), on=date(2026, 6, 25)).answer.outcome == "nothing_new"
    assert refusal(asked(spent(), spend(what="水电费")))[0] == "voucher_used"


def test_a_voucher_of_another_case_is_refused():
    there = active().with_fact(CasesHolding(voucher_key("harbour", "H-1")), ("task-other",))
    assert refusal(asked(there, spend()))[0] == "voucher_used"


def test_the_voucher_is_used_up_for_other_cases():
    assert voucher_key("harbour", "H-1") in view(spent().case.state).used_up


def test_many_vouchers_leave_the_sums_of_their_months_and_no_voucher_stands_whole():
    there, days = active(), (date(2026, 5, 28), date(2026, 6, 20), date(2026, 5, 30), date(2026, 6, 1))
    for number, on in enumerate(days, start=1):
        there = spent(there, number, on, voucher=f"H-{number}")
    spending = there.case.state.money.spent
    assert [(each.month, each.amount_fen) for each in spending.outlays] == [
        (date(2026, 5, 1), 4),
        (date(2026, 6, 1), 6),
    ]
    assert [*spending.until(date(2026, 5, 31))] == [(account(2026, "available"), 4)]
    assert [*spending.vouchers] == ["H-1", "H-2", "H-3", "H-4"]
    assert spending.by == ("ji",)


def test_a_state_stored_with_its_vouchers_whole_is_folded_again_and_not_believed():
    case = spent().case
    stored = TASK_ADMISSION.to_snapshot(case)
    stored["state"]["data"]["money"]["spent"] = []
    with pytest.raises(CorruptHistory, match=r"money\.spent"):
        TASK_ADMISSION.from_snapshot(case.tenant, case.id, case.version, stored)


def test_only_the_committee_books():
    assert refusal(asked(active(), spend(), by="feng"))[0] == "not_your_role"


def test_before_the_work_nothing_is_spent():
    assert refusal(asked(paid(), spend(), on=SIGNED_ON))[0] == "wrong_phase"


def test_what_was_done_is_paid_for_while_the_work_stands_still_and_when_it_is_over():
    assert asked(complained(), spend(), on=date(2026, 9, 2)).answer.outcome == "recorded"
    assert asked(leaving(), spend(), on=date(2027, 6, 2)).answer.outcome == "recorded"


def test_the_settlement_speaks_of_all_that_was_received_and_posts_only_the_rest():
    there = proposed(on_the_way_out(spent_and_over()), line(spent_fen=AMOUNT - 1, returned_fen=1))
    done = there.given(*check(there, line(spent_fen=AMOUNT - 1, returned_fen=1)).events)
    settled = happened(done, FundsSettled)
    assert [each.amount_fen for each in settled.postings if each.account.pocket == "spent"] == [AMOUNT - PART - 1]
    assert account(2026, "available") not in share(done)
    assert share(done)[account(2026, "spent")] == AMOUNT - 1


@pytest.mark.parametrize("spent_fen", [0, PART - 1])
def test_the_settlement_says_no_less_than_was_recorded(spent_fen):
    refused = propose(on_the_way_out(spent_and_over()), line(spent_fen=spent_fen, returned_fen=AMOUNT - spent_fen))
    assert refusal(refused)[0] == "spent_less_than_recorded"
    assert details(refused)["missing_fen"] == PART - spent_fen


def test_what_was_recorded_and_nothing_more_may_be_all():
    there = on_the_way_out(spent_and_over())
    assert propose(there, line(spent_fen=PART, returned_fen=AMOUNT - PART)).answer.outcome == "recorded"


def spent_and_over():
    return leaving(spent())
