"""Each rule is asked by name; what is malformed is named and never reaches the formula (CLI.md, `policy eval`)."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.formulas.catalogue import RULES, answer
from domain.kernel.errors import BadInput
from domain.kernel.facts import Days
from domain.kernel.policy import Law, parse_pack, stack
from starter.joins import load_calendar, load_packs

NAMES = """station_staff station_leaders station_funds committee_funds yearly_growth committee_required committee_size
    worker_income village_head_income committee_subsidy working_funds settlement_contribution volunteers community_size
    station_establishment city_subsidy district_match pay_base headcount_allocation centre_headcount payment_channel
    indicator_minimum facility_area supplementary_contract performance_bond bid_bond contract_term overdue_interest
    payment_due grade weighted_score satisfaction_rate"""

POSTS = {"leaders": 1, "deputies": {"least": 1, "most": 2}}


def asked(rule, pack="national", on=date(2026, 3, 2), **arguments):
    law = Law(stack(load_packs(), pack), Days.all_on(on))
    return answer(rule, arguments, law, load_calendar())


def with_value(name, value, grade="yes", base="national"):
    """Ask under a pack of the test's own that sets one value."""
    line = {"name": name, "value": value, "unit": "x", "valid_from": "2020-01-01", "source": "own", "grade": grade}
    own = {"name": "own", "title": "own", "valid_from": "2020-01-01", "source": "own"}
    own_pack = parse_pack({**own, "entries": [{**line, "read_on": "each_day"}]})
    return Law([*stack(load_packs(), base), own_pack], Days.all_on(date(2026, 3, 2)))


def test_the_catalogue_has_the_names_of_the_contract():
    assert sorted(RULES) == sorted(NAMES.split())


def test_a_value_comes_with_the_pack_and_the_clause_that_set_it():
    outcome = asked("grade", "development_zone", score="90")
    assert (outcome.outcome, outcome.pack, outcome.source) == ("value", "national", "X-GRADE")


def test_an_unknown_rule_is_told_the_known_ones():
    with pytest.raises(BadInput, match="station_staff"):
        asked("station_stuff")


@pytest.mark.parametrize(
    ("rule", "arguments", "where"),
    [
        ("station_staff", {}, "households"),
        ("station_staff", {"household": 1}, "household"),
        ("station_staff", {"households": "2,500"}, "households"),
        ("station_staff", {"households": "2500.5"}, "households"),
        ("station_staff", {"households": 2500.0}, "households"),
        ("station_staff", {"households": False}, "households"),
        ("station_staff", {"households": None}, "households"),
        ("station_staff", {"households": "9" * 16}, "households"),
        ("committee_funds", {"amount_fen": False}, "amount_fen"),
        ("committee_funds", {"amount_fen": "1", "months": "13"}, "months"),
        ("committee_required", {}, "households"),
        ("committee_required", {"households": 1, "units": 1, "occupied": 1}, "households"),
        ("committee_required", {"units": 1}, "households"),
        ("committee_required", {"units": 10, "occupied": 11}, "occupied"),
        ("committee_subsidy", {"station_employee": "perhaps", "amount_fen": 1}, "station_employee"),
        ("city_subsidy", {"months": ",".join(["1/1"] * 13)}, "months"),
        ("city_subsidy", {"months": "10-12"}, "months"),
        ("city_subsidy", {"months": [10]}, "months"),
        ("headcount_allocation", {"approved": 1, "allocated": []}, "allocated"),
        ("headcount_allocation", {"approved": 1, "allocated": True}, "allocated"),
        ("payment_channel", {"payer": "somebody", "payee": "centre"}, "payer"),
        ("payment_channel", {"payer": 7, "payee": "centre"}, "payer"),
        ("indicator_minimum", {"indicator": "dentists", "population": 1}, "indicator"),
        ("contract_term", {"from": "2026-02-30", "to": "2026-03-01"}, "from"),
        ("contract_term", {"from": "20191", "to": "2026-03-01"}, "from"),
        ("contract_term", {"from": "1800-01-01", "to": "2026-03-01"}, "from"),
        ("contract_term", {"from": "2026-03-02", "to": "2026-03-01"}, "to"),
        (
            "contract_term",
            {"from": "2026-03-02", "to": "2026-03-03", "long_term_conditions": 5},
            "long_term_conditions",
        ),
        ("grade", {"score": "ninety"}, "score"),
        ("centre_headcount", {"index": "-1"}, "index"),
        ("weighted_score", {"weights": "1", "scores": "80,90"}, "scores"),
        ("satisfaction_rate", {"sampled": 1, "answered": 2, "satisfied": 1}, "answered"),
        ("satisfaction_rate", {"sampled": 3, "answered": 2, "satisfied": 3}, "satisfied"),
    ],
)
def test_what_is_malformed_is_named(rule, arguments, where):
    with pytest.raises(BadInput) as bad:
        asked(rule, "development_zone", **arguments)
    assert bad.value.where == where


