"""With fewer than three bodies left to vote the district government decides, in writing (ADMISSION §8 item 16)."""

import pytest

from domain.joint_conference.events import GovernmentDecided
from domain.kernel.clock_events import DeadlineKept
from tests.domain.joint_conference.council import (
    CASE,
    OTHER,
    REASONS,
    SIGNED_ON,
    TEXT,
    before_government,
    convened,
    followed,
    instead,
    joined,
    left,
    phase,
    seat,
    with_,
)


def ask(there, command, by="lu"):
    return there.when(command, by=by, on=SIGNED_ON)


def test_its_document_stands_for_the_minutes():
    answered = ask(before_government(), instead())
    answered.then(
        GovernmentDecided(
            motion="admit",
            way=None,
            reasons=None,
            number="东管函〔2026〕9号",
            text_sha256=TEXT,
            by="lu",
            on=SIGNED_ON,
        ),
        DeadlineKept(limit="conference", on=SIGNED_ON),
    )
    assert (phase(answered.after), answered.after.case.state.awaited) == ("minuted", (CASE,))
    assert phase(followed(answered.after)) == "followed_up"


def test_it_gives_reasons_as_the_conference_would():
    ask(before_government(), instead(motion="reject")).then_refused("joint_conference.reasons_missing")
    assert phase(ask(before_government(), instead(motion="reject", reasons=REASONS)).recorded()) == "minuted"


def test_it_does_not_decide_before_it_is_asked():
    ask(convened(), instead()).then_refused("joint_conference.wrong_phase", phase="convened")


@pytest.mark.parametrize("by", ["zheng", "ma", "wang", "zhou"])
def test_nobody_else_decides_in_its_place(by):
    ask(before_government(), instead(), by).then_refused("joint_conference.not_your_role")


def test_nobody_decides_in_it_who_sits_in_a_body_concerned():
    there = with_(before_government(), seat("lu", "housing", "adviser"))
    ask(there, instead()).then_refused("joint_conference.substitute_needed", person="lu")


def test_a_case_that_came_later_is_not_decided_with_the_others():
    there = ask(joined(before_government()), instead()).recorded()
    assert (phase(there), [each.case for each in there.case.state.brought]) == ("called", [OTHER])


def test_where_the_case_it_was_asked_about_is_taken_back_the_one_that_came_later_is_called_anew():
    assert phase(left(joined(before_government()))) == "called"
