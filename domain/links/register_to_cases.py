"""What a publication asks of the cases that rest on it."""

from typing import Any

from domain.kernel.clock_events import RecomputeDeadlines
from domain.kernel.decision import Decision
from domain.kernel.followups import FollowUp, TellAffected
from domain.kernel.messages import Event, body_of
from domain.register.events import CalendarYearCorrected, CalendarYearPublished

PROVISIONAL = "provisional"
"""The key under which the store finds every case with a running deadline that rests on a year not yet announced."""


def register_to_cases(event: Event, _decision: Decision[Any]) -> tuple[FollowUp, ...]:
    """Let every provisional deadline be counted again when a calendar year is published or corrected.

    Source:
        Dossier §3.2 (a deadline beyond the table is recomputed, by an event, when the table arrives).
    """
    match event:
        case CalendarYearPublished(version=version) | CalendarYearCorrected(version=version):
            body = body_of(RecomputeDeadlines(year=version.year.year))
            return (TellAffected(key=PROVISIONAL, command=RecomputeDeadlines.__name__, body=body),)
        case _:
            return ()
