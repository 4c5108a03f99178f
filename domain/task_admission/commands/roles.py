"""Who may ask, by the role a seat gives in this case (ADMISSION §2)."""

from typing import Final

DELEGATING_DEPARTMENT: Final = "delegating_department"
HEAD_OF_DEPARTMENT: Final = "head_of_department"
SECRETARIAT: Final = "secretariat"
APPROVER: Final = "approver"
DUTY_OFFICER: Final = "duty_officer"
"""Confirms an emergency when the approver cannot be waited for (值班领导)."""
CONVENOR: Final = "convenor"
FINANCE_BUREAU: Final = "finance_bureau"
RESIDENTS_COMMITTEE: Final = "residents_committee"
VILLAGERS_COMMITTEE: Final = "villagers_committee"
COMMITTEE_DIRECTOR: Final = "committee_director"
"""The committee's legal representative (法定代表人, L-RC25:12)."""
SURVEYOR: Final = "surveyor"
"""Asks the recipients, and belongs to neither side."""

DEPARTMENT: Final = frozenset({DELEGATING_DEPARTMENT, HEAD_OF_DEPARTMENT})
"""The side that asks."""
COMMITTEE: Final = frozenset({RESIDENTS_COMMITTEE, VILLAGERS_COMMITTEE, COMMITTEE_DIRECTOR})
"""The side that is asked."""
LEGAL_REPRESENTATIVES: Final = frozenset({HEAD_OF_DEPARTMENT, COMMITTEE_DIRECTOR})
"""Who signs for a side without a proxy."""
