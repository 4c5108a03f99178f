"""Money is whole fen, counts are whole and never below nothing, days are days: anything else is no command (§4.1).

Such input leaves nothing behind; the first field that is wrong is named.
"""

import pytest

from domain.kernel.errors import BadInput
from domain.kernel.messages import body_of
from domain.task_admission.commands import RefuseTask
from domain.task_admission.decider import TASK_ADMISSION
from tests.domain.task_admission.main_line import disburse, grant, name_people, received, settlement


def read(command, **changes):
    body = body_of(command)
    for place, value in changes.items():
        inner = body
        *path, last = place.split("__")
        for step in path:
            inner = inner[int(step)] if step.isdigit() else inner[step]
        inner[last] = value
    return TASK_ADMISSION.commands.read(type(command).__name__, body)


@pytest.mark.parametrize("amount", [-1, 1.5, "100", "一百元", True, 2**53])
@pytest.mark.parametrize("command", [disburse(), received()])
def test_an_amount_is_whole_fen(command, amount):
    with pytest.raises(BadInput, match="amount_fen"):
        read(command, amount_fen=amount)


@pytest.mark.parametrize("field", ["spent_fen", "returned_fen", "carried_fen"])
def test_a_settlement_is_written_in_whole_fen_and_nothing_below(field):
    with pytest.raises(BadInput, match=rf"lines\.0\.{field}"):
        read(settlement(), **{f"lines__0__{field}": -1})


@pytest.mark.parametrize("tranche", [0, -1, 201, 1.0, "1"])
def test_payments_are_counted_from_one(tranche):
    with pytest.raises(BadInput, match="tranche"):
        read(disburse(), tranche=tranche)


@pytest.mark.parametrize("voucher", ["", " ", "凭证1号", "V 1", "V-1\n"])
def test_a_voucher_number_has_no_blanks(voucher):
    with pytest.raises(BadInput, match="voucher"):
        read(disburse(), voucher=voucher)


@pytest.mark.parametrize("year", [20266, 1948, "2026", 2026.0])
def test_a_fiscal_year_is_a_year(year):
    with pytest.raises(BadInput, match="year"):
        read(received(), year=year)


@pytest.mark.parametrize("day", ["20261—20266月", "2026-13-01", "2026-02-30", "20260601", "明天"])
def test_a_grant_begins_on_a_day(day):
    with pytest.raises(BadInput, match="from_on"):
        read(grant(), from_on=day)


@pytest.mark.parametrize("hours", [-1, 0.5, "40"])
def test_hours_are_whole_and_never_below_nothing(hours):
    with pytest.raises(BadInput, match=r"people\.0\.hours_a_month"):
        read(name_people(), people__0__hours_a_month=hours)


@pytest.mark.parametrize("posts", [-1, 0.5])
def test_added_posts_too(posts):
    with pytest.raises(BadInput, match="added_posts"):
        read(name_people(), added_posts=posts)


@pytest.mark.parametrize("leg", ["people", "funds", ""])
def test_a_refusal_is_for_want_of_authority_or_money(leg):
    with pytest.raises(BadInput, match="leg"):
        read(RefuseTask(leg="money", reasons="经费未到位。"), leg=leg)


@pytest.mark.parametrize("reasons", ["", "  ", None])
def test_and_always_written_with_reasons(reasons):
    with pytest.raises(BadInput, match="reasons"):
        read(RefuseTask(leg="money", reasons="经费未到位。"), reasons=reasons)


def test_a_field_that_no_command_has_is_named():
    with pytest.raises(BadInput, match="amount_yuan"):
        TASK_ADMISSION.commands.read("RecordDisbursement", {**body_of(disburse()), "amount_yuan": 120_000})
