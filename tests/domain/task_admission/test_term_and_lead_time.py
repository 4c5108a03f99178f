"""The term is closed and not too long; the application is in 30 working days before the first day (DL-01, X-XC)."""

from datetime import UTC, date, datetime, timedelta

import pytest

from domain.kernel.clock_events import DeadlineKept, DeadlineSet
from domain.task_admission.commands import SubmitApplication
from tests.domain.task_admission.changed_packs import with_grade
from tests.domain.task_admission.district import TODAY, District, a_form, details, refusal


def submit(form, on=TODAY, there=None):
    return (there or District()).drafted(form, on=on).answer(SubmitApplication(), on=on)


def test_a_term_without_an_end_is_refused():
    assert refusal(submit(a_form(end_on=None))) == ("term_open_ended", "dossier §4.1")


def test_a_term_of_exactly_three_years_is_lawful():
    assert submit(a_form(end_on=date(2029, 5, 31))).answer.outcome == "recorded"


def test_a_term_one_day_longer_is_refused_and_the_last_lawful_day_named():
    answer = submit(a_form(end_on=date(2029, 6, 1)))
    assert refusal(answer) == ("term_too_long", "dossier §4.1 [D] †")
    assert details(answer)["longest_on"] == "2029-05-31"


# TV: counted back from 2026-03-02 the thirtieth working day is 2026-01-13.
def test_an_application_on_the_last_day_of_the_lead_time_is_in_time():
    answer = submit(a_form(start_on=date(2026, 3, 2)), on=date(2026, 1, 13))
    kept = DeadlineKept(limit="lead_time", on=date(2026, 1, 13))
    limits = [each for each in answer.events if isinstance(each, DeadlineSet) and each.limit == "lead_time"]
    assert kept in answer.events
    assert limits[0].deadline.due_on == date(2026, 1, 13)
    assert answer.after.clocks.lasting() == ("formal_check",)


def test_one_working_day_later_it_is_too_late_and_the_earliest_lawful_start_is_named():
    answer = submit(a_form(start_on=date(2026, 3, 2)), on=date(2026, 1, 14))
    assert refusal(answer) == ("lead_time_too_short", "X-XC †")
    earliest = date.fromisoformat(details(answer)["earliest_start_on"])
    assert earliest == date(2026, 3, 3)
    assert submit(a_form(start_on=earliest), on=date(2026, 1, 14)).answer.outcome == "recorded"


def test_a_first_day_in_the_past_is_refused_and_a_lawful_one_named():
    answer = submit(a_form(start_on=date(2026, 3, 2)))
    assert refusal(answer)[0] == "lead_time_too_short"
    assert details(answer)["earliest_start_on"] == "2026-04-15"
    assert submit(a_form(start_on=date(2026, 4, 14))).answer.outcome == "refused"


def test_a_lead_time_that_is_only_a_draft_warns_and_is_not_noted_as_kept():
    answer = submit(
        a_form(start_on=date(2026, 3, 10)), there=District(packs=(with_grade("lead_time_period", "draft"),))
    )
    assert [each.code for each in answer.answer.warnings] == ["task_admission.lead_time_too_short"]
    assert [each.limit for each in answer.events if isinstance(each, DeadlineSet)] == ["formal_check"]


def test_a_maximum_that_is_only_proposed_warns():
    there = District(packs=(with_grade("term_maximum", "no"),))
    answer = submit(a_form(end_on=date(2040, 1, 1)), there=there)
    assert [each.code for each in answer.answer.warnings] == ["task_admission.term_too_long"]


# DL-06
def test_the_formal_check_is_due_five_working_days_after_the_day_of_submission():
    clock = District().submitted().case.clocks["formal_check"]
    assert (clock.deadline.due_on, clock.deadline.kind, clock.owner, clock.deadline.rule) == (
        date(2026, 3, 10),
        "duty",
        "secretariat",
        "DL-06",
    )


def test_the_formal_check_skips_the_spring_festival_and_counts_the_saturday_that_is_worked():
    clock = submit(a_form(), on=date(2026, 2, 11)).after.clocks["formal_check"]
    assert clock.deadline.due_on == date(2026, 2, 25)
    assert submit(a_form(), on=date(2026, 2, 24)).after.clocks["formal_check"].deadline.due_on == date(2026, 3, 2)


def test_what_comes_in_before_midnight_in_shanghai_is_of_that_day():
    there = District().drafted(a_form(start_on=date(2026, 3, 2)), on=date(2026, 1, 13))
    last = datetime(2026, 1, 13, 15, 59, 59, tzinfo=UTC)
    assert there.answer(SubmitApplication(), received_at=last).answer.outcome == "recorded"
    assert (
        refusal(there.answer(SubmitApplication(), received_at=last + timedelta(seconds=1)))[0] == "lead_time_too_short"
    )


@pytest.mark.parametrize("grade", ["yes", "default"])
def test_what_binds_refuses(grade):
    there = District(packs=(with_grade("term_maximum", grade),))
    assert refusal(submit(a_form(end_on=date(2040, 1, 1)), there=there))[0] == "term_too_long"
