"""Every number belongs to a jurisdiction and to dates; what binds is displaced only by what binds.

Source: dossier §0.3, §3.2, §9 C21.
"""

from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter, ValidationError

from domain.kernel.errors import BadInput, CorruptHistory, Refused
from domain.kernel.exact import Exact, decimal_text, exact_number
from domain.kernel.facts import Days
from domain.kernel.messages import Warned
from domain.kernel.periods import Period
from domain.kernel.policy import Law, Parameter, parse_entry, parse_pack, stack

LIMIT = Parameter("limit", int)
CHECK = Parameter("check_period", Period)
DAY = date(2026, 3, 2)


def entry(value=5, *, name="limit", grade="default", valid_from="2020-01-01", valid_to=None, read_on="application"):
    return {
        "name": name,
        "value": value,
        "unit": "persons",
        "valid_from": valid_from,
        "valid_to": valid_to,
        "source": f"clause {value}",
        "grade": grade,
        "read_on": read_on,
    }


def pack(*entries, name="national", stands_on=(), valid_from="2000-01-01", valid_to=None):
    head = {"name": name, "title": name, "stands_on": list(stands_on), "source": "seed"}
    return parse_pack({**head, "valid_from": valid_from, "valid_to": valid_to, "entries": list(entries)})


def law(*packs, on=DAY):
    return Law(packs, Days.all_on(on))


def test_a_value_is_read_with_its_clause_and_its_pack():
    reading = law(pack(entry(7)))[LIMIT]
    assert (reading.value, reading.source, reading.grade, reading.pack) == (7, "clause 7", "default", "national")
    assert (reading.unit, reading.rule, reading.kind, reading.owner) == ("persons", "limit", "duty", None)


def test_a_deadline_is_read_with_its_rule_kind_and_owner():
    terms = {"rule": "DL-06", "limit": "check", "kind": "forfeiture", "owner": "secretariat"}
    value = {"length": 5, "unit": "wd"}
    read = law(pack({**entry(value, name="check_period"), **terms}))
    reading = read[CHECK]
    assert reading.value == Period(length=5, unit="wd")
    assert (reading.rule, reading.kind, reading.owner) == ("DL-06", "forfeiture", "secretariat")
    assert (read.named("DL-06"), read.named("DL-07")) == ("check_period", None)


def test_both_ends_of_a_validity_count():
    zone = pack(entry(1, valid_to="2025-12-31"), entry(2, valid_from="2026-01-01"))
    assert law(zone, on=date(2025, 12, 31))[LIMIT].value == 1
    assert law(zone, on=date(2026, 1, 1))[LIMIT].value == 2


def test_what_no_pack_in_force_sets_is_refused_and_not_guessed():
    for read in (law(pack()), law(pack(entry(valid_from="2026-03-03"))), law(pack(entry(), valid_to="2026-03-01"))):
        assert LIMIT not in read
        with pytest.raises(Refused) as refused:
            read[LIMIT]
        assert refused.value.code == "policy.not_set"
        assert refused.value.details["parameter"] == "limit"


def test_each_value_is_read_on_the_day_it_names():
    days = Days(application=date(2025, 1, 1), start_on=date(2026, 1, 1), decision=date(2027, 1, 1), each_day=DAY)
    for read_on, value in (("application", 1), ("start_on", 2), ("decision", 3)):
        years = [
            entry(1, valid_to="2025-12-31", read_on=read_on),
            entry(2, valid_from="2026-01-01", valid_to="2026-12-31", read_on=read_on),
            entry(3, valid_from="2027-01-01", read_on=read_on),
        ]
        assert Law([pack(*years)], days)[LIMIT].value == value


def test_a_local_value_displaces_a_national_one_of_the_same_force():
    assert law(pack(entry(5)), pack(entry(3), name="zone"))[LIMIT].pack == "zone"
    assert law(pack(entry(5, grade="yes")), pack(entry(3, grade="yes"), name="zone"))[LIMIT].value == 3


def test_a_stricter_local_default_never_displaces_a_clause_that_binds():
    assert law(pack(entry(5, grade="yes")), pack(entry(3), name="zone"))[LIMIT].value == 5


def test_a_draft_displaces_nothing_the_district_adopted():
    assert law(pack(entry(5)), pack(entry(3, grade="draft"), name="zone"))[LIMIT].value == 5
    assert law(pack(entry(5, grade="no")), pack(entry(3, grade="draft"), name="zone"))[LIMIT].value == 3


