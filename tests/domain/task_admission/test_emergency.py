"""A threat that cannot wait is declared, confirmed, and worked against at once; it launders no prohibition.

X-HS; DL-52, DL-53; dossier §4.1 row 7; ADMISSION §6, §8 item 24.
"""

from dataclasses import replace
from datetime import date

import pytest

from domain.kernel.clock_events import DeadlineClosed, DeclareMissed
from domain.kernel.ledger import BalanceOf
from domain.task_admission.application import Demand, LegalBasis
from domain.task_admission.commands import (
    AcceptApplication,
    AmendDraft,
    ConfirmEmergency,
    DeclareEmergency,
    SubmitApplication,
    WithdrawApplication,
)
from domain.task_admission.events import (
    EmergencyConfirmed,
    EmergencyDeclared,
)
from domain.task_admission.state import DeclaredEmergency, EmergencyActive, Screening, view
from tests.domain.task_admission.district import (
    CONTRADICTION,
    START,
    TODAY,
    District,
    a_form,
    appropriation,
    details,
    organisation,
    refusal,
    seat,
)
from tests.domain.task_admission.main_line import after, opinion, reviewed
from tests.domain.task_admission.mending import ask_to_mend, mend
from tests.domain.task_admission.threatened import (
    CEILING,
    CONFIRMED_ON,
    LAST_DAY,
    THREAT,
    a_threat,
    come_back,
    confirmed,
    declared,
    regularised,
)

ON = date(2026, 3, 9)


def declare(form, there=None, on=TODAY, **more):
    return (there or District()).drafted(form, on=on).answer(DeclareEmergency(**more), on=on)


# --- declared
def test_an_emergency_is_declared_from_the_draft_and_nobody_works_on_it_before_it_is_confirmed():
    answered = declare(a_threat())
    said, opened = answered.events
    assert isinstance(said, EmergencyDeclared)
    assert (said.emergency, said.funding.amount_fen, said.term.end_on) == (THREAT, CEILING, date(2026, 3, 31))
    assert (opened.limit, opened.deadline.due_on, opened.deadline.kind) == ("confirmation", CONFIRMED_ON, "duty")
    assert (answered.after.state.phase, type(answered.after.state)) == ("screening", DeclaredEmergency)


def test_a_form_with_blanks_is_enough_as_long_as_it_says_what_and_from_when_to_when():
    bare = a_threat(claim=None, legal_basis=None, accountable_officer=None, workload=None, people=None, authority=None)
    assert declare(bare).answer.outcome == "recorded"
    for blank, code in (("description", "incomplete"), ("start_on", "incomplete"), ("end_on", "term_open_ended")):
        assert refusal(declare(bare.model_copy(update={blank: None})))[0] == code


def test_a_form_that_was_classified_as_an_emergency_is_declared_from_the_check_whose_period_closes():
    answered = District().submitted(a_threat()).answer(DeclareEmergency())
    assert DeadlineClosed(limit="formal_check") in answered.events
    assert isinstance(answered.after.state.before, Screening)


def test_its_money_may_be_named_with_the_declaration_and_without_any_it_is_refused():
    form = a_threat(funding=None)
    there = District().submitted(form)
    assert refusal(there.answer(DeclareEmergency()))[0] == "funding_missing"
    assert there.answer(DeclareEmergency(funding=a_threat().funding)).answer.outcome == "recorded"


@pytest.mark.parametrize(
    ("money", "code"),
    [
        ({"cost_bearer": "education"}, "wrong_cost_bearer"),
        ({"money": {"source": "charity_funds"}}, "funds_not_eligible"),
        ({"amount_fen": 0}, "funding_missing"),
        ({"amount_fen": 20_000_001}, "funding_missing"),
    ],
)
def test_the_department_bears_the_cost_from_the_first_hour_from_a_lawful_fund_that_holds_it(money, code):
    assert refusal(declare(a_threat(**money)))[0] == code


def test_without_a_threat_it_is_none_nor_where_the_lists_say_otherwise():
    assert (refusal(declare(a_threat(emergency=None))), details(declare(a_threat(emergency=None)))["why"]) == (
        ("not_an_emergency", "X-HS"),
        "no_threat_shown",
    )
    contradicted = District().submitted(a_form()).answer(DeclareEmergency())
    assert details(contradicted)["why"] == "no_threat_shown"


def test_what_begins_after_the_day_by_which_it_must_be_confirmed_can_wait():
    assert declare(a_threat(start_on=CONFIRMED_ON)).answer.outcome == "recorded"
    later = declare(a_threat(start_on=date(2026, 3, 5)))
    assert (refusal(later)[0], details(later)["why"]) == ("not_an_emergency", "can_wait")


def test_it_lasts_no_longer_than_the_maximum_and_is_never_extended():
    assert declare(a_threat(end_on=date(2026, 4, 1))).answer.outcome == "recorded"
    assert refusal(declare(a_threat(end_on=date(2026, 4, 2))))[0] == "term_too_long"


# --- it launders no prohibition
@pytest.mark.parametrize(
    "changes",
    [
        {"matter": "investment_attraction"},
        {"demands": (Demand(what="seal"),)},
        {"demands": (Demand(what="office"),)},
        {"demands": (Demand(what="responsible_subject"),)},
    ],
    ids=["matter", "seal", "office", "responsible subject"],
)
def test_what_is_prohibited_stays_so_in_an_emergency(changes):
    assert refusal(declare(a_threat(**changes)))[0] == "prohibited"
    in_time = a_threat(start_on=START, end_on=START, **changes)
    assert refusal(District().submitted(in_time).answer(DeclareEmergency()))[0] == "prohibited"


