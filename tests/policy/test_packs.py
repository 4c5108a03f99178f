"""The packs that come with this version: every deadline of the dossier's §5, every † default, each with its clause."""

import re
from datetime import date
from pathlib import Path

import pytest

from adapters.packs import read_pack, read_packs
from domain.formulas import funding, incomes, indicators, procurement, scores, staffing
from domain.kernel.errors import BadInput, CorruptHistory
from domain.kernel.facts import Days
from domain.kernel.limits import LADDER_REMINDERS, LADDER_STEPS
from domain.kernel.periods import Period
from domain.kernel.policy import Law, Parameter, stack

POLICY = Path(__file__).parents[2] / "policy"
PACKS = read_packs(POLICY)
TODAY = date(2026, 11, 24)

DEADLINES = """
    01 30wd+, 02 15wd, 03 5wd!, 04 15d+, 05 10wd, 06 5wd, 07 5wd!, 08 15wd, 09 30d!, 50 date, 51 10wd, 52 1wd, 53 5wd!,
    54 30d, 55 15wd, 56 10wd, 57 5wd, 10 30d+, 11 20d+, 12 5wd+, 13 15d+, 14 10d+, 15 5wd+, 16 2wd, 17 5wd, 18 2wd,
    19 7wd!, 20 7wd, 21 15wd!, 22a 5wd, 22b 3wd, 22c 8wd, 22d 30wd, 23 30d, 24 30d, 25a 2wd, 25b 7wd, 26 3wd, 27 30d,
    28a 5wd, 28b 5wd, 29 15y+, 30 3wd, 31 1m, 32 30d!, 33 20, 40 5wd!, 41 10wd, 42 15d, 43a 11-20, 43b 06-20, 44 30d+,
    45 7d+, 46 7d, 47 3y, 48 5wd, 49a 15d, 49b 60d, 49c 30d
"""
"""The table of §5: number, length and unit, `+` a minimum, `!` a forfeiture."""


def law(pack, on=TODAY):
    return Law(stack(PACKS, pack), Days.all_on(on))


@pytest.mark.parametrize("line", [each.strip() for each in DEADLINES.split(",")])
def test_a_deadline_of_the_dossier_has_its_length_and_kind(line):
    number, terms = line.split()
    read = law("babu" if number.startswith("43") else "national")
    reading = read[Parameter(read.named(f"DL-{number}"), Period)]
    kind = "!" if reading.kind == "forfeiture" else ""
    assert f"{reading.value}".replace(" ", "") + ("+" if reading.value.at_least else "") + kind == terms


def test_no_deadline_is_set_that_the_dossier_does_not_know():
    known = {f"DL-{each.split()[0]}" for each in DEADLINES.split(",")}
    assert {entry.rule for pack in PACKS.values() for entry in pack.entries if entry.rule} == known


def test_only_what_a_document_dates_or_a_term_ends_does_not_give_way_to_a_working_day():
    fixed = {
        entry.rule
        for pack in PACKS.values()
        for entry in pack.entries
        if entry.rule and entry.value.get("rolls") is False
    }
    assert fixed == {"DL-29", "DL-33", "DL-43a", "DL-43b", "DL-47", "DL-50", "DL-54"}


def test_what_has_no_national_number_is_a_default_and_never_binds_as_a_law():
    for pack in PACKS.values():
        for entry in pack.entries:
            if "†" in entry.source or "[D]" in entry.source or "[K]" in entry.source:
                assert entry.grade == "default", entry.name


def test_what_the_draft_says_is_a_draft():
    assert {entry.grade for entry in PACKS["babu"].entries} == {"draft"}


def test_every_value_names_a_clause_of_the_dossier():
    tags = re.compile(r"S\d[a-f]?-|L-[A-Z]+|X-|dossier|ADMISSION|财库")
    for pack in PACKS.values():
        assert [entry.name for entry in pack.entries if not tags.match(entry.source)] == []


def test_every_pack_stands_on_the_national_one():
    assert [name for name, pack in PACKS.items() if "national" not in pack.stands_on] == ["national"]


def test_every_value_fits_the_parameter_that_reads_it():
    modules = (staffing, funding, incomes, indicators, procurement, scores)
    parameters = [each for module in modules for each in vars(module).values() if isinstance(each, Parameter)]
    parameters += indicators.INDICATORS.values()
    entries = [entry for pack in PACKS.values() for entry in pack.entries]
    read = set()
    for parameter in parameters:
        for entry in (each for each in entries if each.name == parameter.name):
            parameter.read(entry)
            read.add(parameter.name)
    assert {each.name for each in parameters} - read == {"one_year_loan_prime_rate", "centre_headcount_weights"}


