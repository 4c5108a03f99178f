"""A pilot holds where it is tried and nowhere else: a pack may be limited to named units (S1e 七(七), row 56)."""

from datetime import date

import pytest

from domain.kernel.packs import Pack

DAY = date(2026, 3, 3)


def pack(*units: str) -> Pack:
    return Pack(name="pilot", title="试点", units=units, valid_from=DAY, source="S1e 七(七)", entries=())


def test_a_pack_without_units_holds_everywhere():
    assert pack().governs(frozenset({"harbour", "health"}))
    assert pack().governs(frozenset())


@pytest.mark.parametrize("parties", [{"harbour"}, {"harbour", "health"}, {"health", "garden"}])
def test_a_pack_of_named_units_holds_where_one_of_them_is_a_party(parties):
    assert pack("harbour", "garden").governs(frozenset(parties))


@pytest.mark.parametrize("parties", [set(), {"fields"}, {"fields", "health"}])
def test_and_in_no_other_case(parties):
    assert not pack("harbour", "garden").governs(frozenset(parties))
