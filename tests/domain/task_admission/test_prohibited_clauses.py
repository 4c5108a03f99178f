"""No guarantee by the committee, no responsibility letter, target, veto or order (L-RC25:12; S2-11; S4-42, S4-43)."""

from dataclasses import replace

import pytest

from domain.task_admission.rules.agreement import TEXTS
from tests.domain.task_admission.changed_packs import with_grade
from tests.domain.task_admission.district import details, refusal
from tests.domain.task_admission.main_line import SCOPE, approve, approved, reviewed
from tests.domain.task_admission.signing import answer

TARGET = "完成300户入户登记。"


def test_a_committee_guarantees_nothing():
    answered = answer(guarantors=("harbour",))
    assert refusal(answered) == ("guarantee_forbidden", "L-RC25:12")
    assert details(answered) == {"community": "harbour"}


def test_nor_beside_others():
    assert refusal(answer(guarantors=("health", "harbour")))[0] == "guarantee_forbidden"


def test_another_body_may_guarantee():
    assert answer(guarantors=("health",)).answer.outcome == "recorded"


@pytest.mark.parametrize("demand", ["responsibility_letter", "target", "veto", "separate_assessment", "seal"])
def test_what_a_community_may_not_be_asked_to_bear_is_no_clause(demand):
    answered = answer(demands=(demand,))
    assert refusal(answered) == ("prohibited_clause", "S2-11, S4-42, S4-43")
    assert details(answered) == {"clauses": [demand]}


@pytest.mark.parametrize("field", TEXTS)
def test_no_text_of_it_sets_a_target(field):
    answered = answer(**{field: TARGET})
    assert refusal(answered) == ("prohibited_clause", "S2-04; ADMISSION §8.8")
    assert details(answered) == {"field": field, "found": "完成300户"}


def test_nor_does_a_line_of_its_scope():
    scope = (SCOPE[0], TARGET)
    there = approved(reviewed(), scope=scope)
    assert details(answer(there, scope=scope))["field"] == "scope.2"
    assert approve(scope=scope).scope == scope


@pytest.mark.parametrize("text", ["由街道下达任务。", "签约率达到90%。", "限期完成。"])
def test_an_order_or_a_rate_is_no_clause_either(text):
    assert refusal(answer(standard=text))[0] == "prohibited_clause"


@pytest.mark.parametrize("text", ["服务约300户老人。", "不下指标。", "每半年复核一次。"])
def test_a_number_that_describes_is_lawful(text):
    assert answer(standard=text).answer.outcome == "recorded"


def test_a_rule_on_words_that_is_only_proposed_warns_and_the_warning_is_stored_with_the_signature():
    there = replace(approved(), packs=(with_grade("obliging_verbs", "draft"),))
    answered = answer(there, standard=TARGET)
    assert [each.code for each in answered.events[0].warnings] == ["task_admission.prohibited_clause"]
    assert answered.answer.warnings == answered.events[0].warnings
