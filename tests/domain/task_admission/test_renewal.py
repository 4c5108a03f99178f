"""A renewal on the same terms is no application: a case of its own at the agreement, with all three legs anew.

Dossier §4.1 (renewal_review, renewed); ADMISSION §7 (DecideRenewal), §8 item 25.
"""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from domain.kernel.ledger import BalanceOf
from domain.links.admission_to_admission import admission_to_admission, renewal_of
from domain.task_admission.application import Term, Tranche
from domain.task_admission.commands import CarryOnItem, DecideExit, RecordRenewal
from domain.task_admission.decider import TASK_ADMISSION
from domain.task_admission.events import FundsReserved, ItemCarriedOn, RenewalDecided, TaskRenewed
from domain.task_admission.state import AgreementPending, view
from tests.domain.task_admission.changed_packs import with_changed, with_value
from tests.domain.task_admission.district import District, appropriation, details, refusal, seat
from tests.domain.task_admission.ending import (
    DECIDED_ON,
    NEXT,
    NEXT_PAYMENTS,
    OVER_ON,
    begun_anew,
    both_satisfied,
    over,
    renew,
    renewed,
    request_end,
    review,
    reviewed_at_the_end,
    settled,
    to_be_renewed,
)
from tests.domain.task_admission.main_line import (
    AMOUNT,
    BeginTask,
    active,
    after,
    disburse,
    grant,
    name_people,
    received,
    sign,
)
from tests.domain.task_admission.standing_still import listed_at_work

ON = date(2027, 5, 12)


def carried_on(there: District | None = None) -> District:
    """Give the case of the next term, as the renewal opens it."""
    before = there or to_be_renewed()
    answered = before.answer(renew(), by="zhou", on=ON)
    (opened,) = [each for event in answered.events for each in admission_to_admission(event, answered)]
    assert (opened.case, opened.command) == (renewal_of(answered.after.id), "CarryOnItem")
    command = TASK_ADMISSION.commands.read(opened.command, opened.body)
    return after(District(), command, "linked_case", ON)


# --- what is decided
def test_it_is_carried_on_while_the_work_is_still_done():
    there = renewed()
    assert there.case.state.phase == "active"
    assert "exit_decision" not in there.case.clocks
    assert over(there).case.state.phase == "renewal_review"


def test_or_after_the_last_day():
    late = to_be_renewed(over(reviewed_at_the_end()))
    assert late.case.state.phase == "renewal_review"
    assert next(each.task for each in view(late.case.state).work) == "decide_renewal"
    term = Term(start_on=date(2027, 7, 1), end_on=date(2028, 6, 30))
    decided = late.answer(renew(term=term), by="zhou", on=date(2027, 6, 15))
    assert isinstance(decided.events[0], RenewalDecided)


def test_the_old_case_ends_as_renewed_when_its_term_is_accepted_confirmed_and_settled_to_zero():
    there = settled(both_satisfied(over(begun_anew())))
    assert TaskRenewed(on=date(2027, 6, 7)) in there.history
    assert (there.case.state.phase, there.case.clocks.lasting()) == ("renewed", ())


def test_until_then_it_is_not_over():
    waiting = both_satisfied(over(to_be_renewed()))
    last = settled(waiting)
    assert last.case.state.phase == "renewal_review"
    decided = last.answer(
        renew(term=Term(start_on=date(2027, 7, 1), end_on=date(2028, 6, 30))), by="zhou", on=OVER_ON + timedelta(days=8)
    )
    assert decided.after.state.phase == "renewal_review"
    said = after(last.given(*decided.events), RecordRenewal(), "linked_case", OVER_ON + timedelta(days=8))
    assert said.case.state.phase == "renewed"


def test_what_is_not_carried_on_after_all_is_ended():
    there = after(over(to_be_renewed()), DecideExit(outcome="complete"), "zhou", date(2027, 6, 2))
    assert there.case.state.phase == "exit_review"
    assert settled(both_satisfied(there)).case.state.phase == "completed"


def test_once_carried_on_it_is_carried_on_once_and_no_longer_ended():
    assert renewed().answer(renew(), by="zhou", on=ON).answer.outcome == "nothing_new"
    assert renewed().answer(DecideExit(outcome="terminate"), by="zhou", on=ON).answer.outcome == "nothing_new"


