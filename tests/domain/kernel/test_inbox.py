"""Who must do what by when (dossier §4): a missed duty climbs to the owner's supervisor, the coordinating body, the
supervision office; it never changes the case, and who had it before keeps sight of it.
"""

from datetime import date

import pytest

from domain.kernel.directory import Seat, Spell
from domain.kernel.inbox import items, principals
from domain.kernel.view import Party, View, Work
from tests.domain.kernel.permit import opened

DAY = date(2026, 3, 2)
OWNERS = {
    "a role in the organisation that the case names": (
        View(phase="x", title="x", parties=(Party(role="clerk", organisation="north"),)),
        Work(task="check", role="clerk", limit="duty", since=DAY),
        ("clerk@north", "@north"),
        "supervisor@north",
    ),
    "a role in the organisation that the work names": (
        View(phase="x", title="x", parties=(Party(role="clerk", organisation="north"),)),
        Work(task="check", role="clerk", organisation="south", limit="duty", since=DAY),
        ("clerk@south", "@south"),
        "supervisor@south",
    ),
    "a role that no organisation is named for": (
        View(phase="x", title="x"),
        Work(task="check", role="clerk", limit="duty", since=DAY),
        ("clerk@",),
        "supervisor@",
    ),
    "one person": (
        View(phase="x", title="x"),
        Work(task="check", role="clerk", organisation="north", person="li", limit="duty", since=DAY),
        ("li", "@north"),
        "supervisor@north",
    ),
    "one person of no organisation": (
        View(phase="x", title="x"),
        Work(task="check", role="clerk", person="li", limit="duty", since=DAY),
        ("li",),
        "supervisor@",
    ),
}


def _item(life, view, work):
    [item] = items(view.model_copy(update={"work": (work,)}), life.case.clocks)
    return item


@pytest.mark.parametrize("owner", OWNERS)
def test_work_waits_for_its_owner_until_the_last_day_of_its_limit(owner):
    view, work, seen_by, _ = OWNERS[owner]
    item = _item(opened(), view, work)
    assert (item.owner, item.held_by, item.seen_by) == (seen_by[0], seen_by[0], seen_by)
    assert (item.since, item.due_on) == (DAY, date(2026, 3, 9))


@pytest.mark.parametrize("owner", OWNERS)
def test_missed_work_climbs_rung_by_rung_whoever_owned_it_and_who_lost_it_keeps_sight_of_it(owner):
    view, work, seen_by, supervisor = OWNERS[owner]
    life = opened()
    before = _item(life, view, work)
    for command, on, rung in (
        ({"kind": "DeclareMissed", "body": {"limit": "duty"}}, "2026-03-10", supervisor),
        ({"kind": "Escalate", "body": {"limit": "duty", "step": 1}}, "2026-03-12", "coordinating_body@"),
        ({"kind": "Escalate", "body": {"limit": "duty", "step": 2}}, "2026-03-23", "supervision_office@"),
    ):
        assert life.send(**command, on=on).events
        item = _item(life, view, work)
        seen_by = (*seen_by, rung)
        assert (item.held_by, item.seen_by) == (rung, seen_by)
        assert (item.owner, item.since, item.due_on) == (before.owner, before.since, before.due_on)


def test_a_reminder_moves_nothing():
    view, work, _, _ = OWNERS["one person"]
    life = opened()
    before = _item(life, view, work)
    assert life.send("RemindOwner", {"limit": "duty", "step": 1}, on="2026-03-04").events
    assert _item(life, view, work) == before


def test_a_step_that_rings_before_the_one_below_it_does_not_bring_the_work_down_again():
    view, work, _, _ = OWNERS["one person"]
    life = opened()
    life.send("DeclareMissed", {"limit": "duty"}, on="2026-03-10")
    life.send("Escalate", {"limit": "duty", "step": 2}, on="2026-03-23")
    life.send("Escalate", {"limit": "duty", "step": 1}, on="2026-03-23")
    assert _item(life, view, work).held_by == "supervision_office@"


def test_a_clock_that_stands_still_names_no_day_and_the_rung_stays():
    view, work, _, _ = OWNERS["one person"]
    life = opened()
    life.send("DeclareMissed", {"limit": "duty"}, on="2026-03-10")
    life.send("Pause", on="2026-03-11")
    paused = _item(life, view, work)
    assert (paused.due_on, paused.held_by, paused.since) == (None, "supervisor@north", DAY)
    life.send("Go", on="2026-03-12")
    assert (_item(life, view, work).due_on, _item(life, view, work).held_by) == (date(2026, 3, 12), "supervisor@north")


def test_a_limit_that_was_kept_late_leaves_other_work_under_it_with_its_owner_and_without_a_day():
    view, work, _, _ = OWNERS["one person"]
    life = opened()
    life.send("DeclareMissed", {"limit": "duty"}, on="2026-03-10")
    life.send("Note", {"text": "a"}, on="2026-03-11")
    assert (_item(life, view, work).due_on, _item(life, view, work).held_by) == (None, "li")


def test_work_under_no_limit_waits_without_a_day():
    item = _item(opened(), View(phase="x", title="x"), Work(task="finish", role="clerk", since=DAY))
    assert (item.due_on, item.held_by) == (None, "clerk@")


def _seat(number, organisation, role, first_on=DAY, last_on=None):
    spell = Spell(first_on=first_on, last_on=last_on)
    return Seat(id=f"seat-{number}", person="li", organisation=organisation, role=role, spell=spell)


SEATS = (
    _seat(1, "north", "clerk"),
    _seat(2, "north", "supervisor"),
    _seat(3, "south", "clerk", last_on=date(2026, 6, 30)),
)


def test_a_person_is_found_alone_and_in_each_role_by_a_seat_held_that_day():
    assert principals("li", SEATS, DAY) == (
        "li",
        "clerk@",
        "clerk@north",
        "clerk@south",
        "supervisor@",
        "supervisor@north",
    )
    assert principals("li", SEATS, date(2026, 6, 30)) == principals("li", SEATS, DAY)
    assert principals("li", SEATS, date(2026, 7, 1)) == (
        "li",
        "clerk@",
        "clerk@north",
        "supervisor@",
        "supervisor@north",
    )
    assert principals("li", SEATS, date(2026, 3, 1)) == ("li",)


def test_one_role_alone_leaves_out_the_others_and_what_waits_for_the_person():
    assert principals("li", SEATS, DAY, role="supervisor") == ("supervisor@", "supervisor@north")
    assert principals("li", SEATS, DAY, role="approver") == ()


def test_an_organisation_as_a_whole_is_open_to_whoever_sits_in_it_that_day():
    assert principals("li", SEATS, DAY, organisation="south") == ("@south",)
    assert principals("li", SEATS, date(2026, 7, 1), organisation="south") == ()
    assert principals("li", SEATS, DAY, organisation="elsewhere") == ()


def test_a_role_in_an_organisation_is_that_one_alone():
    assert principals("li", SEATS, DAY, role="clerk", organisation="north") == ("clerk@north",)
    assert principals("li", SEATS, DAY, role="supervisor", organisation="south") == ()
