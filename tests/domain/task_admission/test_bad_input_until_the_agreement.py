"""What is no command leaves nothing behind, and the first field that is wrong is named (dossier §4.1, bad input)."""

from typing import Any

import pytest

from domain.kernel.errors import BadInput
from domain.kernel.messages import Command, body_of
from domain.task_admission.agreement import Proxy
from domain.task_admission.commands import CallConference, ClaimOrDeny, RejectAdmission
from domain.task_admission.decider import TASK_ADMISSION
from tests.domain.task_admission.main_line import SIGNED_ON, approve, countersign, opinion, sign

PROXY = Proxy(principal="chen", document="授权委托书", given_on=SIGNED_ON)
CLAIM = ClaimOrDeny(stance="claim", reasons="由教育部门牵头。")
CALL = CallConference(cause="fund_dispute", facts="经费来源有争议。")


def put(body: Any, where: str, value: Any) -> None:
    """Put a value at a place (`agreement.term.end_on`) of a body."""
    *path, last = where.split(".")
    for step in path:
        body = body[int(step)] if step.isdigit() else body[step]
    body[int(last) if last.isdigit() else last] = value


def defect(command: Command, where: str, value: Any) -> str:
    body = body_of(command)
    put(body, where, value)
    with pytest.raises(BadInput) as found:
        TASK_ADMISSION.commands.read(type(command).__name__, body)
    return found.value.where


@pytest.mark.parametrize("value", [-1, 1.5, "100", True, "一百元"])
@pytest.mark.parametrize(
    ("command", "where"),
    [
        (countersign(), "schedule.0.amount_fen"),
        (sign(), "agreement.amount_fen"),
        (sign(), "agreement.payments.0.amount_fen"),
    ],
)
def test_money_is_whole_fen_and_never_below_nothing(command, where, value):
    assert defect(command, where, value) == where


@pytest.mark.parametrize("value", ["20191—20196月", "2026-02-30", "2026-13-01", "20260601", "六月一日", ""])
@pytest.mark.parametrize(
    ("command", "where"),
    [
        (approve(), "term.start_on"),
        (countersign(), "schedule.0.due_on"),
        (sign(), "agreement.term.end_on"),
        (sign(), "agreement.payments.0.due_on"),
        (sign(proxy=PROXY), "proxy.given_on"),
    ],
)
def test_a_day_is_a_day_of_the_calendar(command, where, value):
    assert defect(command, where, value) == where


@pytest.mark.parametrize(("command", "where"), [(approve(), "term"), (sign(), "agreement.term")])
def test_a_term_ends_no_day_before_it_begins(command, where):
    backwards = {"start_on": "2026-06-02", "end_on": "2026-06-01"}
    assert defect(command, where, backwards) == where
    one_day = body_of(command)
    put(one_day, where, {"start_on": "2026-06-01", "end_on": "2026-06-01"})
    assert TASK_ADMISSION.commands.read(type(command).__name__, one_day)


@pytest.mark.parametrize("value", ["", " ", "\n", "第一行\n第二行"])
@pytest.mark.parametrize(
    ("command", "where"),
    [
        (approve(), "decision_no"),
        (approve(), "scope.0"),
        (countersign(), "budget_line"),
        (sign(), "agreement.decision_no"),
        (sign(proxy=PROXY), "proxy.document"),
    ],
)
def test_a_line_is_one_line_and_not_blank(command, where, value):
    assert defect(command, where, value) == where


@pytest.mark.parametrize("value", ["", "   "])
@pytest.mark.parametrize(
    ("command", "where"),
    [
        (opinion(), "reasons"),
        (opinion(), "conditions"),
        (CLAIM, "reasons"),
        (CALL, "facts"),
        (RejectAdmission(reasons="不予准入。"), "reasons"),
        (approve(), "evaluation_method"),
        (sign(), "agreement.disputes"),
    ],
)
def test_what_is_written_is_not_blank(command, where, value):
    assert defect(command, where, value) == where


@pytest.mark.parametrize(
    ("command", "where", "value"),
    [
        (opinion(), "opinion", "agree"),
        (opinion(), "opinion", "no_opinion"),
        (opinion(), "opinion", None),
        (CLAIM, "stance", "doubt"),
        (CLAIM, "reasons", None),
        (CALL, "cause", "dislike"),
        (sign(demands=("veto",)), "agreement.demands.0", "plaques"),
    ],
)
def test_a_word_is_one_of_those_the_law_knows(command, where, value):
    assert defect(command, where, value) == where


@pytest.mark.parametrize("command", [opinion(), countersign(), CALL, approve(), sign()])
def test_a_field_that_the_command_does_not_have_is_named(command):
    assert defect(command, "remark", "请尽快办理") == "remark"
