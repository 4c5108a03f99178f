"""Each number has a jurisdiction and a date (dossier §0.3): a new pack keeps what a past day was governed by."""

from datetime import date

import pytest

from tests.domain.register.publications import a_pack, publish, register, value
from tests.spec import TODAY, Given

LATER = date(2026, 5, 4)
OLD = value("formal_check", 5, "2020-01-01")


def published() -> Given:
    return register("pack-zone").when(publish(a_pack(OLD), "pack-zone")).recorded()


def test_a_pack_is_read_as_it_was_published_last() -> None:
    after = published().when(publish(a_pack(OLD, value("x", 1, "2026-06-01")), "pack-zone"), on=LATER).recorded()
    assert [each.name for each in after.case.state.published.entries] == ["formal_check", "x"]
    assert len(after.case.state.versions) == 2


def test_a_value_may_end_and_be_followed_by_another_from_the_day_of_publication_on() -> None:
    content = a_pack(value("formal_check", 5, "2020-01-01", "2026-05-03"), value("formal_check", 3, "2026-05-04"))
    published().when(publish(content, "pack-zone"), on=LATER).recorded()


@pytest.mark.parametrize(
    "values",
    [
        (),
        (value("formal_check", 4, "2020-01-01"),),
        (value("formal_check", 5, "2020-01-02"),),
        (value("formal_check", 5, "2020-01-01", "2026-05-02"),),
        (OLD, value("x", 1, "2026-05-03")),
    ],
    ids=["left out", "another length", "begins later", "ends before the publication", "another value in the past"],
)
def test_what_a_past_day_was_governed_by_is_not_changed(values: tuple[dict[str, object], ...]) -> None:
    asked = published().when(publish(a_pack(*values), "pack-zone"), on=LATER)
    changed = ["x"] if len(values) == 2 else ["formal_check"]
    asked.then_refused("register.changes_the_past", values=changed)


def test_the_same_pack_again_is_nothing_new() -> None:
    published().when(publish(a_pack(OLD), "pack-zone"), on=LATER).then_nothing_new()


def test_a_register_publishes_the_pack_it_is_named_after() -> None:
    register("pack-zone").when(publish(a_pack(OLD, name="babu"), "pack-zone")).then_refused(
        "register.wrong_pack", pack="babu", expected="zone"
    )


def test_a_pack_is_published_in_the_order_of_days() -> None:
    asked = published().when(
        publish(a_pack(OLD, value("x", 1, "2026-06-01")), "pack-zone"),
        on=LATER,
        act_on=date(2026, 3, 2),
        evidence="公告",
    )
    asked.then_refused("register.out_of_order", last=TODAY.isoformat())
