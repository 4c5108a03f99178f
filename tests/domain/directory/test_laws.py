"""What holds for every command in every state of a directory."""

from datetime import timedelta

from hypothesis import given as drawn
from hypothesis import strategies as st

from domain.directory.commands import (
    AbolishOrganisation,
    AddOrganisations,
    AddPeople,
    AlterOrganisations,
    AlterPerson,
    BeginSeats,
    BeginTies,
    ChangePackStack,
    CorrectSeat,
    EndSeat,
    EndTie,
)
from domain.kernel.directory import Organisation, Person, Seat, Spell, Tie
from tests.domain.directory.zone import LONG_AGO, moved, opening, unopened
from tests.laws import Asking, keeps_the_laws
from tests.spec import TODAY

IDS = st.sampled_from(["a", "b", "civil", "li"])
DAYS = st.integers(-3, 3).map(lambda days: TODAY + timedelta(days=days)) | st.just(LONG_AGO)
SPELLS = st.builds(Spell, first_on=DAYS, last_on=st.none() | DAYS)
BODIES = st.builds(
    Organisation,
    id=IDS,
    kind=st.just("department"),
    name=st.sampled_from(["甲", "乙"]),
    district=st.just("zone"),
    controlled_by=st.none() | IDS,
    households=st.none() | st.integers(-1, 1),
    spell=SPELLS,
)
PEOPLE = st.builds(Person, id=IDS | st.just("operator"), name=st.sampled_from(["甲", "乙"]))
SEATS = st.builds(
    Seat,
    id=st.sampled_from(["s", "t"]),
    person=IDS,
    organisation=IDS,
    role=st.sampled_from(["secretariat", "schedule"]),
    title=st.none(),
    spell=SPELLS,
)
TIES = st.builds(Tie, kind=st.sampled_from(["control", "kin", "friendship"]), subject=IDS, object=IDS, spell=SPELLS)
WHY = st.just("x")


def some(rows: st.SearchStrategy[object]) -> st.SearchStrategy[tuple[object, ...]]:
    return st.lists(rows, min_size=1, max_size=2).map(tuple)


COMMANDS = st.one_of(
    st.just(opening()),
    st.builds(ChangePackStack, pack_stack=some(st.sampled_from(["national", "zone"])), reason=WHY),
    st.builds(AddOrganisations, organisations=some(BODIES)),
    st.builds(AlterOrganisations, organisations=some(BODIES), reason=WHY),
    st.builds(AbolishOrganisation, organisation=IDS, last_on=DAYS, merged_into=st.none() | IDS, reason=WHY),
    st.builds(AddPeople, people=some(PEOPLE)),
    st.builds(AlterPerson, person=PEOPLE, reason=WHY),
    st.builds(BeginSeats, seats=some(SEATS)),
    st.builds(EndSeat, seat=st.sampled_from(["s", "t"]), last_on=DAYS, reason=WHY),
    st.builds(CorrectSeat, seat=SEATS, reason=WHY),
    st.builds(BeginTies, ties=some(TIES)),
    st.builds(EndTie, kind=st.just("control"), subject=IDS, object=IDS, first_on=DAYS, last_on=DAYS, reason=WHY),
)
ASKINGS = st.builds(Asking, COMMANDS, st.sampled_from(["operator", "operator", "li"]))


@drawn(st.lists(ASKINGS, max_size=8))
def test_every_directory_keeps_the_laws(askings: list[Asking]) -> None:
    keeps_the_laws(unopened(), [Asking(opening(), "operator"), *askings], moved)


@drawn(st.lists(ASKINGS, max_size=8))
def test_it_counts_every_entry_it_ever_made(askings: list[Asking]) -> None:
    there = keeps_the_laws(unopened(), [Asking(opening(), "operator"), *askings], moved)
    rows = there.world.entries
    for kind, name in ((Organisation, "organisations"), (Person, "people"), (Seat, "seats"), (Tie, "ties")):
        assert getattr(there.case.state, name) == sum(isinstance(each, kind) for each in rows)
