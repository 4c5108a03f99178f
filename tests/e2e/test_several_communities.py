"""An application for several communities is one case each, under one matter (ADMISSION §1, §8 item 3)."""

import json
from typing import Any

import pytest

THREE = ("harbour", "garden", "newtown")
ASKED = ("case", "start", "task_admission", "-", "--as", "li", "--command-id", "meals-for-three")
SINCE = {"first_on": "2010-01-01"}


def body_of_district(name: str, kind: str, spell: dict[str, str] = SINCE) -> dict[str, Any]:
    return {"id": name, "kind": kind, "name": name, "district": "zone", "spell": spell}


def seat(person: str, organisation: str, role: str) -> dict[str, Any]:
    return {"id": person, "person": person, "organisation": organisation, "role": role, "spell": SINCE}


COMMITTEES = [body_of_district(name, "residents_committee") for name in THREE]
GONE = body_of_district("old_quay", "residents_committee", {**SINCE, "last_on": "2024-12-31"})
DISTRICT = (
    (
        "OpenDirectory",
        "operator",
        {
            "name": "开发区",
            "pack_stack": ["national"],
            "organisation": body_of_district("health", "department"),
            "registrar": {"id": "qian", "name": "钱文清"},
            "seat": seat("qian", "health", "registrar"),
        },
    ),
    ("AddOrganisations", "qian", {"organisations": [*COMMITTEES, GONE]}),
    ("AddPeople", "qian", {"people": [{"id": "li", "name": "李秀兰"}]}),
    ("BeginSeats", "qian", {"seats": [seat("li", "health", "delegating_department")]}),
)
FORM = json.dumps({"communities": THREE, "application": {"title": "社区老年助餐登记"}})


async def open_district(line) -> None:
    """Open a district with a department, three communities and one that was dissolved, and no more."""
    for kind, person, body in DISTRICT:
        said = await line("case", "send", "directory-zone", kind, "-", "--as", person, stdin=json.dumps(body))
        assert said.code == 0, said


async def events_of(line, case: str) -> list[dict[str, Any]]:
    said = await line("case", "events", case, "-o", "json")
    assert said.code == 0, said
    return said.lines


@pytest.mark.timeout(300)
async def test_each_community_has_a_case_of_its_own_and_all_are_of_one_matter(line, working):
    async with working():
        await open_district(line)
        opened = await line(*ASKED, stdin=FORM)
        assert opened.code == 0, opened
        cases = opened.out.split()
        streams = {case: await events_of(line, case) for case in cases}

        again = await line(*ASKED, stdin=FORM)
        listed = await line("case", "list", "--process", "task_admission", "-o", "json")
        other = await line(*ASKED[:-1], "meals-for-others", stdin=FORM)

        sent = await line("case", "send", cases[0], "WithdrawApplication", "--as", "li", "-o", "json")
        assert (sent.code, sent.json["phase"]) == (0, "withdrawn")
        after = {case: await events_of(line, case) for case in cases}
        others = [await events_of(line, case) for case in other.out.split()]

    drafted = [events[0]["data"]["community"] for events in streams.values()]
    assert drafted == [*THREE]
    matters = {each["correlation_id"] for events in after.values() for each in events}
    assert len(matters) == 1
    assert not matters & {*cases}

    assert (again.code, again.out) == (0, opened.out)
    assert {each["case"] for each in listed.lines} == {*cases}
    assert after[cases[1]] == streams[cases[1]]
    assert after[cases[0]][:1] == streams[cases[0]]

    assert not {*other.out.split()} & {*cases}
    assert {each["correlation_id"] for events in others for each in events}.isdisjoint(matters)


async def test_a_community_that_is_gone_is_refused_and_holds_the_others_up_in_nothing(line, working):
    async with working():
        await open_district(line)
        form = json.dumps({"communities": ["harbour", "old_quay"]})
        said = await line(*ASKED, "-o", "json", stdin=form)
        listed = await line("case", "list", "--process", "task_admission", "-o", "json")
    assert said.code == 1, said
    there, gone = said.lines
    assert (there["outcome"], gone["outcome"]) == ("recorded", "refused")
    assert gone["refusal"]["code"] == "task_admission.community_abolished"
    assert [each["case"] for each in listed.lines] == [there["case"]]
