"""制定…清单,实行清单管理 (S2-07); every entry: legal basis, class (dossier §4.5 P5)."""

from datetime import date

import pytest

from domain.kernel.errors import BadInput
from domain.kernel.lists import ListVersion
from domain.register.commands import COMMANDS, body_to_publish
from domain.register.events import ListVersionPublished
from tests.domain.register.publications import LIST, a_list, a_pack, a_year, entry, publish, register
from tests.spec import TODAY

LATER = date(2026, 5, 4)


def test_the_first_version_opens_the_register_and_may_have_been_in_force_before() -> None:
    content = a_list()
    version = ListVersion(
        number=1, published_on=TODAY, valid_from=date(2018, 12, 29), source="S2-07", entries=content.entries
    )
    register().when(publish(content)).then(ListVersionPublished(name=LIST, title="协助政府事项", version=version))


def test_an_act_of_an_earlier_day_with_its_evidence_is_published_on_that_day() -> None:
    asked = register().when(publish(a_list()), act_on=date(2025, 6, 2), evidence="公告2025年第3号")
    state = asked.recorded().case.state
    assert state.versions[0].published_on == date(2025, 6, 2)


def test_a_later_version_takes_the_next_number_and_both_stay_readable() -> None:
    there = register().when(publish(a_list())).recorded()
    there = there.when(publish(a_list(entry(), entry("A-02", "petitions"), since=LATER)), on=LATER).recorded()
    published = there.case.state.published
    assert [each.number for each in published.versions] == [1, 2]
    assert published.in_force_on(date(2026, 5, 3), LATER).number == 1
    assert published.in_force_on(LATER, LATER).number == 2


def test_the_same_list_again_is_nothing_new() -> None:
    there = register().when(publish(a_list())).recorded()
    there.when(publish(a_list()), on=LATER).then_nothing_new()


def test_a_later_version_does_not_begin_before_it_is_published() -> None:
    there = register().when(publish(a_list())).recorded()
    content = a_list(entry(), entry("A-02", "petitions"), since=date(2026, 5, 3))
    there.when(publish(content), on=LATER).then_refused("register.changes_the_past", valid_from="2026-05-03")


def test_nothing_is_published_before_what_is_published_already() -> None:
    there = register().when(publish(a_list())).recorded()
    asked = there.when(publish(a_list(since=LATER)), on=LATER, act_on=date(2026, 3, 2), evidence="公告")
    asked.then_refused("register.out_of_order", last="2026-03-03")


def test_a_number_keeps_the_matter_it_had() -> None:
    there = register().when(publish(a_list())).recorded()
    content = a_list(entry("A-01", "elder_meals"), since=LATER)
    there.when(publish(content), on=LATER).then_refused(
        "register.entry_means_another_matter", entry="A-01", row=1, was="public_security"
    )


def test_a_list_without_entries_is_no_list() -> None:
    content = a_list().model_copy(update={"entries": ()})
    register().when(publish(content)).then_refused("register.no_entries")


def test_two_entries_under_one_number_are_refused() -> None:
    register().when(publish(a_list(entry(), entry(matter="petitions")))).then_refused(
        "register.entry_twice", entry="A-01"
    )


def test_an_entry_has_its_class() -> None:
    content = a_list(entry(), entry("A-02", "petitions", category=None))
    register().when(publish(content)).then_refused("register.entry_without_class", entry="A-02", row=2)


def test_an_entry_without_its_clause_is_no_command() -> None:
    bare = {"id": "A-01", "matter": "x", "title": "x", "category": "x"}
    document = {"title": "x", "valid_from": "2026-01-01", "source": "S2-07", "entries": [bare]}
    with pytest.raises(BadInput, match=r"entries\.0\.source"):
        COMMANDS.read("PublishVersion", body_to_publish(LIST, document))


def test_a_list_does_not_end_before_it_begins() -> None:
    content = a_list(since=date(2026, 3, 2), until=date(2026, 3, 1))
    register().when(publish(content)).then_refused("register.ends_before_it_begins")


def test_a_list_of_one_day_is_lawful() -> None:
    register().when(publish(a_list(since=TODAY, until=TODAY))).recorded()


def test_a_register_publishes_only_what_its_name_says() -> None:
    for name, content in ((LIST, a_year()), ("calendar", a_pack()), ("pack-zone", a_list())):
        register(name).when(publish(content, name)).then_refused("register.wrong_kind", kind=content.kind)


def test_a_publication_for_another_register_is_refused() -> None:
    register("calendar").when(publish(a_list())).then_refused("register.wrong_register", register=LIST)


def test_only_a_registrar_or_the_operator_publishes() -> None:
    register().when(publish(a_list()), by="zhao").then_refused(
        "register.not_your_role", roles=["operator", "registrar"]
    )
    register().when(publish(a_list()), by="operator").recorded()


def test_a_registrar_whose_seat_has_not_begun_is_not_in_office() -> None:
    asked = register().when(publish(a_list()), on=TODAY, act_on=date(2019, 12, 31), evidence="公告")
    asked.then_refused("register.not_in_office")