def test_more_leaders_than_staff_cannot_be():
    assert asked("station_leaders", "development_zone", staff=1, leaders=1, deputies=1).outcome == "refused"


def test_a_single_number_is_a_list_of_one():
    assert asked("supplementary_contract", original_fen=100, supplements_fen=10).outcome == "accepted"


def test_yes_and_no_are_read_from_text():
    for word, outcome in (("true", "refused"), ("false", "accepted")):
        given_words = {"station_employee": word, "amount_fen": "1"}
        assert asked("committee_subsidy", "development_zone", **given_words).outcome == outcome


def test_a_draft_warns_where_a_rule_would_refuse():
    law = with_value("committee_members", {"least": 7, "most": 9}, grade="draft", base="qingyang")
    on_2019 = Law(law.packs, Days.all_on(date(2020, 1, 1)))
    outcome = answer("committee_size", {"members": 5}, on_2019, load_calendar())
    assert (outcome.outcome, outcome.code) == ("warned", "staffing.committee_size")


@pytest.mark.parametrize(
    ("rule", "parameter", "value", "arguments"),
    [
        ("station_leaders", "station_posts", POSTS, "staff=1 leaders=2 deputies=0"),
        ("committee_funds", "committee_funds", {"least_fen": 10, "proration": "monthly"}, "amount_fen=9"),
        ("yearly_growth", "yearly_growth", {"equal": "warned", "less": "refused"}, "previous_fen=2 current_fen=1"),
        ("committee_subsidy", "station_employee_subsidy", 0, "station_employee=true amount_fen=1"),
        ("volunteers", "volunteers", {"ordinary": "0.08", "demonstration": "0.1"}, "population=100 registered=7"),
        ("headcount_allocation", "headcount", {"existing": 1, "approved": 2}, "approved=2 allocated=1"),
        ("payment_channel", "payers", ["finance_bureau"], "payer=department payee=centre"),
        ("worker_income", "worker_income_floor", 1, "income_fen=1 disposable_income_fen=2"),
    ],
)
def test_what_only_a_draft_says_warns_and_never_refuses(rule, parameter, value, arguments):
    own_pack = with_value(parameter, value, grade="draft").packs[-1]
    law = Law([own_pack], Days.all_on(date(2026, 3, 2)))
    given_words = dict(each.split("=") for each in arguments.split())
    assert answer(rule, given_words, law, load_calendar()).outcome == "warned"


def test_money_that_does_not_grow_is_judged_as_the_pack_says():
    law = with_value("yearly_growth", {"equal": "accepted", "less": "warned"})
    same, less = ({"previous_fen": 100, "current_fen": amount} for amount in (100, 99))
    assert answer("yearly_growth", same, law, load_calendar()).outcome == "accepted"
    assert answer("yearly_growth", less, law, load_calendar()).outcome == "warned"


@pytest.mark.parametrize(("rounding", "staff"), [("down", 10), ("up", 11), ("half_up", 11)])
def test_how_a_begun_lot_of_households_counts_is_the_pack_s_to_say(rounding, staff):
    terms = {"least": 10, "base_households": 2000, "step_households": 500, "persons_per_step": 1, "most": 20}
    law = with_value("station_staff", {**terms, "rounding": rounding})
    assert answer("station_staff", {"households": 2250}, law, load_calendar()).value == staff


