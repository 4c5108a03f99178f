"""Joint posts (一人兼) are lawful: the role in the case is checked, not the person (dossier §3.1, S3-17)."""

from datetime import date, timedelta

from domain.directory.commands import AddOrganisations, AddPeople, CorrectSeat, EndSeat
from domain.directory.events import SeatCorrected, SeatEnded, SeatsBegun
from domain.kernel.directory import Spell
from domain.kernel.messages import body_of
from tests.domain.directory.zone import LONG_AGO, after, begin, body, person, seat, with_
from tests.spec import TODAY, Given

YESTERDAY = TODAY - timedelta(days=1)
GONE = body("old_quay", "residents_committee", spell=Spell(first_on=LONG_AGO, last_on=date(2024, 12, 31)))


def end(last_on: date = TODAY, name: str = "wang-health") -> EndSeat:
    return EndSeat(seat=name, last_on=last_on, reason="离任")


def ready() -> Given:
    return with_(AddPeople(people=(person(), person("zhao"))), AddOrganisations(organisations=(body(), GONE)))


def seated() -> Given:
    return after(ready().when(begin(seat())))


def test_people_are_put_into_office() -> None:
    ready().when(begin(seat(), seat("z", "zhao"))).then(SeatsBegun(seats=(seat(), seat("z", "zhao"))))


def test_a_seat_that_stands_there_already_is_passed_over() -> None:
    seated().when(begin(seat())).then_nothing_new()


def test_one_person_holds_several_seats() -> None:
    seated().when(begin(seat("wang-head", role="head_of_department"), seat("wang-civil", where="civil"))).recorded()


def test_a_refusal_names_the_row() -> None:
    there = seated()
    for second, code in (
        (seat(role="secretariat"), "directory.id_taken"),
        (seat("z", "zhao"), "directory.entered_twice"),
        (seat("w2"), "directory.seat_already_held"),
        (seat("z2", "zhao"), "directory.seat_already_held"),
        (seat("n", "nobody"), "directory.unknown_person"),
        (seat("n", where="nowhere"), "directory.unknown_organisation"),
        (seat("n", where="old_quay"), "directory.organisation_not_there"),
        (seat("n", role="schedule"), "directory.reserved_role"),
        (seat("n", role="linked_case"), "directory.reserved_role"),
        (seat("n", spell=Spell(first_on=TODAY, last_on=YESTERDAY)), "directory.ends_before_it_begins"),
    ):
        there.when(begin(seat("z", "zhao"), second)).then_refused(code, row=2)


def test_the_same_office_may_be_held_again_after_it_ended() -> None:
    there = after(seated().when(end(YESTERDAY)))
    there.when(begin(seat("again", spell=Spell(first_on=TODAY)))).recorded()
    there.when(begin(seat("again", spell=Spell(first_on=YESTERDAY)))).then_refused("directory.seat_already_held")


def test_a_seat_lies_within_the_days_of_its_organisation() -> None:
    spell = Spell(first_on=LONG_AGO, last_on=date(2024, 12, 31))
    ready().when(begin(seat(where="old_quay", spell=spell))).recorded()


def test_a_seat_ends_on_a_day_that_still_counts() -> None:
    asked = seated().when(end())
    asked.then(SeatEnded(seat=seat(spell=Spell(first_on=LONG_AGO, last_on=TODAY)), reason="离任"))
    after(asked).when(end()).then_nothing_new()


def test_a_seat_ends_on_the_eve_of_the_act_and_not_before() -> None:
    seated().when(end(YESTERDAY)).recorded()
    seated().when(end(YESTERDAY - timedelta(days=1))).then_refused("directory.changes_the_past", last_on="2026-03-01")


def test_a_seat_that_is_to_end_may_end_sooner_but_not_later() -> None:
    there = after(seated().when(end(date(2026, 6, 30))))
    there.when(end(date(2026, 5, 31))).recorded()
    there.when(end(date(2026, 7, 31))).then_refused("directory.has_ended", last_on="2026-06-30")


def test_what_ends_is_there_and_has_begun_by_then() -> None:
    seated().when(end(name="nobody")).then_refused("directory.unknown_seat", id="nobody")
    there = after(ready().when(begin(seat(spell=Spell(first_on=date(2026, 9, 1))))))
    there.when(end()).then_refused("directory.ends_before_it_begins")


def test_a_seat_entered_wrongly_is_corrected_also_for_days_gone_by() -> None:
    right = seat(who="zhao", spell=Spell(first_on=date(2020, 1, 1), last_on=date(2025, 12, 31)))
    asked = seated().when(CorrectSeat(seat=right, reason="录入错误"))
    asked.then(SeatCorrected(seat=right, reason="录入错误", was_person="wang"))
    after(asked).when(CorrectSeat(seat=right, reason="再来")).then_nothing_new()


def test_a_correction_of_days_alone_is_written_as_it_always_was() -> None:
    right = seat(spell=Spell(first_on=date(2020, 1, 1)))
    (event,) = seated().when(CorrectSeat(seat=right, reason="录入错误")).decision.events
    assert body_of(event).keys() == {"seat", "reason"}


def test_a_corrected_seat_is_one_that_could_have_begun() -> None:
    there = seated()
    there.when(CorrectSeat(seat=seat("nobody"), reason="x")).then_refused("directory.unknown_seat")
    there.when(CorrectSeat(seat=seat(who="nobody"), reason="x")).then_refused("directory.unknown_person")
    there.when(CorrectSeat(seat=seat(where="old_quay"), reason="x")).then_refused("directory.organisation_not_there")
