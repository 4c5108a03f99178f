"""Sentences with their details filled in, in two languages."""

import pytest

from starter.output import Screen
from starter.words import Words, yuan


def test_a_refusal_names_phase_and_command_in_the_readers_words():
    details = {"phase": "screening", "command": "AmendDraft"}
    assert Words("zh").refusal("task_admission.wrong_phase", details) == "当前阶段为“形式审查”，不能“修改草稿”。"
    assert Words("en").refusal("task_admission.wrong_phase", details) == (
        "In the phase “formal check” one cannot “amend the draft”."
    )


def test_a_process_without_a_sentence_of_its_own_takes_the_shared_one():
    assert Words("en").refusal("register.act_in_future", {"on": "2027-01-01"}) == (
        "The day of the act, 2027-01-01, has not come yet."
    )


def test_a_code_nobody_wrote_a_sentence_for_stands_for_itself():
    assert Words("zh").refusal("elsewhere.unheard_of", {}) == "elsewhere.unheard_of"


def test_a_missing_detail_leaves_a_dash_and_not_an_error():
    assert "—" in Words("en").refusal("task_admission.incomplete", {})


@pytest.mark.parametrize(
    ("fen", "shown"), [(0, "¥0.00"), (5, "¥0.05"), (123_456_789, "¥1,234,567.89"), (-150, "-¥1.50")]
)
def test_money_is_shown_in_yuan(fen, shown):
    assert yuan(fen) == shown


def test_a_table_aligns_chinese_text_by_the_width_it_takes(capsys):
    Screen("table", "zh").rows(("case", "title"), [{"case": "街道", "title": "甲"}, {"case": "abcd", "title": "乙"}])
    lines = capsys.readouterr().out.splitlines()
    assert lines[1].index("甲") + 2 == lines[2].index("乙")


def test_a_program_gets_one_object_a_line_with_every_key(capsys):
    Screen("json", "zh").rows(("case",), [{"case": "task-1", "title": "助餐"}])
    assert capsys.readouterr().out == '{"case": "task-1", "title": "助餐"}\n'