@pytest.mark.parametrize(("proration", "fen"), [("linear", 1500000), ("down", 1000000), ("up", 2000000)])
def test_how_a_begun_thousand_of_households_counts_is_the_pack_s_to_say(proration, fen):
    law = with_value("station_funds", {"fen": 1000000, "households": 1000, "proration": proration})
    assert answer("station_funds", {"households": 1500}, law, load_calendar()).value == fen


def test_a_floor_without_proration_is_whole_in_a_part_of_a_year():
    law = with_value("committee_funds", {"least_fen": 3000000, "proration": "none"})
    assert answer("committee_funds", {"amount_fen": 1500000, "months": 6}, law, load_calendar()).outcome == "refused"


def test_a_centre_with_weights_of_its_district_has_a_headcount():
    law = with_value("centre_headcount_weights", {"population": "0.5", "area": "0.5"}, base="changsha")
    assert answer("centre_headcount", {"index": "1.25"}, law, load_calendar()).value == "7.5"


def test_an_agreed_rate_is_held_against_the_prime_rate_of_the_pack():
    law = with_value("one_year_loan_prime_rate", "0.03")
    asked_for = {"amount_fen": 36500000, "days": 10}
    assert answer("overdue_interest", {**asked_for, "agreed_rate": "0.0365"}, law, load_calendar()).value == 36500
    low = answer("overdue_interest", {**asked_for, "agreed_rate": "0.02"}, law, load_calendar())
    assert (low.outcome, low.code) == ("refused", "service_contract.interest_too_low")


def test_a_payment_without_delay_is_due_the_same_day():
    assert asked("payment_due", accepted_on="2026-04-20", agreed_days=0).value == "2026-04-20"


def test_satisfaction_may_not_be_overtaken_by_another_weight_where_the_least_is_smaller():
    law = with_value("satisfaction_weight", {"least": "0.3", "is_largest": True})
    outcome = answer("weighted_score", {"weights": "0.4,0.6", "scores": "1,1"}, law, load_calendar())
    assert outcome.code == "assessment.satisfaction_weight"


def test_a_rate_of_the_sampled_counts_who_did_not_answer():
    law = with_value("satisfaction_rate", {"of": "sampled", "empty": "no_data"})
    given_counts = {"sampled": 100, "answered": 83, "satisfied": 71}
    assert answer("satisfaction_rate", given_counts, law, load_calendar()).value == "0.71"


@given(st.integers(0, 200_000))
def test_the_two_packs_pay_the_same_for_the_same_households(households):
    ours, theirs = (
        asked(rule, pack, households=households).value
        for rule, pack in (("working_funds", "qingyang"), ("station_funds", "development_zone"))
    )
    assert ours == theirs == households * 1000


@given(st.integers(1, 100_000), st.integers(0, 1000))
def test_more_households_never_mean_fewer_persons_and_never_more_than_the_cap(households, more):
    few = asked("station_staff", "development_zone", households=households).value
    many = asked("station_staff", "development_zone", households=households + more).value
    assert 10 <= few <= many <= 20


@given(st.lists(st.tuples(st.integers(0, 50), st.integers(0, 50)), min_size=1, max_size=12))
def test_the_city_never_pays_for_more_than_is_approved_in_any_month(months):
    text = ",".join(f"{actual}/{approved}" for actual, approved in months)
    paid = asked("city_subsidy", "changsha", months=text)
    assert paid.value <= -(-10_000_00 * sum(approved for _, approved in months) // 12)
    assert paid.details == {"person_months": sum(min(pair) for pair in months)}


@given(st.integers(0, 100_000), st.integers(0, 100_000))
def test_volunteers_are_enough_exactly_when_the_share_is_reached(population, registered):
    outcome = asked("volunteers", "qingyang", population=population, registered=registered).outcome
    assert (outcome == "accepted") == (registered * 100 >= 8 * population)
