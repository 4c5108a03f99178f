"""Whatever can be wrong with a field is said in the reader's language."""

import pickle
from collections.abc import Iterator
from typing import Any, get_args

import pytest
from pydantic import BaseModel, ValidationError
from pydantic_core import to_json

from domain.kernel.errors import BadInput
from domain.kernel.packs import Pack
from domain.processes import PROCESSES
from domain.task_admission.commands import COMMANDS
from starter.forms import parse, read_day
from starter.scripts import Script, Step
from starter.words import LANGUAGES, Words, catalogue

FORMS = (*(kind for process in PROCESSES.values() for kind in process.commands.by_name.values()), Script, Step, Pack)
"""Everything that is read from what a person wrote."""
SINGLE = (
    *(None, True, 0, -1, 10**20, 1.5, "", "x", " ", "x" * 30_000, "a\x00", "a\nb", "1", [], {}),
    *("2026-02-30", "20191—20196月", "2026-03-02", "2026-03-02T10:00:00Z", {"kind": "x"}, {"x": 1}),
)
WRONG = (*SINGLE, *([each] for each in SINGLE))
USUAL = {
    *("missing", "extra_forbidden", "int_type", "bool_type", "string_type", "string_too_long", "date_parsing"),
    *("literal_error", "string_pattern_mismatch", "greater_than_equal", "too_short", "model_type", "value_error"),
}


def _records(kind: Any, found: set[type[BaseModel]]) -> None:
    """Collect a record with every record in it."""
    if not (isinstance(kind, type) and issubclass(kind, BaseModel)):
        for part in get_args(kind):
            _records(part, found)
    elif kind not in found:
        found.add(kind)
        for field in kind.model_fields.values():
            _records(field.annotation, found)


def _kinds(record: type[BaseModel]) -> Iterator[str]:
    bodies = [{field.alias or name: each} for name, field in record.model_fields.items() for each in WRONG]
    for body in (*bodies, None, 3, "x", [], {"unheard_of": 1}):
        try:
            record.model_validate_json(to_json(body))
        except ValidationError as error:
            yield from (each["type"] for each in error.errors())


@pytest.fixture(scope="module")
def kinds() -> set[str]:
    """Every kind of mistake that a form can hold."""
    records: set[type[BaseModel]] = set()
    for form in FORMS:
        _records(form, records)
    return {kind for record in records for kind in _kinds(record)}


def test_the_forms_are_wrong_in_every_usual_way(kinds):
    assert kinds >= USUAL


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_mistake_a_form_can_hold_has_words(kinds, language):
    assert [kind for kind in sorted(kinds) if f"defect.{kind}" not in catalogue(language)] == []


def said(language: str, **application: object) -> str:
    body = {"community": "maple", "application": application}
    with pytest.raises(BadInput) as refused:
        COMMANDS.read("DraftApplication", body)
    return Words(language).bad_input(refused.value)


@pytest.mark.parametrize(
    ("application", "sentence"),
    [
        ({"colour": 1}, "输入有误——application.colour：1；应为：没有这个字段，请删去或改正名称"),
        (
            {"added_posts": False},
            "输入有误——application.added_posts：False；应为：整数，不带小数，不加引号；金额以分为单位",
        ),
        (
            {"added_posts": "3"},
            "输入有误——application.added_posts：'3'；应为：整数，不带小数，不加引号；金额以分为单位",
        ),
        ({"added_posts": -1}, "输入有误——application.added_posts：-1；应为：不小于 0"),
        ({"start_on": "2026-02-30"}, "输入有误——application.start_on：'2026-02-30'；应为：日期，如 2026-03-02"),
        ({"claim": "mine"}, "输入有误——application.claim：'mine'；应为：下列之一：own、delegated、assist"),
        (
            {"matter": "助餐"},
            "输入有误——application.matter：'助餐'；应为：代码：只含字母、数字和 . _ : / -，至多 120 个字符",
        ),
        ({"title": "a\nb"}, "输入有误——application.title：'a\\nb'；应为：一行非空白的文字，不能换行"),
        (
            {"legal_basis": {"instrument": "L-RC25"}},
            "输入有误——application.legal_basis.article：无；应为：必填，不能空缺",
        ),
        (
            {"start_on": "2026-03-02", "end_on": "2026-03-01"},
            "最后一天（end_on）不早于第一天（start_on）",
        ),
    ],
)
def test_a_wrong_field_reads_in_chinese(application, sentence):
    assert sentence in said("zh", **application)


def test_the_same_reads_in_english():
    assert said("en", added_posts=False).endswith(
        "application.added_posts: False; expected a whole number, without a fraction and without quotes; "
        "money is counted in fen"
    )
    assert said("en", claim="mine").endswith("'mine'; expected one of own, delegated, assist")


def test_what_the_way_in_finds_wrong_reads_in_chinese_too():
    with pytest.raises(BadInput) as refused:
        parse(b"amount_fen: 1.5")
    assert "不带小数" in Words("zh").bad_input(refused.value)
    with pytest.raises(BadInput) as refused:
        read_day("2026-02-30", "--on")
    assert Words("zh").bad_input(refused.value).endswith("应为：日期，如 2026-03-02")


def test_a_mistake_nobody_has_words_for_is_said_as_it_is():
    unheard_of = BadInput("colour", "red", "a colour of the sky", defect="sky_type")
    assert Words("zh").bad_input(unheard_of) == "输入有误——colour：red；应为：a colour of the sky"


def test_a_mistake_keeps_its_kind_wherever_it_is_found_and_when_it_is_pickled():
    mistake = BadInput("fen", "1", "at least 5", defect="greater_than_equal", details={"ge": 5})
    for same in (
        mistake.under("steps[1]"),
        mistake.at("steps[1].fen"),
        pickle.loads(pickle.dumps(mistake.under("steps[1]"))),  # noqa: S301 — bytes of our own
    ):
        assert (same.where, same.defect, same.details) == ("steps[1].fen", "greater_than_equal", {"ge": 5})