def test_every_deadline_is_a_period():
    for pack in PACKS.values():
        for entry in pack.entries:
            if entry.rule is not None:
                Parameter(entry.name, Period).read(entry)


def test_the_ladder_is_three_and_one_days_before_and_three_and_ten_after():
    assert law("national")[LADDER_REMINDERS].value == (3, 1)
    assert law("national")[LADDER_STEPS].value == (3, 10)


def test_consent_was_needed_until_the_last_day_of_2025():
    consent = Parameter("consent_needed", bool)
    assert law("national", date(2025, 12, 31))[consent].value is True
    assert law("national", date(2026, 1, 1))[consent].value is False


def test_disclosure_is_a_duty_from_2026():
    disclosure = Parameter("disclosure_period", Period)
    assert disclosure not in law("national", date(2025, 12, 31))
    assert disclosure in law("national", date(2026, 1, 1))


def test_the_draft_s_seven_days_do_not_displace_thirty():
    reading = law("babu")[Parameter("public_comment_period", Period)]
    assert (reading.value.length, reading.pack) == (30, "national")


def test_changsha_lets_finance_alone_pay():
    assert law("changsha")[funding.PAYERS].value == ("finance_bureau",)
    assert "delegating_department" in law("development_zone")[funding.PAYERS].value


HEAD = "name: own\ntitle: own\nvalid_from: 2020-01-01\nsource: own\n"
LINE = """- name: limit
  value: 5
  unit: persons
  source: clause
  grade: yes
  valid_from: 2020-01-01
  read_on: each_day
"""
DEADLINE = """- rule: DL-06
  name: check_period
  limit: check
  length: 5
  unit: wd
  kind: duty
  owner: secretariat
  source: clause
  grade: default
  valid_from: 2020-01-01
  read_on: application
"""


def folder(tmp_path, head=HEAD, parameters=LINE, deadlines=DEADLINE):
    own = tmp_path / "own"
    own.mkdir()
    for name, text in (("pack", head), ("parameters", parameters), ("deadlines", deadlines)):
        (own / f"{name}.yaml").write_text(text, encoding="utf-8")
    return own


def test_yes_is_a_grade_and_no_truth(tmp_path):
    pack = read_pack(folder(tmp_path))
    assert [entry.grade for entry in pack.entries] == ["default", "yes"]
    assert pack.entries[0].value == {"length": 5, "unit": "wd"}


def test_a_pack_in_one_file_is_the_same_pack(tmp_path):
    pack = read_pack(folder(tmp_path))
    (tmp_path / "own.json").write_text(pack.model_dump_json(), encoding="utf-8")
    assert read_pack(tmp_path / "own.json").digest == pack.digest


def test_lists_are_no_part_of_a_pack(tmp_path):
    own = folder(tmp_path)
    before = read_pack(own).digest
    (own / "lists.yaml").write_text("- anything", encoding="utf-8")
    assert read_pack(own).digest == before


@pytest.mark.parametrize(
    ("part", "old", "new", "place"),
    [
        ("parameters", "grade: yes", "grade: maybe", "parameters.yaml:5: 0.grade"),
        ("parameters", "valid_from: 2020-01-01", "valid_from: 2020-02-30", "parameters.yaml:6: 0.valid_from"),
        ("parameters", "  unit: persons\n", "", "parameters.yaml:1: 0.unit"),
        ("parameters", LINE, "name: limit", "parameters.yaml:1"),
        ("parameters", LINE, "- limit", "parameters.yaml:1: 0"),
        ("deadlines", "length: 5", "length: 2.5", "deadlines.yaml:4: 0.length"),
        ("deadlines", "unit: wd", "unit: weeks", "deadlines.yaml:5: 0.unit"),
        ("head", "title: own", "titel: own", "pack.yaml:1: title"),
        ("head", HEAD, "own", "pack.yaml:1"),
    ],
)
def test_what_is_wrong_is_named_by_file_and_line(tmp_path, part, old, new, place):
    texts = {"head": HEAD, "parameters": LINE, "deadlines": DEADLINE}
    texts[part] = texts[part].replace(old, new)
    own = folder(tmp_path, **texts)
    with pytest.raises(BadInput) as bad:
        read_pack(own)
    assert bad.value.where.endswith(place)


def test_a_pack_that_stands_on_an_unknown_one_is_named(tmp_path):
    folder(tmp_path, head=HEAD + "stands_on: [nowhere]\n")
    with pytest.raises(BadInput, match="nowhere"):
        read_packs(tmp_path)


def test_a_pack_that_changed_its_type_under_a_decision_is_corrupt(tmp_path):
    own = read_pack(folder(tmp_path, parameters=LINE.replace("value: 5", "value: five")))
    with pytest.raises(CorruptHistory):
        Law([own], Days.all_on(TODAY))[Parameter("limit", int)]
