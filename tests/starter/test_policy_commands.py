"""`mandate policy …`: the keys of CLI.md, its exit codes, both languages; no server is asked."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from domain.kernel.errors import BadInput, Refused
from starter.policy import app

DOSSIER = Path(__file__).parents[2] / "examples" / "policy" / "dossier.yaml"


def called(*arguments, form="json"):
    result = CliRunner().invoke(app, [*arguments, "-o", form])
    if result.exception is not None and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result


def answer(*arguments):
    result = called(*arguments)
    assert result.exit_code == 0, result.output
    return json.loads(result.output)


def test_a_rule_answers_with_the_keys_of_the_contract():
    outcome = answer("eval", "station_staff", "households=2499", "--pack", "development_zone", "--on", "2026-03-02")
    keys = ("rule", "outcome", "value", "unit", "code", "message", "pack", "source")
    assert [outcome[key] for key in keys] == [
        "station_staff",
        "value",
        10,
        "persons",
        None,
        None,
        "development_zone",
        "S3-14",
    ]


def test_a_refusal_exits_1_and_says_why_in_both_languages():
    for language, word in (("en", "below"), ("zh", "低于")):
        arguments = ("eval", "committee_funds", "amount_fen=2999999", "--pack", "development_zone", "--lang", language)
        result = called(*arguments)
        outcome = json.loads(result.output)
        assert (result.exit_code, outcome["outcome"], outcome["code"]) == (1, "refused", "appropriation.below_floor")
        assert word in outcome["message"]


def test_a_warning_is_an_answer():
    outcome = answer("eval", "community_size", "households=999", "--pack", "qingyang")
    assert (outcome["outcome"], outcome["code"]) == ("warned", "staffing.community_size")


@pytest.mark.parametrize(
    ("arguments", "where"),
    [
        (("eval", "station_staff", "households=2,500"), "households"),
        (("eval", "station_staff", "households"), "argument"),
        (("eval", "station_staff", "households=1", "households=2"), "households"),
        (("eval", "station_stuff"), "rule"),
        (("eval", "station_staff", "households=1", "--pack", "nowhere"), "pack"),
        (("eval", "station_staff", "households=1", "--on", "20191"), "--on"),
        (("deadline", "DL-06", "--from", "2026-02-30"), "--from"),
        (("deadline", "DL-06", "--from", "20191"), "--from"),
        (("deadline", "DL-22", "--from", "2026-03-02"), "rule"),
        (("deadline", "T2", "--from", "2026-03-02"), "rule"),
        (("deadline", "DL-06", "--from", "2026-03-02", "--suspended", "2026-03-09"), "--suspended"),
        (("deadline", "DL-06", "--from", "2026-03-02", "--suspended", "2026-03-09..2026-03-05"), "--suspended"),
        (
            ("deadline", "DL-06", "--from", "2026-03-02", "--back", "--suspended", "2026-03-03..2026-03-05"),
            "--suspended",
        ),
        (("show", "no_such_thing"), "PARAMETER"),
    ],
)
def test_what_is_malformed_is_named(arguments, where):
    with pytest.raises(BadInput) as bad:
        called(*arguments)
    assert bad.value.where == where


def test_a_deadline_answers_with_the_keys_of_the_contract():
    found = answer("deadline", "DL-32", "--from", "2026-01-16")
    assert found["due_on"] == "2026-02-24"
    assert found["due_at"] == "2026-02-24T16:00:00Z"
    assert (found["raw_on"], found["from"], found["rule"]) == ("2026-02-15", "2026-01-16", "DL-32")
    assert (found["kind"], found["provisional"], found["source"]) == ("forfeiture", False, "L-PML:33; L-CPL:205")
    assert found["calendar"].startswith("2026@")
    assert [sorted(step) for step in found["derivation"]] == [["on", "step", "why"]] * 3


def test_a_day_that_only_names_a_day_has_no_instant():
    assert answer("deadline", "DL-54", "--from", "2026-12-31")["due_at"] is None


def test_suspended_spans_are_taken_out_in_any_order():
    spans = ("2026-03-23..2026-03-24", "2026-03-09..2026-03-16")
    options = [each for span in spans for each in ("--suspended", span)]
    assert answer("deadline", "DL-22d", "--from", "2026-03-02", *options)["due_on"] == "2026-04-22"


def test_a_lost_right_is_not_revived_by_a_later_stop():
    options = ("--from", "2026-01-16", "--suspended", "2026-03-02..2026-03-09")
    assert answer("deadline", "DL-32", *options)["due_on"] == "2026-02-24"


@pytest.mark.parametrize("rule", ["DL-34", "DL-43a"])
def test_a_rule_that_no_pack_in_force_sets_is_refused(rule):
    with pytest.raises(Refused) as refused:
        called("deadline", rule, "--from", "2026-03-02")
    assert refused.value.code == "policy.not_set"


def test_a_value_is_shown_by_its_name_or_its_number():
    by_name, by_number = answer("show", "formal_check_period"), answer("show", "DL-06")
    assert by_name == by_number
    assert (by_name["value"], by_name["rule"], by_name["grade"]) == ({"length": 5, "unit": "wd"}, "DL-06", "default")


def test_a_value_not_in_force_is_refused_and_says_who_sets_it():
    with pytest.raises(Refused) as refused:
        called("show", "station_staff")
    assert refused.value.details["set_by"] == ["development_zone"]


def test_every_value_in_force_is_shown_once():
    rows = [json.loads(line) for line in called("show", "--pack", "changsha").output.splitlines()]
    names = [row["parameter"] for row in rows]
    assert len(names) == len(set(names)) > 80
    assert next(row["pack"] for row in rows if row["parameter"] == "payers") == "changsha"


def test_the_packs_are_listed_with_what_they_stand_on():
    rows = [json.loads(line) for line in called("list").output.splitlines()]
    assert [row["pack"] for row in rows] == [
        "babu",
        "changsha",
        "development_zone",
        "guangzhou",
        "national",
        "qingyang",
    ]


@pytest.mark.parametrize("language", ["en", "zh"])
def test_people_read_a_table(language):
    shown = called("deadline", "DL-32", "--from", "2026-01-16", "--lang", language, form="table").output
    assert "2026-02-24" in shown
    assert "first_day_does_not_count" not in shown
    assert "rest_day" not in shown


def test_the_dossier_s_file_passes():
    assert answer("test", str(DOSSIER))["failed"] == 0


def test_a_file_that_expects_something_else_fails_with_its_line(tmp_path):
    file = tmp_path / "own.yaml"
    file.write_text(
        "- {rule: station_staff, pack: development_zone, with: {households: 2500}, expect: {value: 11}}\n"
        "- {rule: station_staff, pack: development_zone, with: {households: 2499}, expect: {value: 11, unit: fen}}\n"
        "- {deadline: DL-06, from: 2026-03-02, expect: {provisional: 0}}\n",
        encoding="utf-8",
    )
    result = called("test", str(file))
    *failures, counts = [json.loads(line) for line in result.output.splitlines()]
    assert result.exit_code == 1
    assert [(each["line"], each["key"]) for each in failures] == [(2, "value"), (2, "unit"), (3, "provisional")]
    assert counts == {"passed": 1, "failed": 2}
    assert "own.yaml:2: station_staff: value: 10, expected 11" in called("test", str(file), form="table").output


@pytest.mark.parametrize(
    ("text", "where"),
    [
        ("rule: station_staff", ""),
        ("- station_staff", ": 0"),
        ("- {rule: station_staff, deadline: DL-06, expect: {}}", ": 0"),
        ("- {rule: station_staff}", ": 0.expect"),
        ("- {rule: station_stuff, expect: {}}", ": 0.rule"),
        ("- {rule: station_staff, with: 7, expect: {}}", ": 0.with"),
        ("- {rule: station_staff, on: never, expect: {}}", ": 0.on"),
        ("- {rule: station_staff, pack: nowhere, expect: {}}", ": 0.pack"),
        ("- {rule: station_staff, wiht: {}, expect: {}}", ": 0.wiht"),
        ("- {deadline: 6, expect: {}}", ": 0.deadline"),
        ("- {deadline: DL-6, from: 2026-03-02, expect: {}}", ": 0.deadline"),
        ("- {deadline: DL-06, from: 2026-03-02, suspended: never, expect: {}}", ": 0.suspended"),
        ("- {deadline: DL-06, from: 2026-03-02, back: backwards, expect: {}}", ": 0.back"),
    ],
)
def test_a_file_that_is_no_such_file_is_named_by_its_line(tmp_path, text, where):
    file = tmp_path / "own.yaml"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(BadInput) as bad:
        called("test", str(file))
    assert bad.value.where == f"{file}:1{where}"


def test_an_empty_file_asks_nothing(tmp_path):
    file = tmp_path / "own.yaml"
    file.write_text("", encoding="utf-8")
    assert answer("test", str(file)) == {"passed": 0, "failed": 0}
