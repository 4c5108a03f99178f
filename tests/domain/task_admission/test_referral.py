"""What the lists contradict, or know nothing of, goes to the joint conference (S1e-35, X-EQ; row 8 of dossier §4.1)."""

from datetime import date

import pytest

from domain.kernel.clock_events import DeadlineKept, DeadlineSet
from domain.task_admission.commands import ReferToConference
from domain.task_admission.events import ConferenceCalled
from domain.task_admission.state import JointConference, Screening
from tests.domain.task_admission.district import CONTRADICTION, District, a_form, details, refusal
from tests.domain.task_admission.main_line import accepted

ON = date(2026, 3, 5)
UNKNOWN = a_form(needs_community=False)


def answer(there, by="wang"):
    return there.answer(ReferToConference(), by=by, on=ON)


def test_an_item_that_fits_nothing_is_referred_with_its_ground():
    answered = answer(District().submitted(UNKNOWN))
    called, kept, conference = answered.events
    assert called == ConferenceCalled(cause="list_conflict", facts="none_fits (S1e-35, X-EQ)", by="wang", on=ON)
    assert kept == DeadlineKept(limit="formal_check", on=ON)
    assert isinstance(conference, DeadlineSet)
    state = answered.after.state
    assert isinstance(state, JointConference)
    assert isinstance(state.before, Screening)
    assert state.title == UNKNOWN.title


def test_the_conference_has_fifteen_working_days():
    clock = answer(District().submitted(UNKNOWN)).after.clocks["conference"]
    assert (clock.deadline.due_on, clock.deadline.rule, clock.deadline.kind, clock.owner) == (
        date(2026, 3, 26),
        "DL-08",
        "duty",
        "convenor",
    )


def test_two_entries_that_contradict_each_other_are_both_named():
    answered = answer(District().with_list(*CONTRADICTION).submitted())
    assert answered.events[0].facts == "matter (S2-05); matter (S4-06)"


def test_an_item_with_a_route_of_its_own_gives_no_cause():
    answered = answer(District().submitted())
    assert refusal(answered) == ("no_cause", "dossier §4.1")
    assert details(answered)["route"] == "off_list"


def test_referring_what_is_referred_is_nothing_new():
    there = District().submitted(UNKNOWN)
    assert answer(there.given(*answer(there).events)).answer.outcome == "nothing_new"


@pytest.mark.parametrize("there", [District().drafted(UNKNOWN), accepted()], ids=["draft", "accepted"])
def test_only_the_formal_check_refers(there):
    assert refusal(answer(there))[0] == "wrong_phase"
