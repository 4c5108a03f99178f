"""How a copy of a plan names what depends on the day on which it is played."""

import pytest

from starter.scripts import Step
from tests.faults.plans import renamed


@pytest.mark.parametrize(
    ("day", "last"),
    [
        ("2027-01-01", "2027-03-31"),
        ("2027-06-30", "2027-06-30"),
        ("2028-02-29", "2028-03-31"),
        ("2027-12-31", "2027-12-31"),
    ],
)
def test_a_quarter_is_named_by_a_day_that_lies_in_it(day: str, last: str) -> None:
    body = {"until_on": {"quarter_of": day}}
    step = Step.model_validate({"at": day, "as": "bai", "send": ("item", "ReportFundUse"), "with": body})
    assert renamed(step, frozenset(), 1).body == {"until_on": last}
