"""Scripts are read strictly, ask what they say, are compared in what they name, and moved in time by whole weeks."""

import re
from datetime import date
from itertools import takewhile
from pathlib import Path

import pytest

from domain.kernel.errors import BadInput
from domain.links.admission_to_admission import renewal_of
from domain.links.admission_to_conference import conference_of
from starter.client import matter_id, new_case_id
from starter.demo import example_scripts, moved
from starter.scripts import Mismatch, asks_of, compare, read_script, sending, step_id

DRAFT = "{at: 2026-03-03 10:00, as: li, start: task_admission, name: meals, with: {community: maple}}"


def written(folder: Path, *steps: str) -> Path:
    file = folder / "script.yaml"
    file.write_text(
        "scenario: One\ntenant: zone\nsteps:\n" + "".join(f"  - {each}\n" for each in steps), encoding="utf-8"
    )
    return file


@pytest.mark.parametrize(
    ("step", "where"),
    [
        ("{at: 2026-03-03 10:00, as: li}", "steps[1]"),
        ("{at: 2026-03-03 25:00, as: li, start: task_admission}", "steps[1].at"),
        ("{as: li, start: task_admission}", "steps[1]"),
        ("{until: 2026-03-03 10:00, start: task_admission}", "steps[1]"),
        ("{until: tomorrow}", "steps[1].until"),
        ("{at: 2026-03-03 10:00, as: li, start: task_admission, colour: red}", "steps[1].colour"),
    ],
)
def test_a_step_that_makes_no_sense_is_named(tmp_path, step, where):
    with pytest.raises(BadInput) as refused:
        read_script(written(tmp_path, step))
    assert refused.value.where.rstrip(".").endswith(where)


def test_an_expectation_is_compared_in_what_it_names():
    found = {"phase": "draft", "deadlines": {"formal_check": "2026-03-11", "decision": "2026-03-20"}, "missed": []}
    assert list(compare({"deadlines": {"formal_check": "2026-03-11"}}, found)) == []
    assert list(compare({"phase": "screening", "missed": ["x"]}, found)) == [
        Mismatch("phase", "screening", "draft"),
        Mismatch("missed", ["x"], []),
    ]


def test_an_expectation_of_what_is_never_found_is_bad_input():
    with pytest.raises(BadInput, match=r"expect\.fase"):
        list(compare({"fase": "draft"}, {"phase": "draft"}))


def test_a_steps_command_id_is_the_same_each_time_it_is_played(tmp_path):
    script = read_script(written(tmp_path, DRAFT))
    ((place, step),) = script.steps
    assert step_id("zone", place, step) == step_id("zone", place, read_script(written(tmp_path, DRAFT)).steps[0][1])
    assert step_id("zone", place, step) != step_id("babu", place, step)


@pytest.mark.parametrize("today", [date(2026, 3, 3), date(2026, 11, 24), date(2025, 1, 1)])
def test_the_demo_moves_days_ahead_by_whole_weeks_and_leaves_the_laws_alone(tmp_path, today):
    body = "{community: maple, start_on: 2026-06-01, law_of: 2018-12-29}"
    script = read_script(written(tmp_path, "{at: 2026-03-03 10:00, as: li, start: task_admission, with: " + body + "}"))
    ((_, step),) = moved(script, today)
    shift = date.fromisoformat(step.body["start_on"]) - date(2026, 6, 1)
    assert shift.days % 7 == 0
    assert 0 <= (date(2026, 3, 3) + shift - today).days < 7
    assert step.body["law_of"] == "2018-12-29"


@pytest.mark.parametrize(
    ("today", "years"),
    [(date(2026, 3, 3), 0), (date(2026, 12, 31), 0), (date(2028, 2, 1), 2), (date(2025, 12, 31), -1)],
)
def test_a_fiscal_year_moves_with_the_day_on_which_the_demo_is_played(tmp_path, today, years):
    body = "{line: {payer: health, year: 2027}, older: {year: 2025}}"
    script = read_script(written(tmp_path, "{at: 2026-03-03 10:00, as: li, start: appropriation, with: " + body + "}"))
    ((_, step),) = moved(script, today)
    assert step.body == {"line": {"payer": "health", "year": 2027 + years}, "older": {"year": 2025}}


SEVERAL = "{at: 2026-03-03 10:00, as: li, start: task_admission, name: meals, with: {communities: [maple, willow]}}"


def asked(folder, step: str, names: dict[str, str]):
    ((_, read),) = read_script(written(folder, step)).steps
    what = sending(read, names)
    return asks_of(read, what, "zone", "id-1", names), what.process


def test_a_step_for_several_communities_opens_a_case_for_each_under_one_matter(tmp_path):
    names: dict[str, str] = {}
    asks, process = asked(tmp_path, SEVERAL, names)
    assert [ask.body for ask in asks] == [{"community": "maple"}, {"community": "willow"}]
    assert [ask.case for ask in asks] == [new_case_id(process, "zone", "id-1", ask.body) for ask in asks]
    assert {ask.correlation_id for ask in asks} == {matter_id(process, "zone", "id-1")}
    conference = conference_of("zone", matter_id(process, "zone", "id-1"))
    assert names == {
        "meals/maple": asks[0].case,
        "meals/maple:conference": conference,
        "meals/maple:renewal": renewal_of(asks[0].case),
        "meals/willow": asks[1].case,
        "meals/willow:conference": conference,
        "meals/willow:renewal": renewal_of(asks[1].case),
    }


def test_a_step_for_one_community_is_a_matter_of_its_own(tmp_path):
    names: dict[str, str] = {}
    (ask,), _ = asked(tmp_path, DRAFT, names)
    assert ask.correlation_id is None
    assert names == {
        "meals": ask.case,
        "meals:conference": conference_of("zone", ask.case),
        "meals:renewal": renewal_of(ask.case),
    }


def test_each_case_of_a_matter_is_called_by_its_community(tmp_path):
    names: dict[str, str] = {}
    asks, _ = asked(tmp_path, SEVERAL, names)
    send = "{at: 2026-03-03 11:00, as: li, send: [meals/willow, SubmitApplication]}"
    (ask,), _ = asked(tmp_path, send, names)
    assert (ask.case, ask.opens) == (asks[1].case, False)


@pytest.mark.parametrize(
    "communities",
    ["[]", "maple", "[maple, maple]", "[maple], community: willow"],
    ids=["none", "text", "twice", "both"],
)
def test_communities_that_name_no_list_of_them_are_bad_input(tmp_path, communities):
    with pytest.raises(BadInput, match="communities"):
        asked(tmp_path, SEVERAL.replace("[maple, willow]", communities), {})


def test_examples_are_played_in_the_order_of_their_numbers():
    numbers = [int(Path(each.name).name.partition("_")[0]) for each in example_scripts("task_admission")]
    assert numbers == sorted(numbers)


def test_every_example_opens_with_its_clause_and_says_what_each_step_comes_to():
    clause = re.compile(r"\b(?:S[0-4][a-f]?|L|X|P|Z|Q|A|DL)-[A-Z0-9]|§|S[0-4][a-f]? ")
    for script in example_scripts("task_admission"):
        written_down = Path(script.name).read_text(encoding="utf-8").splitlines()
        assert clause.search("".join(takewhile(lambda line: line.startswith("#"), written_down))), script.name
        silent = [place for place, step in script.steps if step.until is None and not step.expect]
        assert silent == []
