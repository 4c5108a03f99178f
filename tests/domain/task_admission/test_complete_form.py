"""A complete form, a lawful basis, a stated claim, one accountable officer (S3-09, S3-12, S0-08, S2-01)."""

from datetime import date

import pytest

from domain.task_admission.application import ApplicationForm, LegalBasis
from domain.task_admission.commands import SubmitApplication
from domain.task_admission.rules.submission import REQUIRED
from tests.domain.task_admission.district import (
    BEFORE,
    ORGANISATIONS,
    TODAY,
    District,
    a_form,
    an_old_form,
    details,
    entry,
    published,
    refusal,
    seat,
    version,
)


def submit(form, **more):
    return District().drafted(form, **more).answer(SubmitApplication(), **more)


def test_a_complete_form_is_handed_in_and_classified_in_one_answer():
    answer = submit(a_form())
    assert answer.answer.events == (
        "ApplicationSubmitted",
        "ItemClassified",
        "DeadlineSet",
        "DeadlineKept",
        "DeadlineSet",
    )
    assert answer.answer.phase == "screening"


def test_handing_in_what_is_handed_in_is_nothing_new():
    assert District().submitted().answer(SubmitApplication()).answer.outcome == "nothing_new"


def test_an_empty_form_is_refused_and_every_blank_field_named():
    answer = submit(ApplicationForm())
    assert refusal(answer) == ("incomplete", "S3-09, S3-12, S0-08")
    assert details(answer)["fields"] == list(REQUIRED)


@pytest.mark.parametrize("field", REQUIRED)
def test_each_blank_field_is_named(field):
    answer = submit(a_form(**{field: None}))
    assert (refusal(answer)[0], details(answer)["fields"]) == ("incomplete", [field])


def test_an_item_without_a_legal_basis_is_refused():
    assert refusal(submit(a_form(legal_basis=None))) == ("legal_basis_missing", "S2-01, L-RC25:43¶2")


def test_a_basis_nobody_has_published_is_no_basis():
    invented = a_form(legal_basis=LegalBasis(instrument="L-XX", article="1"))
    assert refusal(submit(invented))[0] == "legal_basis_missing"


def test_a_basis_repealed_on_the_first_day_is_refused():
    old = a_form(legal_basis=LegalBasis(instrument="L-RC18", article="3.5"))
    assert refusal(submit(old))[0] == "legal_basis_repealed"


def test_a_basis_not_yet_in_force_on_the_first_day_is_no_basis():
    early = an_old_form(legal_basis=LegalBasis(instrument="L-RC25", article="10.3"))
    assert refusal(submit(early, on=BEFORE))[0] == "legal_basis_missing"


def test_without_a_law_register_no_basis_can_be_shown():
    there = District().drafted(a_form()).without_list("law_register")
    assert refusal(there.answer(SubmitApplication()))[0] == "legal_basis_missing"


def test_the_register_may_name_a_single_article():
    there = District().with_list(published("law_register", version(1, entry("L-LOCAL:7", "elders"))))
    form = a_form(legal_basis=LegalBasis(instrument="L-LOCAL", article="7"))
    assert there.drafted(form).answer(SubmitApplication()).answer.outcome == "recorded"
    other = a_form(legal_basis=LegalBasis(instrument="L-LOCAL", article="8"))
    assert refusal(there.drafted(other).answer(SubmitApplication()))[0] == "legal_basis_missing"


def test_the_claim_must_be_stated():
    assert refusal(submit(a_form(claim=None))) == ("claim_missing", "S3-09")


@pytest.mark.parametrize(
    ("officer", "why"), [(None, "not_named"), ("nobody", "unknown_person"), ("zhao", "not_in_office")]
)
def test_one_officer_of_the_applying_body_answers_for_the_item(officer, why):
    answer = submit(a_form(accountable_officer=officer))
    assert refusal(answer) == ("accountable_officer_missing", "S3-12")
    assert details(answer)["why"] == why


def test_an_officer_who_left_office_answers_for_nothing():
    gone = seat("gao", "health", "head_of_department", last_on=date(2026, 3, 2))
    there = District(seats=(*District().seats, gone)).drafted(a_form(accountable_officer="gao"))
    assert details(there.answer(SubmitApplication(), on=TODAY))["why"] == "not_in_office"


def test_a_dissolved_body_applies_for_nothing():
    there = District().drafted()
    dissolved = tuple(
        each.model_copy(update={"spell": each.spell.model_copy(update={"last_on": date(2026, 3, 2)})})
        if each.id == "health"
        else each
        for each in ORGANISATIONS
    )
    assert (
        refusal(District(organisations=dissolved, history=there.history).answer(SubmitApplication()))[0]
        == "not_in_office"
    )
    unknown = tuple(each for each in ORGANISATIONS if each.id != "health")
    assert (
        refusal(District(organisations=unknown, history=there.history).answer(SubmitApplication()))[0]
        == "not_in_office"
    )
