"""Who stands behind an organisation (dossier §3.1)."""

from datetime import date

import pytest

from domain.kernel.directory import CONTROL, Spell, Tie
from domain.kernel.separation import under_common_control

DAY = date(2026, 3, 3)


def tie(above: str, below: str, last_on: date | None = None, kind: str = CONTROL) -> Tie:
    return Tie(kind=kind, subject=above, object=below, spell=Spell(first_on=date(2010, 1, 1), last_on=last_on))


@pytest.mark.parametrize(
    ("ties", "allied"),
    [
        ((), {"health"}),
        ((tie("holding", "health"),), {"health", "holding"}),
        ((tie("health", "clinic"),), {"health", "clinic"}),
        ((tie("top", "holding"), tie("holding", "health"), tie("top", "civil")), {"health", "holding", "top", "civil"}),
        ((tie("health", "clinic"), tie("civil", "clinic")), {"health", "clinic"}),
        ((tie("holding", "health", kind="equity"),), {"health"}),
    ],
)
def test_who_controls_who_is_controlled_and_who_has_the_same_controller_belong_together(ties, allied):
    assert under_common_control("health", ties, DAY) == allied


def test_control_in_a_ring_is_found_once():
    assert under_common_control("a", (tie("a", "b"), tie("b", "a")), DAY) == {"a", "b"}


def test_a_tie_holds_to_its_last_day():
    ties = (tie("holding", "health", last_on=DAY),)
    assert under_common_control("health", ties, DAY) == {"health", "holding"}
    assert under_common_control("health", ties, date(2026, 3, 4)) == {"health"}
