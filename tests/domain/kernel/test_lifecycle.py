"""A lifecycle table says what is sent when a limit passes; its wake-ups follow from the clocks (DESIGN §2, rule 8)."""

from datetime import UTC, datetime

from domain.kernel.followups import OpenCase, ServeNotice
from domain.kernel.lifecycle import Lifecycle, Limit, Phase
from tests.domain.kernel.permit import Ended, Lapse, opened

TABLE = Lifecycle(
    Phase("running", Limit("duty", owner="clerk"), Limit("right", owner="clerk", then=Lapse)),
    ends_in=("over",),
)


def _rings(life):
    return [(each.at.isoformat()[:16], each.command, each.body) for each in TABLE.wake_ups(life.case)]


def test_a_duty_rings_for_its_reminders_and_its_miss_and_a_right_for_its_own_command():
    assert _rings(opened()) == [
        ("2026-03-03T16:00", "RemindOwner", {"limit": "duty", "step": 1}),
        ("2026-03-03T16:00", "RemindOwner", {"limit": "right", "step": 1}),
        ("2026-03-05T16:00", "RemindOwner", {"limit": "duty", "step": 2}),
        ("2026-03-05T16:00", "RemindOwner", {"limit": "right", "step": 2}),
        ("2026-03-09T16:00", "DeclareMissed", {"limit": "duty"}),
        ("2026-03-09T16:00", "Lapse", {}),
    ]


def test_a_limit_passes_with_the_first_instant_of_the_day_after_in_shanghai():
    miss = next(each for each in TABLE.wake_ups(opened().case) if each.command == "DeclareMissed")
    assert miss.at == datetime(2026, 3, 9, 16, tzinfo=UTC)


def test_a_missed_duty_rings_for_each_step_of_the_ladder_and_no_longer_for_the_miss():
    life = opened()
    life.send("DeclareMissed", {"limit": "duty"}, on="2026-03-10")
    assert [(command, body) for _, command, body in _rings(life) if body.get("limit") == "duty"] == [
        ("Escalate", {"limit": "duty", "step": 1}),
        ("Escalate", {"limit": "duty", "step": 2}),
    ]


def test_a_stopped_clock_and_a_case_that_is_over_ring_nothing():
    life = opened()
    life.send("Pause", on="2026-03-03")
    assert _rings(life) == []
    life.send("Close", on="2026-03-03")
    assert _rings(life) == []


def test_a_wake_up_keeps_its_id_while_its_day_stands_and_gets_another_when_it_moves():
    life = opened()
    before = {each.id for each in TABLE.wake_ups(life.case)}
    life.send("RemindOwner", {"limit": "duty", "step": 1}, on="2026-03-04")
    after = {each.id for each in TABLE.wake_ups(life.case)}
    assert len(before - after) == 1
    life.send("Pause", on="2026-03-05")
    life.send("Go", on="2026-03-06")
    moved = {each.id for each in TABLE.wake_ups(life.case)}
    assert not moved & before


def test_a_limit_the_table_does_not_know_is_still_declared_missed():
    bare = Lifecycle(Phase("running"), ends_in=("over",))
    commands = {each.command for each in bare.wake_ups(opened().case)}
    assert commands == {"RemindOwner", "DeclareMissed"}


def test_a_limit_that_runs_in_the_background_is_found_too():
    table = Lifecycle(Phase("running"), background=(Limit("right", then=Lapse),))
    assert "Lapse" in {each.command for each in table.wake_ups(opened().case)}


def test_reminders_misses_and_steps_of_the_ladder_are_told_to_somebody():
    life = opened()
    told = []
    for kind, body, on in (
        ("RemindOwner", {"limit": "duty", "step": 1}, "2026-03-04"),
        ("DeclareMissed", {"limit": "duty"}, "2026-03-10"),
        ("Escalate", {"limit": "duty", "step": 2}, "2026-03-23"),
    ):
        told += TABLE.follow_ups(life.send(kind, body, on=on))
    assert all(isinstance(each, ServeNotice) for each in told)
    assert [(each.notice, each.to_role) for each in told] == [
        ("deadline_reminder", "clerk"),
        ("deadline_missed", "supervisor"),
        ("deadline_escalated", "supervision_office"),
    ]


def test_a_link_says_what_an_event_asks_of_another_case():
    follow_up = OpenCase(process="permit", case="permit-9", command="Open", body={"office": "north"})

    def reopen(event, _decision):
        return (follow_up,) if isinstance(event, Ended) else ()

    table = Lifecycle(Phase("running"), ends_in=("over",), links=(reopen,))
    assert table.follow_ups(opened().send("Close", on="2026-03-03")) == (follow_up,)
