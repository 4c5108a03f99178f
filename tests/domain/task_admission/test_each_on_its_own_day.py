"""Each parameter and list says on which day it is read, and a change counts from that day on (ADMISSION §8 item 30).

Procedure by the day of application, the route by the first day of the work and the day of the decision, the legs and
the bearer by each day on which they are relied on.
"""

from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

import pytest

from domain.kernel.decision import Decision
from domain.kernel.messages import Command
from domain.kernel.policy import Parameter
from domain.task_admission.commands import SubmitApplication
from domain.task_admission.rules import parameters
from tests.domain.task_admission.district import (
    START,
    TODAY,
    District,
    a_form,
    a_local_pack,
    entry,
    packs,
    published,
    version,
)
from tests.domain.task_admission.main_line import ACCEPTED_ON, accept, agreed, approve, grant, reviewed

LOCAL = "local rule"
ONE_DAY = timedelta(days=1)
PARAMETERS = sorted({each.name for each in vars(parameters).values() if isinstance(each, Parameter)})
LEFT_TO_DISTRICTS = {"community_capacity"}
"""The nation sets no number, and no pack of the house does."""
DECIDED_ON = date(2026, 3, 12)
GRANTED_ON = date(2026, 3, 24)
SHORTER: dict[str, Any] = {
    "name": "decision_period",
    "value": {"length": 10, "unit": "wd"},
    "rule": "DL-02",
    "limit": "decision",
    "kind": "duty",
    "owner": "approver",
    "read_on": "application",
}
BOUGHT: dict[str, Any] = {"name": "off_list_route", "value": "purchase", "read_on": "decision"}
KEPT: dict[str, Any] = {
    "name": "undelegable_powers",
    "value": ["eligibility_check"],
    "grade": "yes",
    "read_on": "each_day",
}


@pytest.mark.parametrize("name", PARAMETERS)
def test_every_parameter_is_read_on_one_kind_of_day_whatever_pack_sets_it_and_whenever(name):
    days = {each.read_on for pack in packs().values() for each in pack.entries if each.name == name}
    assert len(days) == (0 if name in LEFT_TO_DISTRICTS else 1)


def relies_on(answered: Decision[Any], source: str) -> bool:
    """Say whether an answer rests on a clause: it refuses by it, or a limit runs by it."""
    refusal, deadlines = answered.answer.refusal, answered.answer.deadlines
    return source in {*(each.source for each in deadlines), "" if refusal is None else refusal.source}


@dataclass(frozen=True)
class Question:
    """Something asked of a case, and the day on which the rule that answers it is read."""

    rule: dict[str, Any]
    read_on: date
    begun: District
    command: Command
    by: str
    on: date


QUESTIONS = {
    "procedure": Question(SHORTER, TODAY, District().submitted(), accept(), "wang", ACCEPTED_ON),
    "route": Question(BOUGHT, DECIDED_ON, reviewed(), approve(), "zhou", DECIDED_ON),
    "leg": Question(KEPT, GRANTED_ON, agreed(), grant(), "chen", GRANTED_ON),
}


@pytest.mark.parametrize("of", QUESTIONS)
@pytest.mark.parametrize("late", [0, 1], ids=["on that day", "a day later"])
def test_a_changed_rule_holds_if_it_is_in_force_on_the_day_the_question_is_read_on(of, late):
    """What was applied for the day before goes on by the old procedure, however late it is accepted."""
    question = QUESTIONS[of]
    since = question.read_on + late * ONE_DAY
    changed = a_local_pack(valid_from=since.isoformat(), **question.rule)
    there = replace(question.begun, packs=(packs()["national"], changed))
    answered = there.answer(question.command, by=question.by, on=question.on)
    assert relies_on(answered, LOCAL) == (late == 0)


@pytest.mark.parametrize(("since", "route"), [(START, "listed_assistance"), (START + ONE_DAY, "off_list")])
def test_an_item_takes_the_route_of_the_list_that_will_be_in_force_on_its_first_day(since, route):
    listed = published(
        "assistance_list", version(1), version(2, entry("A-02", "elder_meals"), since=since, published=TODAY)
    )
    there = District().with_list(listed).drafted(a_form())
    assert there.answer(SubmitApplication()).events[1].route == route
