"""Each quarter says how much work it was, and what recipients think; nobody asked is no data, not nought (S1e-18)."""

from datetime import date
from fractions import Fraction

import pytest

from domain.kernel.directory import ControlTiesAround, Spell, Tie
from domain.task_admission.events import SatisfactionRecorded, WorkloadReported
from tests.domain.task_admission.district import LONG_AGO, refusal
from tests.domain.task_admission.main_line import active, after, paid
from tests.domain.task_admission.owed import happened
from tests.domain.task_admission.reporting import FIRST_QUARTER, REPORT_DUE, survey, with_surveyor, workload


def asked(there, command, by="ji", on=REPORT_DUE):
    return there.answer(command, by=by, on=on)


def surveyed(**said):
    return after(with_surveyor(), survey(**said), "gu", REPORT_DUE)


# --- workload
def test_the_workload_stands_beside_what_was_admitted():
    event = happened(after(active(), workload(), "ji", REPORT_DUE), WorkloadReported)
    assert (event.hours, event.quantity, event.admitted_hours_a_month) == (44, 300, 40)


def test_the_last_word_on_a_quarter_counts():
    there = after(active(), workload(), "ji", REPORT_DUE)
    assert asked(there, workload()).answer.outcome == "nothing_new"
    again = after(there, workload(hours=45), "ji", REPORT_DUE)
    assert [each.hours for each in again.case.state.duties.workloads] == [45]


# --- satisfaction
def test_the_rate_is_that_of_those_who_answered():
    event = happened(surveyed(), SatisfactionRecorded)
    assert (event.rate, event.asked - event.answered, event.surveyor) == (Fraction(71, 83), 17, "centre")


@pytest.mark.parametrize("asked_of", [0, 40])
def test_where_nobody_answered_there_is_no_rate(asked_of):
    assert happened(surveyed(asked=asked_of, answered=0, satisfied=0), SatisfactionRecorded).rate is None


def test_where_nobody_was_satisfied_the_rate_is_nought():
    assert happened(surveyed(satisfied=0), SatisfactionRecorded).rate == 0


@pytest.mark.parametrize("counts", [(83, 84, 71), (100, 83, 84)])
def test_more_than_were_asked_do_not_answer(counts):
    assert refusal(asked(with_surveyor(), survey(*counts), by="gu"))[0] == "survey_miscounted"


def test_the_same_survey_is_recorded_once_and_another_beside_it():
    there = surveyed()
    assert asked(there, survey(), by="gu").answer.outcome == "nothing_new"
    assert len(after(there, survey(report="调〔2026〕3号"), "gu", REPORT_DUE).case.state.duties.surveys) == 2


def test_neither_side_surveys_its_own_work():
    assert refusal(asked(with_surveyor(), survey(), by="shi"))[0] == "surveyor_not_independent"
    assert refusal(asked(with_surveyor(), survey(), by="lu"))[0] == "own_application"
    assert refusal(asked(with_surveyor(), survey(), by="ji"))[0] == "not_your_role"


def test_nor_does_a_body_that_stands_behind_the_community():
    tie = Tie(kind="control", subject="harbour", object="centre", spell=Spell(first_on=LONG_AGO))
    there = with_surveyor().with_fact(ControlTiesAround("harbour"), (tie,))
    assert refusal(asked(there, survey(), by="gu"))[0] == "surveyor_not_independent"


# --- both
@pytest.mark.parametrize(("command", "by"), [(workload(), "ji"), (survey(), "gu")])
def test_a_quarter_that_is_not_over_or_no_quarter_is_not_spoken_of(command, by):
    there = with_surveyor()
    assert refusal(asked(there, command, by, FIRST_QUARTER))[0] == "quarter_not_over"
    other = command.model_copy(update={"until_on": date(2026, 7, 1)})
    assert refusal(asked(there, other, by))[0] == "no_such_quarter"


@pytest.mark.parametrize(("command", "by"), [(workload(), "ji"), (survey(), "gu")])
def test_of_work_that_has_not_begun_nothing_is_said(command, by):
    assert refusal(asked(with_surveyor(paid()), command, by))[0] == "wrong_phase"
