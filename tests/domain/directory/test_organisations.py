"""Bodies are what the law gives roles to (dossier §3.1); one that ends takes its seats and ties with it."""

from datetime import date, timedelta

from domain.directory.commands import AbolishOrganisation, AddOrganisations, AddPeople, AlterOrganisations
from domain.directory.events import OrganisationAbolished, OrganisationsAdded, OrganisationsAltered
from domain.kernel.directory import Organisation, Spell
from tests.domain.directory.zone import LONG_AGO, after, begin, body, opened, person, seat, tie, tied, with_
from tests.spec import TODAY, Given

YESTERDAY = TODAY - timedelta(days=1)
HARBOUR = body("harbour", "residents_committee", households=2501)


def add(*bodies: Organisation) -> AddOrganisations:
    return AddOrganisations(organisations=bodies)


def alter(*bodies: Organisation) -> AlterOrganisations:
    return AlterOrganisations(organisations=bodies, reason="更名")


def abolish(name: str = "health", last_on: date = TODAY, into: str | None = None) -> AbolishOrganisation:
    return AbolishOrganisation(organisation=name, last_on=last_on, merged_into=into, reason="机构改革")


def settled() -> Given:
    people = AddPeople(people=(person(), person("zhao")))
    bodies = add(body(), HARBOUR, body("clinic", controlled_by="health"))
    return with_(people, bodies, begin(seat(), seat("zhao-harbour", "zhao", "harbour", role="residents_committee")))


def test_a_batch_is_entered_in_one_event() -> None:
    opened().when(add(body(), HARBOUR)).then(OrganisationsAdded(organisations=(body(), HARBOUR)))


def test_a_row_that_stands_there_already_is_passed_over() -> None:
    there = with_(add(body()))
    there.when(add(body())).then_nothing_new()
    there.when(add(body(), HARBOUR)).then(OrganisationsAdded(organisations=(HARBOUR,)))


def test_a_body_may_be_under_one_of_the_same_batch() -> None:
    opened().when(add(body("clinic", controlled_by="health"), body())).recorded()


def test_a_refusal_names_the_row() -> None:
    there = with_(add(body()))
    renamed = body(name="卫生局")
    ended = body("x", spell=Spell(first_on=TODAY, last_on=YESTERDAY))
    for second, code in (
        (renamed, "directory.id_taken"),
        (HARBOUR, "directory.entered_twice"),
        (body("clinic", controlled_by="nobody"), "directory.unknown_organisation"),
        (body("clinic", controlled_by="clinic"), "directory.tie_to_itself"),
        (body("x", households=-1), "directory.households_below_zero"),
        (ended, "directory.ends_before_it_begins"),
    ):
        there.when(add(HARBOUR, second)).then_refused(code, row=2)


def test_a_body_is_stated_anew_from_the_day_of_the_act() -> None:
    there = settled()
    renamed = body(name="卫生健康局", controlled_by="civil")
    asked = there.when(alter(body("clinic", controlled_by="health"), renamed))
    asked.then(OrganisationsAltered(organisations=(renamed,), reason="更名"))
    after(asked).when(alter(renamed)).then_nothing_new()


def test_what_is_altered_is_there_and_keeps_its_days() -> None:
    there = settled()
    there.when(alter(body("nobody"))).then_refused("directory.unknown_organisation", row=1)
    there.when(alter(body(spell=Spell(first_on=TODAY)))).then_refused("directory.spell_not_altered", row=1)
    gone = after(there.when(abolish("harbour", YESTERDAY)))
    again = body("harbour", "residents_committee", spell=Spell(first_on=LONG_AGO, last_on=YESTERDAY), name="x")
    gone.when(alter(again)).then_refused("directory.has_ended", row=1)


def test_an_abolished_body_takes_its_seats_and_ties_with_it() -> None:
    there = after(settled().when(tied(tie("employment", "harbour", "wang"))))
    asked = there.when(abolish("harbour", TODAY, into="civil"))
    last = Spell(first_on=LONG_AGO, last_on=TODAY)
    asked.then(
        OrganisationAbolished(
            organisation=HARBOUR.model_copy(update={"spell": last}),
            merged_into="civil",
            seats=(seat("zhao-harbour", "zhao", "harbour", role="residents_committee", spell=last),),
            ties=(tie("employment", "harbour", "wang", spell=last),),
            reason="机构改革",
        )
    )
    after(asked).when(abolish("harbour", TODAY)).then_nothing_new()


def test_a_seat_that_has_ended_before_is_left_as_it_is() -> None:
    ended = seat(spell=Spell(first_on=LONG_AGO, last_on=YESTERDAY))
    there = with_(AddPeople(people=(person(),)), add(body()), begin(ended))
    asked = there.when(abolish())
    asked.recorded()
    assert asked.decision.events[0].seats == ()


def test_a_seat_still_to_begin_never_holds() -> None:
    future = seat(spell=Spell(first_on=date(2026, 9, 1)))
    there = with_(AddPeople(people=(person(),)), add(body()), begin(future))
    asked = there.when(abolish())
    asked.recorded()
    (stated,) = asked.decision.events[0].seats
    assert not any(stated.spell.covers(TODAY + timedelta(days=n)) for n in range(400))


def test_what_is_abolished_is_there_and_controls_nobody_any_more() -> None:
    there = settled()
    there.when(abolish("nobody")).then_refused("directory.unknown_organisation")
    there.when(abolish("harbour", into="nobody")).then_refused("directory.unknown_organisation", id="nobody")
    there.when(abolish("harbour", into="harbour")).then_refused("directory.merged_into_itself")
    there.when(abolish("health")).then_refused("directory.still_controls", controls="clinic")
    there.when(abolish("clinic")).recorded()


def test_a_body_ends_no_earlier_than_the_eve_of_the_act() -> None:
    there = settled()
    there.when(abolish("harbour", YESTERDAY)).recorded()
    there.when(abolish("harbour", YESTERDAY - timedelta(days=1))).then_refused("directory.changes_the_past")
    there.when(abolish("harbour", date(2009, 12, 31))).then_refused("directory.ends_before_it_begins")


def test_a_body_that_has_ended_does_not_end_later() -> None:
    there = after(settled().when(abolish("harbour", TODAY)))
    there.when(abolish("harbour", TODAY + timedelta(days=1))).then_refused("directory.has_ended")
