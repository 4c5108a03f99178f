"""A form that is sent back, mended and handed in again: who asks what on which day."""

from datetime import date
from typing import Any

from domain.task_admission.application import ApplicationForm
from domain.task_admission.commands import RequestCorrection, ResubmitApplication
from domain.task_admission.commands.correction import Defect
from tests.domain.task_admission.district import District, a_form
from tests.domain.task_admission.main_line import after

ASKED_ON = date(2026, 3, 4)
LAST_DAY = date(2026, 3, 11)
"""Five working days after the list of defects."""
DEFECTS = (
    Defect(field="people", clause="S0-08", says="写明派出人员的姓名和工时。"),
    Defect(field="funding.schedule", clause="dossier §3.3", says="写明每一笔的到账日。"),
)
MENDED = a_form(people="区卫生健康局派两名工作人员，每月各二十小时。")


def ask_to_mend(*defects: Defect) -> RequestCorrection:
    return RequestCorrection(defects=defects or DEFECTS)


def mend(form: ApplicationForm | None = None, **changes: Any) -> ResubmitApplication:
    return ResubmitApplication(application=form or MENDED.model_copy(update=changes))


def sent_back(there: District | None = None, on: date = ASKED_ON) -> District:
    """Give a case whose applicant mends its form; without another, one in the formal check."""
    return after(there or District().submitted(), ask_to_mend(), "wang", on)


def mended(there: District | None = None, on: date = date(2026, 3, 9), form: ApplicationForm | None = None) -> District:
    return after(there or sent_back(), mend(form), "li", on)