def test_nor_is_a_community_made_the_responsible_subject_where_no_list_is_in_force():
    there = District().without_list("prohibited_list")
    assert refusal(declare(a_threat(demands=(Demand(what="responsible_subject"),)), there))[0] == "prohibited"


def test_an_office_that_a_law_provides_for_is_no_prohibition():
    lawful = Demand(what="office", law=LegalBasis(instrument="L-RC25", article="43"))
    assert declare(a_threat(demands=(lawful,))).answer.outcome == "recorded"


# --- confirmed
def test_the_approver_confirms_and_the_work_begins_at_once_with_the_money_set_aside():
    answered = declared().answer(ConfirmEmergency(), by="zhou", on=CONFIRMED_ON)
    said, reserved, kept, opened = answered.events
    assert said == EmergencyConfirmed(cost_bearer="health", by="zhou", on=CONFIRMED_ON)
    assert (reserved.amount_fen, reserved.postings[0].account) == (CEILING, appropriation(2026))
    assert kept.limit == "confirmation"
    assert (opened.limit, opened.deadline.due_on, opened.deadline.kind) == ("regularisation", LAST_DAY, "forfeiture")
    assert isinstance(answered.after.state, EmergencyActive)
    assert answered.after.state.phase == "emergency_active"


def test_so_may_the_duty_officer_and_nobody_from_the_applicant():
    on_duty = replace(declared(), seats=(*District().seats, seat("fan", "government", "duty_officer")))
    assert on_duty.answer(ConfirmEmergency(), by="fan", on=TODAY).answer.outcome == "recorded"
    own = replace(declared(), seats=(*District().seats, seat("zhu", "health", "approver")))
    assert refusal(own.answer(ConfirmEmergency(), by="zhu", on=TODAY))[0] == "own_application"
    both = replace(declared(), seats=(*District().seats, seat("li", "authority", "approver")))
    assert refusal(both.answer(ConfirmEmergency(), by="li", on=TODAY))[0] == "substitute_needed"


def test_what_is_over_by_then_is_confirmed_no_more():
    short = declared(a_threat(end_on=date(2026, 3, 5)))
    assert short.answer(ConfirmEmergency(), by="zhou", on=date(2026, 3, 5)).answer.outcome == "recorded"
    assert refusal(short.answer(ConfirmEmergency(), by="zhou", on=date(2026, 3, 6))) == ("term_over", "ADMISSION §8.24")


def test_money_that_is_gone_by_then_is_missed_by_its_confirmation():
    there = declared().with_fact(BalanceOf(appropriation(2026)), CEILING - 1)
    assert refusal(there.answer(ConfirmEmergency(), by="zhou", on=CONFIRMED_ON))[0] == "funding_missing"


def test_unconfirmed_it_is_missed_and_climbs_and_still_nobody_works_on_it():
    there = declared()
    assert there.answer(DeclareMissed(limit="confirmation"), by="schedule", on=CONFIRMED_ON).events == ()
    missed = after(there, DeclareMissed(limit="confirmation"), "schedule", date(2026, 3, 5))
    assert (missed.case.state.phase, missed.case.clocks["confirmation"].ladder) != ("emergency_active", ())
    (work,) = view(missed.case.state).work
    assert (work.task, work.role, work.limit) == ("confirm_emergency", "approver", "confirmation")
    late = missed.answer(ConfirmEmergency(), by="zhou", on=date(2026, 3, 6))
    assert late.after.clocks["confirmation"].state == "missed"


def test_the_same_again_is_nothing_new():
    assert declared().answer(DeclareEmergency()).answer.outcome == "nothing_new"
    assert confirmed().answer(ConfirmEmergency(), by="zhou", on=ON).answer.outcome == "nothing_new"
    assert regularised().answer(come_back(), on=ON).answer.outcome == "nothing_new"


@pytest.mark.parametrize(
    ("command", "by"),
    [
        (AmendDraft(application=a_threat()), "li"),
        (SubmitApplication(), "li"),
        (AcceptApplication(), "wang"),
        (ask_to_mend(), "wang"),
        (mend(), "li"),
        (opinion(), "ji"),
    ],
    ids=lambda each: type(each).__name__,
)
def test_meanwhile_nothing_else_is_asked_of_it(command, by):
    for there in (declared(), confirmed()):
        assert refusal(there.answer(command, by=by, on=ON))[0] == "wrong_phase"


def test_it_may_be_taken_back_before_and_after_it_was_confirmed():
    for there in (declared(), confirmed()):
        answered = there.answer(WithdrawApplication(), on=ON)
        assert (answered.after.state.phase, answered.after.clocks.lasting()) == ("withdrawn", ())


def test_a_community_that_is_there_no_more_is_not_asked():
    gone = replace(
        District().drafted(a_threat()),
        organisations=(
            *(each for each in District().organisations if each.id != "harbour"),
            organisation("harbour", "residents_committee", last_on=date(2026, 3, 2)),
        ),
    )
    assert refusal(gone.answer(DeclareEmergency()))[0] == "community_abolished"


def test_where_two_lists_contradict_each_other_no_threat_decides_between_them():
    there = District().with_list(*CONTRADICTION).submitted(a_threat(start_on=START, end_on=START))
    answered = there.answer(DeclareEmergency())
    assert (refusal(answered)[0], details(answered)["why"]) == ("not_an_emergency", "another_route")


def test_what_is_under_way_is_declared_no_more_and_only_an_emergency_comes_back():
    assert refusal(reviewed().answer(DeclareEmergency(), on=ON))[0] == "wrong_phase"
    assert refusal(reviewed().answer(come_back(), on=ON))[0] == "wrong_phase"


def test_a_form_that_names_nobody_yet_may_be_confirmed():
    bare = declared(a_threat(accountable_officer=None))
    assert bare.answer(ConfirmEmergency(), by="zhou", on=TODAY).answer.outcome == "recorded"
