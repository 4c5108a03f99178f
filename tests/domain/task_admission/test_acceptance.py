"""Acceptance ends the formal check and begins the decision; the community is asked inside it (ADMISSION §3, §8.12)."""

from datetime import date

import pytest

from domain.kernel.clock_events import DeadlineKept, DeadlineSet
from domain.task_admission.commands import AcceptApplication
from domain.task_admission.events import ApplicationAccepted
from domain.task_admission.state import ConsultingCommunity
from tests.domain.task_admission.district import TODAY, District, a_form, details, refusal
from tests.domain.task_admission.main_line import ACCEPTED_ON, accept, accepted, reviewed

NOT_OFF_LIST = [
    ({"matter": "investment_attraction"}, "reject:prohibited"),
    ({"matter": "residents_pact"}, "reject:autonomy"),
    ({"matter": "road_inspection"}, "reject:duty_shifting"),
    ({"matter": "public_health_notices"}, "listed_assistance"),
    ({"routine": True}, "department_direct"),
    ({"needs_community": False}, "joint_conference"),
]


def answer(there, on=ACCEPTED_ON, by="wang"):
    return there.answer(accept(), by=by, on=on)


def test_an_off_list_item_is_accepted_and_the_community_is_asked():
    answered = answer(District().submitted())
    accepted_event, kept, decision, opinion = answered.events
    assert accepted_event == ApplicationAccepted(by="wang", on=ACCEPTED_ON)
    assert kept == DeadlineKept(limit="formal_check", on=ACCEPTED_ON)
    assert [type(each) for each in (decision, opinion)] == [DeadlineSet, DeadlineSet]
    assert isinstance(answered.after.state, ConsultingCommunity)
    assert answered.after.clocks.lasting() == ("decision", "opinion")


def test_the_decision_has_fifteen_working_days_from_acceptance_and_the_opinion_five_of_them():
    clocks = accepted().case.clocks
    decision, opinion = clocks["decision"], clocks["opinion"]
    assert (decision.deadline.due_on, decision.deadline.rule, decision.deadline.kind) == (
        date(2026, 3, 26),
        "DL-02",
        "duty",
    )
    assert (opinion.deadline.due_on, opinion.deadline.rule, opinion.deadline.kind) == (
        date(2026, 3, 12),
        "DL-07",
        "forfeiture",
    )
    assert (decision.owner, opinion.owner, opinion.organisation) == ("approver", "residents_committee", "harbour")


def test_a_villagers_committee_is_asked_in_its_own_name():
    there = District().submitted(community="fields")
    clock = answer(there).after.clocks["opinion"]
    assert (clock.owner, clock.organisation) == ("villagers_committee", "fields")


@pytest.mark.parametrize(("change", "route"), NOT_OFF_LIST)
def test_an_item_of_another_route_needs_no_admission(change, route):
    answered = answer(District().submitted(a_form(**change)))
    assert refusal(answered) == ("route_needs_no_admission", "dossier §4.1")
    assert details(answered)["route"] == route


def test_accepting_what_is_accepted_is_nothing_new():
    assert answer(accepted()).answer.outcome == "nothing_new"


@pytest.mark.parametrize("there", [District().drafted(), reviewed()], ids=["draft", "under review"])
def test_only_an_item_in_the_formal_check_is_accepted(there):
    assert refusal(answer(there, on=date(2026, 3, 9))) == ("wrong_phase", "dossier §4.1")


@pytest.mark.parametrize("by", ["li", "zhou", "ji", "feng", "schedule"])
def test_nobody_but_the_secretariat_accepts(by):
    assert refusal(answer(District().submitted(), by=by)) == ("not_your_role", "dossier §3.1")


def test_acceptance_on_paper_begins_the_periods_on_its_own_day():
    there = District().submitted()
    answered = there.answer(AcceptApplication(), by="wang", on=ACCEPTED_ON, act_on=date(2026, 3, 4), evidence="受理单")
    assert answered.after.clocks["decision"].started_on == date(2026, 3, 4)
    without = there.answer(AcceptApplication(), by="wang", on=ACCEPTED_ON, act_on=TODAY)
    assert refusal(without) == ("earlier_day_without_evidence", "DESIGN §2")
