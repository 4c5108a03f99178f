"""Time limits: set, stopped, kept, missed, reminded of, escalated, recomputed (dossier §3.2, §4 ladder)."""

from datetime import date
from json import dumps, loads

import pytest

from domain.kernel.calendar import Calendar, CalendarYear
from domain.kernel.clock_events import ClockResumed, ClockSuspended, DeadlineSet
from domain.kernel.clocks import Clocks
from domain.kernel.errors import CorruptHistory
from domain.kernel.messages import body_of
from tests.domain.kernel.permit import CALENDAR, PERMIT, Life, opened


def _types(decision):
    return [type(each).__name__ for each in decision.events]


def test_a_limit_names_its_day_its_rule_its_clause_and_how_it_was_counted():
    clock = opened().case.clocks["duty"]
    assert clock.deadline.due_on == date(2026, 3, 9)
    assert clock.deadline.due_at.isoformat() == "2026-03-09T16:00:00+00:00"
    assert (clock.deadline.rule, clock.deadline.kind, clock.deadline.source) == ("P-duty", "duty", "§9")
    assert clock.deadline.derivation[0].on == date(2026, 3, 2)
    assert (clock.owner, clock.state, clock.opened_at_version) == ("clerk", "open", 2)


def test_reminders_lie_three_and_one_working_days_before_the_day():
    assert opened().case.clocks["duty"].reminders == (date(2026, 3, 4), date(2026, 3, 6))


def test_a_reminder_that_would_ring_on_the_day_of_the_decision_is_dropped():
    life = opened()
    life.send("Pause", on="2026-03-03")
    life.send("Go", on="2026-03-04")
    clock = life.case.clocks["duty"]
    assert clock.deadline.due_on == date(2026, 3, 10)
    assert clock.reminders == (date(2026, 3, 5), date(2026, 3, 9))
    late = opened()
    late.send("Pause", on="2026-03-09")
    late.send("Go", on="2026-03-12")
    assert late.case.clocks["duty"].deadline.due_on == date(2026, 3, 12)
    assert late.case.clocks["duty"].reminders == ()


def test_the_owner_is_reminded_once_a_step():
    life = opened()
    assert _types(life.send("RemindOwner", {"limit": "duty", "step": 1}, on="2026-03-04")) == ["OwnerReminded"]
    assert _types(life.send("RemindOwner", {"limit": "duty", "step": 1}, on="2026-03-04")) == []


def test_on_the_last_day_nothing_is_missed_and_on_the_day_after_it_is():
    life = opened()
    assert _types(life.send("DeclareMissed", {"limit": "duty"}, on="2026-03-09")) == []
    assert _types(life.send("DeclareMissed", {"limit": "duty"}, on="2026-03-10")) == ["DeadlineMissed"]
    assert _types(life.send("DeclareMissed", {"limit": "duty"}, on="2026-03-10")) == []
    assert life.case.clocks["duty"].state == "missed"


def test_a_missed_duty_climbs_the_ladder_and_the_phase_stays():
    life = opened()
    missed = life.send("DeclareMissed", {"limit": "duty"}, on="2026-03-10")
    assert missed.events[0].ladder == (date(2026, 3, 12), date(2026, 3, 23))
    assert missed.events[0].to_role == "supervisor"
    first = life.send("Escalate", {"limit": "duty", "step": 1}, on="2026-03-12")
    second = life.send("Escalate", {"limit": "duty", "step": 2}, on="2026-03-23")
    assert [each.events[0].to_role for each in (first, second)] == ["coordinating_body", "supervision_office"]
    assert second.answer.phase == "running"
    assert _types(life.send("Escalate", {"limit": "duty", "step": 2}, on="2026-03-23")) == []
    assert _types(life.send("Escalate", {"limit": "duty", "step": 3}, on="2026-03-24")) == []


def test_a_forfeiture_has_reminders_and_no_ladder():
    life = opened()
    assert life.case.clocks["right"].reminders
    missed = life.send("DeclareMissed", {"limit": "right"}, on="2026-03-10")
    assert missed.events[0].ladder == ()


