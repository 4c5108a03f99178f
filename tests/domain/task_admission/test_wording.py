"""No task by order, no target in the text (S2-04); a number that describes is no target (ADMISSION §8 item 8)."""

import re

import pytest

from domain.task_admission.commands import SubmitApplication
from domain.task_admission.rules.wording import TEXTS, _any_of
from tests.domain.task_admission.changed_packs import with_grade
from tests.domain.task_admission.district import District, a_form, details, refusal


def submit(form, there=None):
    return (there or District()).drafted(form).answer(SubmitApplication())


@pytest.mark.parametrize(
    "text",
    [
        "年内完成300户入户登记。",
        "完成入户走访３００户",
        "完成三百户登记",
        "确保不少于20人参加",
        "务必办理 15 件",
        "每季度达到90%",
        "入户率100%",
        "满意率要求达百分之九十五",
        "各社区不低于二十场",
        "由街道下达任务",
        "限期完成",
    ],
)
def test_an_order_or_a_target_in_the_text_is_refused(text):
    answer = submit(a_form(description=text))
    assert refusal(answer)[0] == "target_in_text"
    assert (details(answer)["field"], details(answer)["belongs_in"]) == ("description", "workload")


@pytest.mark.parametrize(
    "text",
    [
        "涉及约300户高龄独居老人。",
        "辖区共有3个小区、1200户。",
        "送餐完成后由社区签收。",
        "年满60周岁的老人",
        "建立一户一档，完成一户登记一户",
        "不下指标，也不派任务",
        "尚未完成20户的登记",
        "完成登记。涉及300户。",
        "工作日11时至13时送餐",
    ],
)
def test_a_number_that_describes_is_lawful(text):
    assert submit(a_form(description=text)).answer.outcome == "recorded"


@pytest.mark.parametrize("field", TEXTS)
def test_every_text_of_the_form_is_read(field):
    answer = submit(a_form(**{field: "完成300户"}))
    assert (refusal(answer), details(answer)["field"]) == (("target_in_text", "S2-04; ADMISSION §8.8"), field)
    assert details(answer)["found"] == "完成300户"


def test_a_rule_that_is_only_a_draft_warns():
    answer = submit(a_form(description="完成300户"), District(packs=(with_grade("obliging_verbs", "draft"),)))
    assert [each.code for each in answer.answer.warnings] == ["task_admission.target_in_text"]


def test_a_district_that_names_no_words_forbids_none():
    assert re.search(_any_of(()), "完成300户") is None
