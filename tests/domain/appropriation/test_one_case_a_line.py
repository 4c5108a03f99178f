"""必须单独核算: one case for each payer, source, purpose and year (S1e-28, dossier §3.3)."""

from dataclasses import replace

import pytest

from domain.kernel.facts import CasesHolding
from tests.domain.appropriation.budget import DISTRICT, budgeted, by_finance, grant, granted, line, new

FIRST = "appropriation-00000000000000aa"
HELD = replace(DISTRICT, others={CasesHolding(line().key): (FIRST,)})


def test_a_second_case_for_the_same_line_is_refused_and_names_the_first():
    by_finance(new().in_(HELD), grant()).then_refused("appropriation.line_exists", cases=[FIRST])


@pytest.mark.parametrize(
    "other", [{"payer": "quay_office"}, {"source": "special_funds"}, {"purpose": "festival"}, {"year": 2027}]
)
def test_another_payer_source_purpose_or_year_is_another_line(other):
    by_finance(new().in_(HELD), grant(**other)).then(granted(**other))


def test_a_granted_line_holds_its_key():
    there = budgeted()
    assert there.process.view(there.case.state).held_keys(is_open=True) == (line().key,)


def test_no_two_lines_share_a_key():
    assert line(payer="a", source="b/c").key != line(payer="a/b", source="c").key
    assert len({line(year=2026).key, line(year=2027).key, line(purpose="x").key, line(source="x").key}) == 4