@pytest.mark.parametrize("grade", ["yes", "default"])
def test_breach_of_what_binds_is_refused(grade):
    with pytest.raises(Refused) as refused:
        law(pack(entry(grade=grade)))[LIMIT].breach("staffing.too_many", given=9)
    assert (refused.value.code, refused.value.source) == ("staffing.too_many", "clause 5")
    assert refused.value.details == {"given": 9}


@pytest.mark.parametrize("grade", ["draft", "no"])
def test_breach_of_what_does_not_bind_is_a_warning(grade):
    warned = law(pack(entry(grade=grade)))[LIMIT].breach("staffing.too_many", given=9)
    assert warned == Warned(code="staffing.too_many", source="clause 5", details={"given": 9})


def test_a_pack_stands_on_others_and_each_is_read_once():
    packs = {each.name: each for each in (pack(), pack(name="city", stands_on=["national"]))}
    packs["zone"] = pack(name="zone", stands_on=["national", "city"])
    assert [each.name for each in stack(packs, "zone")] == ["national", "city", "zone"]
    with pytest.raises(BadInput, match="one of city, national, zone"):
        stack(packs, "nowhere")


def test_a_digest_is_of_the_values_and_not_of_how_they_were_written():
    assert pack(entry(1)).digest == parse_pack(pack(entry(1)).model_dump_json().encode()).digest
    assert pack(entry(1)).digest != pack(entry(2)).digest


@pytest.mark.parametrize(
    ("wrong", "where"),
    [
        ({"valid_from": "2026-02-30"}, "valid_from"),
        ({"grade": "maybe"}, "grade"),
        ({"read_on": "yesterday"}, "read_on"),
        ({"value": 0.5}, ""),
        ({"value": {"share": [0.5]}}, ""),
        ({"valid_to": "2019-12-31"}, ""),
        ({"rule": "DL-01"}, ""),
        ({"colour": "red"}, "colour"),
    ],
)
def test_a_line_that_is_wrong_is_named_by_its_field(wrong, where):
    with pytest.raises(BadInput) as bad:
        parse_entry({**entry(), **wrong})
    assert bad.value.where == where
    with pytest.raises(BadInput) as bad:
        pack({**entry(), **wrong})
    assert bad.value.where == f"entries.0.{where}".rstrip(".")


def test_a_field_that_is_missing_is_named():
    without = entry()
    del without["source"]
    with pytest.raises(BadInput, match="source: nothing"):
        parse_entry(without)


def test_a_parameter_has_one_value_a_day_and_a_rule_one_parameter():
    with pytest.raises(BadInput, match="two values"):
        pack(entry(1), entry(2, valid_from="2026-01-01"))
    terms = {"rule": "DL-01", "limit": "x", "kind": "duty", "owner": "y"}
    with pytest.raises(BadInput, match="share one rule"):
        pack({**entry(name="one"), **terms}, {**entry(name="other"), **terms})


def test_a_stored_value_of_another_type_is_a_corrupt_history():
    with pytest.raises(CorruptHistory, match="limit"):
        law(pack(entry("five")))[LIMIT]


def test_a_parameter_shows_its_name():
    assert repr(LIMIT) == "Parameter(limit)"


@pytest.mark.parametrize(
    ("written", "number"),
    [
        ("0.08", Fraction(2, 25)),
        (".5", Fraction(1, 2)),
        ("2/3", Fraction(2, 3)),
        (8, Fraction(8)),
        ("-1", Fraction(-1)),
    ],
)
def test_a_number_is_read_exactly(written, number):
    assert exact_number(written) == number == exact_number(number)


@pytest.mark.parametrize("wrong", [0.5, True, None, "1e3", "2,500", "1/0", "", "nan", "½", "1.", [1]])
def test_what_is_no_exact_number_is_refused(wrong):
    with pytest.raises(ValidationError):
        TypeAdapter[Fraction](Exact).validate_python(wrong)


def test_a_number_is_written_without_trailing_zeros_and_as_a_fraction_where_no_decimal_is_exact():
    numbers = [Fraction(7035, 10), Fraction(420), Fraction(-1, 8), Fraction(71, 83)]
    assert [decimal_text(each) for each in numbers] == ["703.5", "420", "-0.125", "71/83"]
    assert TypeAdapter[Fraction](Exact).dump_python(Fraction(1, 2)) == "0.5"


@given(st.fractions(-(10**9), 10**9, max_denominator=10_000))
def test_what_is_written_is_read_back_as_the_same_number(number):
    assert exact_number(decimal_text(number)) == number
