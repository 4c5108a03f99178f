"""In every part: nobody on his own body's item, nobody in two parts (dossier §3.1; S3-17; ADMISSION §2)."""

from dataclasses import dataclass, replace
from datetime import date
from typing import Any

import pytest

from domain.kernel.directory import Spell, Tie
from domain.kernel.messages import Command
from domain.task_admission.commands import (
    AcceptApplication,
    CallConference,
    ConfirmListed,
    DirectToDepartment,
    ReclassifyItem,
    ReferToConference,
    RejectAdmission,
    RejectApplication,
    SendToPurchase,
    SubmitApplication,
)
from tests.domain.task_admission.district import (
    LISTED,
    LONG_AGO,
    TODAY,
    District,
    a_form,
    details,
    refusal,
    seat,
)
from tests.domain.task_admission.main_line import (
    HEARD_ON,
    accept,
    accepted,
    after,
    approve,
    countersign,
    opinion,
    reviewed,
)

ON = date(2026, 3, 10)
YESTERDAY = date(2026, 3, 9)


@dataclass(frozen=True)
class Part:
    """A part of the chain: what is asked in it, by which role, of which kind of body, and the case it is asked in."""

    command: Command
    role: str
    there: District


REJECT = RejectApplication(reason="duty_shifting", reasons="属于部门自身职责。", article="S1f-04")
CALL = CallConference(cause="fund_dispute", facts="经费来源有争议。")
PARTS = {
    "accept": Part(accept(), "secretariat", District().submitted()),
    "confirm listed": Part(ConfirmListed(conditions="提供材料。"), "secretariat", District().submitted(LISTED)),
    "direct": Part(DirectToDepartment(), "secretariat", District().submitted(a_form(routine=True))),
    "refer": Part(ReferToConference(), "secretariat", District().submitted(a_form(needs_community=False))),
    "reject": Part(REJECT, "secretariat", District().submitted()),
    "reject in review": Part(REJECT, "secretariat", reviewed()),
    "read lists again": Part(ReclassifyItem(), "secretariat", accepted()),
    "countersign": Part(countersign(), "finance_bureau", accepted()),
    "call": Part(CALL, "convenor", accepted()),
    "approve": Part(approve(), "approver", reviewed()),
    "refuse": Part(RejectAdmission(reasons="不予准入。"), "approver", reviewed()),
    "send to purchase": Part(SendToPurchase(), "approver", reviewed()),
}
EVERY_PART = pytest.mark.parametrize("part", PARTS.values(), ids=PARTS)


def control(above: str, below: str, last_on: date | None = None) -> Tie:
    return Tie(kind="control", subject=above, object=below, spell=Spell(first_on=LONG_AGO, last_on=last_on))


def answer(part: Part, *seats: Any, ties: tuple[Tie, ...] = (), by: str = "yan", **more: Any):
    there = replace(part.there, seats=(*part.there.seats, *seats), ties=ties)
    return there.answer(part.command, by=by, on=ON, **more)


def code(decision) -> str | None:
    return None if decision.answer.refusal is None else refusal(decision)[0]


# --- the body
@EVERY_PART
def test_nobody_acts_on_the_application_of_his_own_body(part):
    answered = answer(part, seat("yan", "health", part.role))
    assert refusal(answered) == ("own_application", "dossier §3.1")
    assert details(answered) == {"applicant": "health", "organisation": "health"}


@EVERY_PART
@pytest.mark.parametrize(
    "ties",
    [(control("above", "health"),), (control("health", "above"),), (control("top", "health"), control("top", "above"))],
    ids=["controls it", "is controlled by it", "under one controller"],
)
def test_nor_on_that_of_a_body_under_common_control(part, ties):
    assert code(answer(part, seat("yan", "above", part.role), ties=ties)) == "own_application"


@EVERY_PART
@pytest.mark.parametrize(("last_on", "is_allied"), [(ON, True), (YESTERDAY, False)])
def test_control_that_ended_yesterday_joins_nobody(part, last_on, is_allied):
    answered = answer(part, seat("yan", "above", part.role), ties=(control("above", "health", last_on),))
    assert (code(answered) == "own_application") is is_allied


# --- the person
@EVERY_PART
@pytest.mark.parametrize("second", ["health", "above"])
def test_who_holds_a_second_seat_in_the_applying_body_or_one_allied_to_it_needs_a_substitute(part, second):
    two = (seat("yan", "elsewhere_office", part.role), seat("yan", second, "adviser"))
    answered = answer(part, *two, ties=(control("above", "health"),))
    assert refusal(answered) == ("substitute_needed", "S3-17, dossier §3.1")
    assert details(answered) == {"person": "yan", "applicant": "health"}


