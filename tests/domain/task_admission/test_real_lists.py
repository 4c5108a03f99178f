"""The lists in `policy/` and the items in `examples/`: each goes where its entry sends it, on its day."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from domain.kernel.lists import ListContent, ListVersion, PublishedList
from domain.kernel.messages import shanghai_date
from domain.register.commands import COMMANDS, PublishVersion
from domain.task_admission.application import DemandKind
from domain.task_admission.commands import DraftApplication, SubmitApplication
from domain.task_admission.decider import TASK_ADMISSION
from domain.task_admission.rules.parameters import CLASSIFYING_LISTS, LAW_REGISTER
from starter.documents import publication
from starter.scripts import read_script
from tests.domain.task_admission.district import (
    BEFORE,
    POLICY,
    TODAY,
    District,
    a_form,
    an_old_form,
    organisation,
    seat,
)

EXAMPLES = POLICY.parent / "examples"
LISTS = POLICY / "national" / "lists"
PUBLISHED = date(2025, 6, 2)
ROUTES = {
    "1_prohibited": "reject:prohibited",
    "2_autonomy": "reject:autonomy",
    "3_duty_shifting": "reject:duty_shifting",
    "4_listed_assistance": "listed_assistance",
    "5_off_list": "off_list",
    "6_department_direct": "department_direct",
    "7_emergency": "emergency",
    "8_joint_conference": "joint_conference",
}


def content(file: Path) -> ListContent:
    register = file.stem.removesuffix("_2018").removesuffix("_2022").removesuffix("_2026")
    command = COMMANDS.read("PublishVersion", publication(register, str(file)))
    assert isinstance(command, PublishVersion)
    assert isinstance(command.content, ListContent)
    return command.content


def published(name: str) -> PublishedList:
    versions = [
        ListVersion.model_validate(
            {"number": number, "published_on": PUBLISHED} | {key: getattr(found, key) for key in KEPT}
        )
        for number, found in enumerate(map(content, sorted(LISTS.glob(f"{name}*.yaml"))), start=1)
    ]
    return PublishedList(name=name, title=name, versions=tuple(versions))


KEPT = ("valid_from", "valid_to", "source", "entries")
REAL = tuple(published(name) for name in (*CLASSIFYING_LISTS, LAW_REGISTER))
BODIES = {
    "health": ("li", "chen"),
    "human_resources": ("lin",),
    "housing": ("song",),
    "emergency_management": ("gao",),
    "statistics": ("luo",),
}


def district() -> District:
    there = District().with_list(*REAL)
    bodies = (
        organisation("donghe_office", "subdistrict_office"),
        *(organisation(name, "department") for name in BODIES),
    )
    communities = (organisation(name, "residents_committee") for name in ("harbour", "garden", "newtown"))
    staff = [seat(person, body, "delegating_department") for body, people in BODIES.items() for person in people]
    seats = (*staff, seat("zhao", "donghe_office", "delegating_department"), seat("wang", "civil", "secretariat"))
    return District(
        organisations=(*bodies, *communities, organisation("finance", "finance_bureau")), seats=seats, lists=there.lists
    )


def route(form: Any, on: date) -> tuple[str, list[int]]:
    there = District().with_list(*REAL).drafted(form, on=on)
    answer = there.answer(SubmitApplication(), on=on)
    assert answer.answer.outcome == "recorded", answer.answer
    numbers = [each.version for each in answer.events[1].list_versions if each.list_name == "assistance_list"]
    return answer.events[1].route, numbers


@pytest.mark.parametrize("name", ROUTES)
def test_each_example_goes_its_route(name):
    there, routes = district(), list[str]()
    for _, step in read_script(EXAMPLES / "task_admission" / f"{name}.yaml").steps:
        assert step.person is not None
        kind = DraftApplication.__name__ if step.start else step.send[1] if step.send else ""
        decision = there.answer(
            TASK_ADMISSION.commands.read(kind, step.body), by=step.person, on=shanghai_date(step.instant)
        )
        refusal = decision.answer.refusal
        found = {
            "outcome": decision.answer.outcome,
            "phase": decision.answer.phase,
            "refusal": refusal and refusal.code,
        }
        assert {key: found[key] for key in step.expect} == step.expect
        there = there.given(*decision.events)
        routes += [each.route for each in decision.events if hasattr(each, "route")]
    assert routes == [ROUTES[name]]


def test_public_health_was_listed_until_2025_and_needs_an_admission_from_2026():
    assert route(an_old_form(matter="public_health"), BEFORE) == ("listed_assistance", [1])
    assert route(a_form(matter="public_health"), TODAY) == ("off_list", [2])


def test_the_prohibited_list_knows_only_what_a_form_can_say():
    words = set(DemandKind.__args__)
    asked = {test for entry in published("prohibited_list").versions[-1].entries for test in entry.tests}
    assert asked <= words