# --- what needs an application
@pytest.mark.parametrize(
    ("said", "why"),
    [
        ({"scope": ("另一件事",)}, "scope"),
        ({"amount_fen": AMOUNT + 1}, "amount"),
        ({"payments": (Tranche(amount_fen=AMOUNT + 1, due_on=NEXT.start_on),)}, "payments"),
        ({"payments": tuple(Tranche(amount_fen=AMOUNT // 2, due_on=NEXT.start_on) for _ in range(2))}, "payments"),
        ({"term": Term(start_on=date(2027, 5, 31), end_on=date(2028, 5, 30))}, "overlaps"),
        ({"term": Term(start_on=date(2027, 6, 1), end_on=date(2028, 6, 1))}, "longer"),
    ],
)
def test_what_is_not_the_same_is_a_new_application(said, why):
    answered = to_be_renewed().answer(renew(**said), by="zhou", on=ON)
    assert (refusal(answered), details(answered)["why"]) == (("new_application_needed", "ADMISSION §8.25"), why)


def test_a_listed_item_and_one_that_was_ended_early_are_not_renewed():
    listed = after(listed_at_work(), review("term_ending"), "zhou", date(2027, 5, 20))
    answered = listed.answer(DecideExit(outcome="review_renewal"), by="zhou", on=date(2027, 5, 20))
    assert (refusal(answered)[0], details(answered)["why"]) == ("new_application_needed", "listed")
    early = after(active(), request_end(date(2026, 12, 1)), "ji", date(2026, 9, 1))
    answered = early.answer(DecideExit(outcome="review_renewal"), by="zhou", on=date(2026, 9, 2))
    assert (refusal(answered)[0], details(answered)["why"]) == ("new_application_needed", "ended_early")


def test_all_terms_together_are_no_longer_than_the_longest_term():
    short = replace(to_be_renewed(), packs=(with_value("term_maximum", {"length": 23, "unit": "m"}),))
    answered = short.answer(renew(), by="zhou", on=ON)
    assert (refusal(answered)[0], details(answered)["why"]) == ("new_application_needed", "term_maximum")
    assert details(answered)["first_on"] == "2026-06-01"
    assert carried_on().case.state.file.carries_on.first_on == date(2026, 6, 1)


def test_what_was_only_warned_of_is_recorded_in_both_cases():
    only_proposed = with_changed("term_maximum", value={"length": 23, "unit": "m"}, grade="draft")
    warned = replace(to_be_renewed(), packs=(only_proposed,))
    answered = warned.answer(renew(), by="zhou", on=ON)
    assert [each.code for each in answered.events[0].warnings] == ["task_admission.new_application_needed"]
    assert carried_on(warned).case.state.approved.warnings == answered.events[0].warnings


@pytest.mark.parametrize("blank", ["decision_no", "term", "evaluation"])
def test_a_decision_is_complete_and_the_evaluation_was_read(blank):
    answered = to_be_renewed().answer(renew(**{blank: None}), by="zhou", on=ON)
    assert (refusal(answered)[0], details(answered)["fields"]) == ("incomplete_decision", [blank])


def test_it_is_decided_before_its_first_day():
    late = to_be_renewed(over(reviewed_at_the_end()))
    assert refusal(late.answer(renew(), by="zhou", on=date(2027, 6, 15)))[0] == "start_before_decision"


def test_the_payer_has_the_money_on_that_day():
    poor = to_be_renewed().with_fact(BalanceOf(appropriation(2027)), AMOUNT - 1)
    assert refusal(poor.answer(renew(), by="zhou", on=ON))[0] == "funding_missing"


@pytest.mark.parametrize("by", ["li", "ji", "feng", "wang"])
def test_only_the_approver_carries_on(by):
    assert refusal(to_be_renewed().answer(renew(), by=by, on=ON))[0] == "not_your_role"


def test_without_a_review_of_the_renewal_nothing_is_carried_on():
    assert refusal(reviewed_at_the_end().answer(renew(), by="zhou", on=ON))[0] == "no_cause"
    completed = after(reviewed_at_the_end(), DecideExit(outcome="complete"), "zhou", DECIDED_ON)
    assert refusal(completed.answer(renew(), by="zhou", on=ON))[0] == "no_cause"
    assert refusal(over(completed).answer(renew(), by="zhou", on=OVER_ON))[0] == "wrong_phase"


# --- the next term
def test_the_next_term_begins_at_the_agreement_with_its_money_set_aside():
    there = carried_on()
    state = there.case.state
    assert isinstance(state, AgreementPending)
    assert (state.approved.term, state.approved.decision_no, state.approved.scope) == (
        NEXT,
        "东续〔2027〕3号",
        active().case.state.item.scope,
    )
    assert state.application.funding.schedule == NEXT_PAYMENTS
    assert [each.amount_fen for each in there.history if isinstance(each, FundsReserved)] == [AMOUNT]
    assert "signature" in there.case.clocks


def test_it_needs_all_three_legs_anew():
    there = carried_on()
    said = {"decision_no": "东续〔2027〕3号", "term": NEXT, "payments": NEXT_PAYMENTS}
    first = after(there, sign(**said), "chen", date(2027, 5, 14))
    both = after(first, sign(**said), "wu", date(2027, 5, 14))
    assert both.case.state.phase == "funds_pending"
    granted = after(both, grant(from_on=NEXT.start_on), "chen", date(2027, 5, 15))
    named = after(granted, name_people(), "li", date(2027, 5, 15))
    money = after(named, disburse(voucher="V-2027-1"), "feng", date(2027, 5, 20))
    arrived = after(money, received(voucher="V-2027-1", year=2027), "ji", date(2027, 5, 21))
    begun = after(arrived, BeginTask(), "schedule", NEXT.start_on)
    assert begun.case.state.phase == "active"


def test_who_took_a_part_in_the_old_case_takes_no_other_in_the_new_one():
    there = carried_on()
    joint = replace(there, seats=(*there.seats, seat("wang", "harbour", "committee_director")))
    answered = joint.answer(sign(decision_no="东续〔2027〕3号", term=NEXT, payments=NEXT_PAYMENTS), by="wang", on=ON)
    assert refusal(answered)[0] == "substitute_needed"


def test_what_is_open_already_is_not_opened_again():
    (event,) = [each for each in carried_on().history if isinstance(each, ItemCarriedOn)]
    again = CarryOnItem(**{name: getattr(event, name) for name in CarryOnItem.model_fields})
    assert carried_on().answer(again, by="linked_case", on=ON).answer.outcome == "refused"