@EVERY_PART
def test_a_second_seat_given_up_yesterday_is_none(part):
    two = (seat("yan", "elsewhere_office", part.role), seat("yan", "health", "adviser", last_on=YESTERDAY))
    assert code(answer(part, *two)) != "substitute_needed"


@EVERY_PART
def test_a_joint_post_in_a_body_that_has_nothing_to_do_with_it_is_lawful(part):
    two = (seat("yan", "elsewhere_office", part.role), seat("yan", "education", "adviser"))
    assert code(answer(part, *two)) in {None, "no_list_change", "route_is_agreement"}


@EVERY_PART
@pytest.mark.parametrize("person", ["li", "chen"])
def test_who_drafted_it_or_answers_for_it_acts_in_no_other_part(part, person):
    moved = (seat(person, "elsewhere_office", part.role),)
    others = tuple(each for each in part.there.seats if each.person != person)
    answered = answer(replace(part, there=replace(part.there, seats=others)), *moved, by=person)
    assert refusal(answered) == ("substitute_needed", "S3-17, dossier §3.1")


@EVERY_PART
def test_nobody_acts_by_proxy_of_the_applicants_people(part):
    answered = answer(part, seat("yan", "elsewhere_office", part.role), on_behalf_of="chen")
    assert refusal(answered)[0] == "substitute_needed"
    assert details(answered)["person"] == "chen"


@EVERY_PART
@pytest.mark.parametrize(("last_on", "is_out"), [(ON, False), (YESTERDAY, True)])
def test_an_office_that_ended_yesterday_is_none(part, last_on, is_out):
    answered = answer(part, seat("yan", "elsewhere_office", part.role, last_on=last_on))
    assert (code(answered) == "not_in_office") is is_out


# --- two parts of one chain
JOINT = {
    ("wang", "secretariat"): ("finance_bureau", countersign(), accepted()),
    ("wang", "acceptance"): ("approver", approve(), reviewed()),
    ("ji", "opinion"): ("approver", approve(), reviewed()),
    ("ji", "opinion, then rejection"): ("secretariat", REJECT, reviewed()),
    ("feng", "countersignature"): ("approver", approve(), reviewed()),
    ("feng", "countersignature, then conference"): ("convenor", CALL, reviewed()),
}


@pytest.mark.parametrize(("who", "second"), JOINT.items(), ids=[" ".join(each) for each in JOINT])
def test_who_acted_in_one_part_acts_in_no_other(who, second):
    (person, _), (role, command, there) = who, second
    others = tuple(each for each in there.seats if each.person != person)
    there = replace(there, seats=(*others, seat(person, "elsewhere_office", role)))
    answered = there.answer(command, by=person, on=ON)
    assert refusal(answered) == ("substitute_needed", "S3-17, dossier §3.1")
    assert details(answered)["person"] == person


def test_the_same_part_may_be_played_twice():
    again = reviewed().answer(REJECT, by="wang", on=ON)
    assert again.answer.phase == "rejected"


def test_an_approver_who_also_spoke_for_the_community_needs_a_substitute_and_a_silent_one_does_not():
    joint = seat("zhou", "harbour", "residents_committee")
    there = accepted(there=District(seats=(*District().seats, joint)))
    spoke = after(after(there, opinion(), "zhou", HEARD_ON), countersign(), "feng", HEARD_ON)
    assert code(spoke.answer(approve(), by="zhou", on=ON)) == "substitute_needed"
    assert code(reviewed(there).answer(approve(), by="zhou", on=ON)) is None


# --- the secretariat as applicant, and its substitute office
def applied_by_civil_affairs() -> District:
    own = a_form(cost_bearer="civil", accountable_officer="sun")
    drafted = District().drafted(own, by="sun")
    return after(drafted, SubmitApplication(), "sun", TODAY)


def test_civil_affairs_does_not_check_its_own_application():
    answered = applied_by_civil_affairs().answer(AcceptApplication(), by="wang", on=ON)
    assert refusal(answered) == ("own_application", "dossier §3.1")


def test_another_bodys_office_acts_in_its_place():
    answered = applied_by_civil_affairs().answer(AcceptApplication(), by="tang", on=ON)
    assert answered.after.state.file.accepted.by == "tang"
