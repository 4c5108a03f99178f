"""Which decisions today's rules would take otherwise, because the rule had a defect when they were taken.

A rule that the law changed is a second function chosen by date and needs no entry here. `docs/corrections.md` is
written from this list.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final


@dataclass(frozen=True)
class Correction:
    """One mended defect. What was answered stays answered; only the proof knows that it would be otherwise today.

    Attributes:
        corrected_on: The day of the release that mended it (Shanghai); decisions after it are no longer excused.
        command: The command's name.
        was: What was answered: `recorded`, `nothing_new`, or the code of a refusal.
        now: What would be answered today.
        why: The defect, and the clause that was read wrongly.
    """

    corrected_on: date
    process: str
    command: str
    was: str
    now: str
    why: str


CORRECTIONS: Final[Sequence[Correction]] = (
    Correction(
        corrected_on=date(2026, 11, 26),
        process="task_admission",
        command="CarryOnItem",
        was="task_admission.funding_missing",
        now="recorded",
        why="A next term without money was refused in a case that was never there, so that the item it was to carry on "
        "never heard of it (S0-08; ADMISSION §7, §8 item 25).",
    ),
)
"""In order of their days."""
