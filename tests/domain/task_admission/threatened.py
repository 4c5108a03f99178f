"""A threat that cannot wait: the form that shows it, and the case as it stands after each step."""

from datetime import date
from typing import Any

from domain.task_admission.application import ApplicationForm, Emergency, Tranche
from domain.task_admission.commands import (
    ConfirmEmergency,
    DeclareEmergency,
    RegulariseEmergency,
    ReportEmergencyCosts,
)
from tests.domain.task_admission.district import TODAY, District, a_form
from tests.domain.task_admission.main_line import after

CONFIRMED_ON = date(2026, 3, 4)
LAST_DAY = date(2026, 3, 11)
"""Five working days after the confirmation."""
CEILING = 3_000_000
"""What the department sets aside for the work."""
THREAT = Emergency(threat="life", facts="坝体渗漏监测连续报警，下游约40户须随时可以转移。")


def a_threat(**changes: Any) -> ApplicationForm:
    """Give a form of an item that begins today and cannot wait."""
    form: dict[str, Any] = {
        "title": "水库下游群众转移",
        "emergency": THREAT,
        "start_on": TODAY,
        "end_on": date(2026, 3, 31),
        "amount_fen": CEILING,
        "schedule": (Tranche(amount_fen=CEILING, due_on=TODAY),),
    }
    return a_form(**(form | changes))


def declared(form: ApplicationForm | None = None) -> District:
    """Give a case whose emergency was declared from the draft."""
    return after(District().drafted(form or a_threat()), DeclareEmergency(), "li", TODAY)


def confirmed(there: District | None = None) -> District:
    return after(there or declared(), ConfirmEmergency(), "zhou", CONFIRMED_ON)


def spend(fen: int = 200_000, voucher: str = "R-1") -> ReportEmergencyCosts:
    return ReportEmergencyCosts(amount_fen=fen, what="转移车辆和饮水", voucher=voucher)


def come_back(form: ApplicationForm | None = None, **changes: Any) -> RegulariseEmergency:
    """Bring it back, by default as an item of its own from the day on which the lead time would allow it."""
    return RegulariseEmergency(application=form or a_form(title="水库下游值守", **changes))


def regularised(there: District | None = None, on: date = date(2026, 3, 9)) -> District:
    return after(there or confirmed(), come_back(), "li", on)