def test_a_duty_done_late_stops_the_ladder_and_the_miss_stays():
    life = opened()
    life.send("DeclareMissed", {"limit": "duty"}, on="2026-03-10")
    life.send("Note", {"text": "a"}, on="2026-03-11")
    clock = life.case.clocks["duty"]
    assert (clock.state, clock.ended) == ("missed", "done")
    assert clock.escalations_ahead() == []
    assert _types(life.send("Escalate", {"limit": "duty", "step": 1}, on="2026-03-12")) == []


def test_a_stopped_clock_rings_nothing_and_runs_again_with_what_was_left():
    life = opened()
    assert _types(life.send("Pause", on="2026-03-05")) == ["ClockSuspended", "ClockSuspended"]
    assert _types(life.send("Pause", on="2026-03-06")) == []
    assert life.case.clocks["duty"].state == "stopped"
    assert _types(life.send("RemindOwner", {"limit": "duty", "step": 2}, on="2026-03-06")) == []
    assert _types(life.send("DeclareMissed", {"limit": "duty"}, on="2026-03-10")) == []
    life.send("Go", on="2026-03-16")
    clock = life.case.clocks["duty"]
    assert (clock.state, clock.deadline.due_on) == ("open", date(2026, 3, 18))
    assert _types(life.send("Go", on="2026-03-17")) == []


def test_a_clock_that_stood_still_twice_leaves_out_both_spans():
    life = opened()
    for stopped, resumed in (("2026-03-04", "2026-03-05"), ("2026-03-06", "2026-03-10")):
        life.send("Pause", on=stopped)
        life.send("Go", on=resumed)
    assert life.case.clocks["duty"].deadline.due_on == date(2026, 3, 12)


def test_closing_the_case_closes_what_still_runs_and_leaves_what_was_kept():
    life = opened()
    life.send("Note", {"text": "a"}, on="2026-03-03")
    life.send("Close", on="2026-03-04")
    assert {name: clock.state for name, clock in life.case.clocks.by_name.items()} == {
        "duty": "done",
        "right": "closed",
    }
    assert life.case.clocks.running() == ()


def test_a_right_that_ran_out_is_lapsed():
    life = opened()
    life.send("Lapse", on="2026-03-10")
    assert life.case.clocks["right"].state == "lapsed"


def _with_2027(life, *days_off):
    year = CalendarYear(year=2027, days_off=tuple(days_off), source="a test's own notice")
    life.calendar = CALENDAR.with_year(year)


RECOMPUTE = {"who": {"person": "register-zone-calendar", "machine": "linked_case"}}


def test_a_day_in_a_year_not_announced_is_provisional_and_one_event_settles_it():
    life = opened(on="2026-12-30")
    assert life.case.clocks["duty"].deadline.provisional
    assert _types(life.send("RecomputeDeadlines", {"year": 2027}, on="2026-12-30", **RECOMPUTE)) == []
    before = life.case.clocks["duty"].deadline.due_on
    _with_2027(life, date(2027, 1, 1), date(2027, 1, 4))
    recomputed = life.send("RecomputeDeadlines", {"year": 2027}, on="2026-12-31", **RECOMPUTE)
    assert _types(recomputed) == ["DeadlineRecomputed", "DeadlineRecomputed"]
    deadline = life.case.clocks["duty"].deadline
    assert (recomputed.events[0].was_due_on, deadline.due_on) == (before, date(2027, 1, 8))
    assert not deadline.provisional
    assert _types(life.send("RecomputeDeadlines", {"year": 2027}, on="2027-01-01", **RECOMPUTE)) == []


def test_a_clock_that_stands_still_is_recomputed_when_it_runs_again_and_not_before():
    life = opened(on="2026-12-30")
    life.send("Pause", on="2026-12-31")
    _with_2027(life, date(2027, 1, 1))
    life.send("RecomputeDeadlines", {"year": 2027}, on="2027-01-02", **RECOMPUTE)
    life.send("Go", on="2027-01-05")
    deadline = life.case.clocks["duty"].deadline
    assert (deadline.due_on, deadline.provisional) == (date(2027, 1, 11), False)


