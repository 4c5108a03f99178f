"""A community carries no more hours than its district says it can; unsaid, none is guessed (ADMISSION §4)."""

from dataclasses import replace

import pytest

from domain.kernel.facts import Burden, BurdenOf
from domain.kernel.policy import Pack, parse_pack
from tests.domain.task_admission.district import District, details, packs, refusal
from tests.domain.task_admission.main_line import APPROVED_ON, approve, reviewed

ASKED = 40
"""Hours a month that the item of `a_form` takes."""


def local(hours: int, grade: str) -> Pack:
    """Give a local pack that says how many hours a month a community can carry."""
    rule = {"name": "community_capacity", "value": hours, "unit": "hours a month", "source": "local rule"}
    dates = {"grade": grade, "valid_from": "2010-01-01", "read_on": "each_day"}
    pack = {"name": "local", "title": "local", "stands_on": ["national"], "source": "local"}
    return parse_pack(pack | {"valid_from": "2010-01-01", "entries": [rule | dates]})


def answer(hours: int, carried: int = 0, grade: str = "default"):
    there: District = replace(reviewed(), packs=(packs()["national"], local(hours, grade)))
    there = there.with_fact(BurdenOf("harbour"), Burden(carried, ("task-00000000000000aa",)))
    return there.answer(approve(), by="zhou", on=APPROVED_ON)


@pytest.mark.parametrize(("carried", "outcome"), [(0, "recorded"), (60, "recorded"), (61, "refused")])
def test_what_is_carried_and_what_is_asked_together_may_reach_the_capacity_and_not_pass_it(carried, outcome):
    assert answer(100, carried).answer.outcome == outcome


def test_one_hour_too_many_is_refused_and_the_hours_named():
    answered = answer(ASKED - 1)
    assert refusal(answered) == ("over_capacity", "local rule")
    assert details(answered) == {"carried": 0, "asked": 40, "capacity": 39}


@pytest.mark.parametrize("grade", ["draft", "no"])
def test_a_capacity_that_is_only_proposed_warns_in_the_decision(grade):
    answered = answer(ASKED - 1, grade=grade)
    assert [each.code for each in answered.events[0].warnings] == ["task_admission.over_capacity"]
    assert answered.answer.warnings[0].details == {"carried": 0, "asked": 40, "capacity": 39}


@pytest.mark.parametrize("grade", ["yes", "default"])
def test_a_capacity_that_the_district_adopted_refuses(grade):
    assert refusal(answer(ASKED - 1, grade=grade))[0] == "over_capacity"


def test_where_no_capacity_is_set_none_is_guessed():
    busy = reviewed().with_fact(BurdenOf("harbour"), Burden(1_000_000, ()))
    assert busy.answer(approve(), by="zhou", on=APPROVED_ON).answer.outcome == "recorded"
