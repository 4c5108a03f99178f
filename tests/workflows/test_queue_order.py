"""The queue alone: the smallest instant first, a wake-up first on a tie, and none that was decided comes again."""

from datetime import UTC, datetime, timedelta

from activities.requests import Standing, WakeUpDue
from domain.kernel.envelope import Envelope, Who
from workflows.queue import Queue

NOON = datetime(2026, 3, 2, 4, 0, tzinfo=UTC)
A_MINUTE = timedelta(minutes=1)


def command(name: str, at: datetime, kind: str = "AddNote", **body: str) -> Envelope:
    return Envelope(
        id=name, tenant="zone", process="permit", kind=kind, who=Who(person="li"), received_at=at, body={**body}
    )


def wake_up(name: str, at: datetime) -> WakeUpDue:
    return WakeUpDue(id=name, at=at, command="LapsePermit", body={})


def queue(*commands: Envelope, wake_ups: tuple[WakeUpDue, ...] = (), rung: tuple[str, ...] = ()) -> Queue:
    made = Queue(commands, rung)
    made.follow(Standing(version=1, wake_ups=wake_ups))
    return made


def test_the_command_received_first_goes_first() -> None:
    late, early = command("late", NOON), command("early", NOON - A_MINUTE)
    assert queue(late, early).first(NOON) is early


def test_of_two_received_at_once_the_one_that_arrived_first_goes_first() -> None:
    one, two = command("one", NOON), command("two", NOON)
    assert queue(one, two).first(NOON) is one


def test_a_wake_up_goes_first_on_a_tie() -> None:
    ring = wake_up("ring", NOON)
    assert queue(command("a", NOON), wake_ups=(ring,)).first(NOON) is ring


def test_a_command_received_before_the_limit_goes_first_however_late_it_is() -> None:
    early = command("early", NOON - A_MINUTE)
    assert queue(early, wake_ups=(wake_up("ring", NOON),)).first(NOON + 60 * A_MINUTE) is early


def test_a_command_received_after_the_limit_does_not_beat_a_timer_that_is_late() -> None:
    ring = wake_up("ring", NOON)
    assert queue(command("a", NOON + A_MINUTE / 2), wake_ups=(ring,)).first(NOON - A_MINUTE / 4) is ring


def test_a_clock_that_is_a_day_ahead_does_not_let_a_limit_pass_early() -> None:
    ahead = command("ahead", NOON + timedelta(days=1))
    assert queue(ahead, wake_ups=(wake_up("ring", NOON + 60 * A_MINUTE),)).first(NOON) is ahead


def test_a_wake_up_still_ahead_is_not_due() -> None:
    waiting = queue(wake_ups=(wake_up("ring", NOON),))
    assert waiting.first(NOON - A_MINUTE) is None
    assert not waiting.has_due(NOON - A_MINUTE)
    assert waiting.has_due(NOON)


def test_a_wake_up_still_listed_after_it_was_decided_does_not_come_again() -> None:
    ring, later = wake_up("ring", NOON), wake_up("later", NOON + A_MINUTE)
    waiting = queue(wake_ups=(ring, later))
    waiting.done(ring)
    waiting.follow(Standing(version=2, wake_ups=(ring, later)))
    assert waiting.next_wake_up is later
    assert waiting.rung == ("ring",)


def test_a_wake_up_no_longer_listed_is_forgotten() -> None:
    ring = wake_up("ring", NOON)
    waiting = queue(wake_ups=(ring,), rung=("ring", "gone"))
    assert waiting.rung == ("ring",)


def test_only_the_very_command_is_taken_out() -> None:
    one, same = command("one", NOON), command("one", NOON)
    waiting = queue(one, same)
    waiting.done(same)
    assert waiting.commands[0] is one


def test_an_operators_wish_is_found_by_the_command_it_names() -> None:
    wish = command("wish", NOON, "SetCommandAside", command="stuck", reason="a bug")
    assert queue(wish).set_aside_of("stuck") is wish
    assert queue(wish).set_aside_of("other") is None
