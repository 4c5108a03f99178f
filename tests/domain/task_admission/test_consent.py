"""Until 2025-12-31 a department needed the government's consent to ask a residents' committee (L-RC18:20; C22).

The consent may come from the dispatched office. The day of application decides (ADMISSION §8 items 9 and 30).
"""

from datetime import date

import pytest

from domain.task_admission.application import Consent, LegalBasis
from domain.task_admission.commands import SubmitApplication
from tests.domain.task_admission.changed_packs import with_grade
from tests.domain.task_admission.district import (
    BEFORE,
    BEFORE_START,
    District,
    a_form,
    an_old_form,
    details,
    organisation,
    refusal,
)

LAST_DAY = date(2025, 12, 31)
FIRST_DAY = date(2026, 1, 1)


def submit(form, *, by="li", on=BEFORE, community="harbour", there=None):
    return (
        (there or District()).drafted(form, by=by, on=on, community=community).answer(SubmitApplication(), by=by, on=on)
    )


def consent(body, given_on=date(2025, 8, 20)):
    return Consent(organisation=body, given_on=given_on, document="同意函")


def test_a_department_that_asked_a_residents_committee_without_consent_is_refused():
    answer = submit(an_old_form(consent=None))
    assert refusal(answer) == ("consent_missing", "L-RC18:20")
    assert details(answer)["why"] == "not_attached"


def test_the_consent_of_the_dispatched_office_is_enough():
    assert submit(an_old_form()).answer.outcome == "recorded"


def test_the_consent_of_the_government_itself_is_enough():
    there = District(organisations=(*District().organisations, organisation("zone_gov", "district_government")))
    assert submit(an_old_form(consent=consent("zone_gov")), there=there).answer.outcome == "recorded"


@pytest.mark.parametrize(
    ("given", "why"),
    [
        (consent("finance"), "not_a_government"),
        (consent("nobody"), "not_a_government"),
        (consent("quay_office", date(1999, 12, 31)), "not_a_government"),
        (consent("quay_office", date(2025, 9, 2)), "given_later"),
        (consent("health"), "own_consent"),
    ],
)
def test_not_every_paper_is_a_consent(given, why):
    assert details(submit(an_old_form(consent=given)))["why"] == why


def test_on_the_last_day_of_2025_consent_is_still_needed_and_on_the_first_of_2026_no_more():
    form = a_form(consent=None)
    assert refusal(submit(form, on=LAST_DAY))[0] == "consent_missing"
    assert submit(form, on=FIRST_DAY).answer.outcome == "recorded"


def test_a_listed_item_needed_consent_too():
    listed = an_old_form(consent=None, matter="public_health_notices")
    assert refusal(submit(listed))[0] == "consent_missing"


@pytest.mark.parametrize("on", [BEFORE, LAST_DAY])
def test_a_village_committee_was_never_under_that_rule(on):
    village = LegalBasis(instrument="L-VC18", article="37")
    start_on = BEFORE_START if on == BEFORE else date(2026, 6, 1)
    form = an_old_form(consent=None, legal_basis=village, start_on=start_on, end_on=date(2026, 10, 30))
    assert submit(form, on=on, community="fields").answer.outcome == "recorded"


def test_the_dispatched_office_that_asks_itself_needs_nobodys_consent():
    form = an_old_form(consent=None, cost_bearer="quay_office", accountable_officer="zhao")
    assert submit(form, by="zhao").answer.outcome == "recorded"


def test_where_the_rule_only_proposes_a_missing_consent_warns():
    only = District(packs=(with_grade("consent_needed", "no"),))
    answer = submit(an_old_form(consent=None), there=only)
    assert [each.code for each in answer.answer.warnings] == ["task_admission.consent_missing"]
