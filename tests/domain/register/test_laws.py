"""What holds for every command in every state of a register."""

from datetime import timedelta

import pytest
from hypothesis import given as drawn
from hypothesis import strategies as st

from domain.kernel.errors import CorruptHistory
from domain.register.decider import REGISTER
from domain.register.events import CalendarYearPublished
from domain.register.state import Unpublished, view
from tests.domain.register.publications import LIST, a_list, a_pack, a_year, correct, entry, publish, register, value
from tests.laws import Asking, keeps_the_laws
from tests.spec import TODAY

DAYS = st.integers(0, 30).map(lambda days: TODAY + timedelta(days=days))
ENTRIES = st.lists(
    st.builds(entry, st.sampled_from(["A-01", "A-02"]), st.sampled_from(["public_security", "petitions"])), max_size=2
)
CONTENTS = {
    LIST: st.builds(lambda entries, since: a_list(*entries, since=since), ENTRIES, DAYS),
    "calendar": st.builds(
        lambda year, announced, off: a_year(year, announced=announced, off=off),
        st.sampled_from([2026, 2027]),
        st.booleans(),
        st.integers(1, 3),
    ),
    "pack-zone": st.builds(
        lambda length, since: a_pack(value("x", length, since.isoformat())), st.integers(1, 2), DAYS
    ),
}


@st.composite
def scenes(draw: st.DrawFn) -> tuple[str, list[Asking]]:
    """Draw publications and corrections of one register, its days going forward."""
    name = draw(st.sampled_from(sorted(CONTENTS)))
    day, scene = TODAY, list[Asking]()
    for content in draw(st.lists(CONTENTS[name] | st.one_of(*CONTENTS.values()), max_size=6)):
        day += timedelta(days=draw(st.integers(0, 9)))
        command = draw(st.sampled_from([publish(content, name), correct(draw(st.integers(1, 3)), content, name)]))
        scene.append(Asking(command, draw(st.sampled_from(["li", "operator", "zhao"])), day))
    return name, scene


@drawn(scenes())
def test_every_register_keeps_the_laws(scene: tuple[str, list[Asking]]) -> None:
    name, askings = scene
    keeps_the_laws(register(name), askings)


@drawn(scenes())
def test_a_list_names_each_number_once_and_counts_without_gaps(scene: tuple[str, list[Asking]]) -> None:
    name, askings = scene
    there = keeps_the_laws(register(name), askings)
    assert [each.number for each in there.case.state.versions] == list(range(1, there.case.version + 1))


def test_a_register_shows_what_it_is_called() -> None:
    assert view(Unpublished()).title == "register"
    assert register("calendar").when(publish(a_year(), "calendar")).recorded().process.view is REGISTER.view
    shown = {
        name: view(register(name).when(publish(content, name)).recorded().case.state).title
        for name, content in ((LIST, a_list()), ("calendar", a_year()), ("pack-zone", a_pack()))
    }
    assert shown == {LIST: "协助政府事项", "calendar": "calendar", "pack-zone": "zone"}


def test_an_event_of_another_register_cannot_have_happened() -> None:
    there = register().when(publish(a_list())).recorded()
    year = register("calendar").when(publish(a_year(), "calendar"))
    (event,) = year.decision.events
    assert isinstance(event, CalendarYearPublished)
    with pytest.raises(CorruptHistory):
        REGISTER.fold(there.case, (event,))