@pytest.mark.parametrize("kind", ["RemindOwner", "Escalate"])
def test_a_limit_that_was_never_set_is_nothing_new(kind):
    assert _types(opened().send(kind, {"limit": "nothing", "step": 1}, on="2026-03-04")) == []


def test_an_event_of_a_limit_that_was_never_set_is_corrupt_history():
    life = opened()
    kept = life.send("Note", {"text": "a"}, on="2026-03-03").events[1]
    with pytest.raises(CorruptHistory):
        PERMIT.fold(PERMIT.begin("zone", "permit-2"), (kept,))


def test_without_a_calendar_every_day_is_provisional():
    life = Life(calendar=Calendar())
    life.send("Open", {"office": "north"}, on="2026-03-02")
    assert life.case.clocks["duty"].deadline.provisional


def test_a_right_lost_before_the_clock_stopped_does_not_come_back_and_a_duty_gets_one_day():
    life = opened()
    life.send("Pause", on="2026-03-11")
    life.send("Go", on="2026-03-16")
    assert life.case.clocks["duty"].deadline.due_on == date(2026, 3, 16)
    assert life.case.clocks["right"].deadline.due_on == date(2026, 3, 9)


def test_an_act_that_is_dated_before_a_clock_was_stopped_takes_no_day_out_and_none_twice():
    """An act may be given an earlier day, with evidence; the days a clock stands still are counted once."""
    life = opened()
    life.send("Pause", on="2026-03-04")
    life.send("Go", on="2026-03-05")
    assert life.case.clocks["duty"].deadline.due_on == date(2026, 3, 10)
    stopped = life.send("Pause", on="2026-03-06", act_on=date(2026, 3, 4), evidence="postmark")
    assert {each.on for each in stopped.events if isinstance(each, ClockSuspended)} == {date(2026, 3, 5)}
    again = life.send("Go", on="2026-03-06", act_on=date(2026, 3, 3), evidence="postmark")
    assert {each.on for each in again.events if isinstance(each, ClockResumed)} == {date(2026, 3, 5)}
    assert life.case.clocks["duty"].deadline.due_on == date(2026, 3, 10)


def test_a_miss_from_before_a_clock_stopped_stays_and_climbs_on_from_the_new_last_day():
    life = opened()
    life.send("DeclareMissed", {"limit": "duty"}, on="2026-03-10")
    before = life.case.clocks["duty"].ladder
    life.send("Pause", on="2026-03-11")
    assert life.case.clocks["duty"].escalations_ahead() == []
    life.send("Go", on="2026-03-16")
    clock = life.case.clocks["duty"]
    assert (clock.is_missed, clock.deadline.due_on) == (True, date(2026, 3, 16))
    assert (before, clock.ladder) == (
        (date(2026, 3, 12), date(2026, 3, 23)),
        (date(2026, 3, 19), date(2026, 3, 30)),
    )


def test_what_a_resumed_clock_recorded_before_misses_had_a_ladder_of_their_own_is_written_as_it_was():
    life = opened()
    life.send("Pause", on="2026-03-04")
    (resumed, *_) = [each for each in life.send("Go", on="2026-03-05").events if isinstance(each, ClockResumed)]
    assert "ladder" not in body_of(resumed)


def test_limits_stand_in_the_order_in_which_they_were_set_also_when_they_are_read_back():
    life = opened()
    later = life.case.clocks.evolve(_set_again(life.case.clocks["duty"]), 7)
    assert (life.case.clocks.lasting(), later.lasting()) == (("duty", "right"), ("right", "duty"))
    assert Clocks.restore(loads(dumps(body_of(later), sort_keys=True))).lasting() == ("right", "duty")


def _set_again(clock):
    return DeadlineSet(
        limit=clock.name,
        owner=clock.owner,
        period=clock.period,
        started_on=clock.started_on,
        deadline=clock.deadline,
        reminders=clock.reminders,
    )
