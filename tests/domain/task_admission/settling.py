"""What the committee says of the money, and what finance checks of it."""

from datetime import date

from domain.task_admission.commands import SettleFunds
from domain.task_admission.commands.closing import SettlementLine
from tests.domain.task_admission.district import (
    District,
)
from tests.domain.task_admission.main_line import (
    AMOUNT,
)

DAY = date(2027, 6, 4)
HALF = AMOUNT // 2
PURPOSE = {"source": "department_budget", "purpose": "elder_meals"}


def line(year: int = 2026, **fen: int) -> SettlementLine:
    return SettlementLine.model_validate({"year": year, "spent_fen": 0, "returned_fen": 0} | PURPOSE | fen)


def propose(there: District, *lines: SettlementLine, by: str = "ji", on: date = DAY, decision=None):
    return there.answer(SettleFunds(lines=lines, residents_decision=decision), by=by, on=on)


def check(there: District, *lines: SettlementLine, by: str = "feng", on: date = DAY):
    return propose(there, *lines, by=by, on=on)


def proposed(there: District, *lines: SettlementLine, **more) -> District:
    return there.given(*propose(there, *lines, **more).events)


WHOLE = line(spent_fen=AMOUNT)
