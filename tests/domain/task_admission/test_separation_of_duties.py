"""Nobody screens his own organisation's application, nor one under common control (dossier §3.1; S3-17)."""

from datetime import date

import pytest

from domain.kernel.directory import Spell, Tie
from domain.kernel.separation import under_common_control
from domain.task_admission.commands import RejectApplication, SubmitApplication
from tests.domain.task_admission.district import LONG_AGO, TODAY, District, a_form, details, refusal, seat

REJECT = RejectApplication(reason="duty_shifting", reasons="属于部门自身职责。", article="S1f-04")


def control(above, below, last_on=None, kind="control"):
    return Tie(kind=kind, subject=above, object=below, spell=Spell(first_on=LONG_AGO, last_on=last_on))


def answer(*, ties=(), seats=(), form=None, by="wang", applicant="li"):
    there = District(ties=ties, seats=(*District().seats, *seats)).submitted(form, by=applicant)
    return there.answer(REJECT, by=by)


def test_the_secretariat_screens_another_bodys_application():
    assert answer().answer.phase == "rejected"


def test_the_secretariat_does_not_screen_its_own_bodys_application():
    own = a_form(cost_bearer="civil", accountable_officer="sun")
    assert refusal(answer(form=own, applicant="sun")) == ("own_application", "dossier §3.1")


@pytest.mark.parametrize(
    "ties",
    [
        (control("civil", "health"),),
        (control("health", "civil"),),
        (control("holding", "health"), control("holding", "civil")),
        (control("top", "holding"), control("holding", "health"), control("top", "civil")),
    ],
)
def test_nor_that_of_a_body_that_controls_it_that_it_controls_or_that_has_the_same_controller(ties):
    assert refusal(answer(ties=ties))[0] == "own_application"


@pytest.mark.parametrize(
    "ties",
    [
        (control("civil", "health", last_on=date(2026, 3, 2)),),
        (control("civil", "health", kind="kin"),),
        (control("health", "clinic"), control("civil", "clinic")),
    ],
)
def test_a_tie_that_ended_is_of_another_kind_or_only_a_body_below_does_not_join_them(ties):
    assert answer(ties=ties).answer.phase == "rejected"


def test_control_is_read_on_the_day_of_the_act():
    ties = (control("civil", "health", last_on=TODAY),)
    assert under_common_control("health", ties, TODAY) == {"health", "civil"}
    assert under_common_control("health", ties, date(2026, 3, 4)) == {"health"}


def test_who_handed_the_form_in_does_not_screen_it_from_another_seat():
    two_seats = (seat("li", "civil", "secretariat"),)
    answered = answer(seats=two_seats, by="li")
    assert refusal(answered) == ("substitute_needed", "S3-17, dossier §3.1")
    assert details(answered) == {"person": "li", "applicant": "health"}


def test_the_accountable_officer_does_not_screen_it_either():
    assert refusal(answer(seats=(seat("chen", "civil", "secretariat"),), by="chen"))[0] == "substitute_needed"


def test_who_holds_any_seat_in_the_applying_body_needs_a_substitute():
    joint = (seat("ma", "civil", "secretariat"), seat("ma", "health", "adviser"))
    assert refusal(answer(seats=joint, by="ma"))[0] == "substitute_needed"


def test_a_joint_post_elsewhere_is_lawful():
    joint = (seat("ma", "civil", "secretariat"), seat("ma", "finance", "adviser"))
    assert answer(seats=joint, by="ma").answer.phase == "rejected"


def test_a_seat_given_up_before_is_no_seat():
    joint = (seat("ma", "civil", "secretariat"), seat("ma", "health", "adviser", last_on=date(2026, 3, 2)))
    assert answer(seats=joint, by="ma").answer.phase == "rejected"


def test_who_drafted_the_form_and_left_the_body_still_does_not_screen_it():
    moved = (seat("hu", "health", "delegating_department", last_on=TODAY), seat("hu", "civil", "secretariat"))
    there = District(seats=(*District().seats, *moved)).drafted(by="hu")
    handed_in = there.given(*there.answer(SubmitApplication()).events)
    assert refusal(handed_in.answer(REJECT, by="hu", on=date(2026, 3, 4)))[0] == "substitute_needed"


def test_the_applicant_does_not_reject_at_all():
    assert refusal(answer(by="zhao"))[0] == "not_your_role"
