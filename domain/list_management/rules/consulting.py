"""Lawful first, then open for comment as long as the law says, then answered: nothing is decided before.

Source:
    dossier §4.5 P5, P9; L-MAD:15; S0-35.
"""

from typing import Final

from domain.kernel.decision import NOTHING_NEW, Events
from domain.kernel.errors import Refused
from domain.kernel.facts import Facts
from domain.kernel.limits import keep, set_date
from domain.kernel.messages import Warned
from domain.kernel.periods import reckon
from domain.list_management.commands import (
    SECRETARIAT,
    CloseConsultation,
    GiveComment,
    GiveLegalOpinion,
    OpenConsultation,
    ReportOnComments,
)
from domain.list_management.events import (
    CommentGiven,
    CommentsConsidered,
    ConsultationClosed,
    ConsultationOpened,
    LegalOpinionGiven,
)
from domain.list_management.rules.parameters import LEGAL_REVIEW, PUBLIC_COMMENT, PUBLIC_COMMENT_PERIOD
from domain.list_management.rules.phases import wrong_phase
from domain.list_management.rules.separation import judge_another
from domain.list_management.state import CommentsClosed, InConsultation, ListState, Reviewed, UnderLegalReview

CONSULTATION: Final = "L-MAD:15; dossier §4.5 P9"
REPORT: Final = "dossier §4.5 P9 (responses)"


def give_opinion(command: GiveLegalOpinion, state: ListState, facts: Facts) -> Events:
    """Let a lawful text go on, and send one back to which the review objects.

    Source:
        dossier §4.5 P5 (legal review).

    Raises:
        Refused: `list_management.own_proposal`, `list_management.substitute_needed`.
    """
    if not isinstance(state, UnderLegalReview):
        raise wrong_phase(command, state)
    judge_another(state, facts)
    asked = facts.asked
    given = LegalOpinionGiven(
        opinion=command.opinion, reasons=command.reasons, number=command.number, by=asked.person, on=asked.on
    )
    return given, *keep(facts, LEGAL_REVIEW.name)


def open_consultation(command: OpenConsultation, state: ListState, facts: Facts) -> Events:
    """Publish a lawful text for comment until a day; fewer days than the law's only for a reason on record.

    Source:
        DL-44; L-MAD:15; dossier §9 C18.

    Raises:
        Refused: `list_management.own_proposal`, `list_management.substitute_needed`,
            `list_management.closes_in_the_past`, `list_management.consultation_too_short`.
    """
    if not isinstance(state, Reviewed):
        raise wrong_phase(command, state)
    judge_another(state, facts)
    asked = facts.asked
    if command.closes_on <= asked.on:
        days = {"closes_on": command.closes_on.isoformat(), "on": asked.on.isoformat()}
        raise Refused("list_management.closes_in_the_past", CONSULTATION, **days)
    opened = ConsultationOpened(
        closes_on=command.closes_on,
        where=command.where,
        shorter_because=command.shorter_because,
        by=asked.person,
        on=asked.on,
        warnings=_too_short(command, facts),
    )
    day = set_date(PUBLIC_COMMENT, command.closes_on, facts, owner=SECRETARIAT, rule="DL-44", source=CONSULTATION)
    return opened, *day


def _too_short(command: OpenConsultation, facts: Facts) -> tuple[Warned, ...]:
    """Hold the period against the law of the day on which the text was proposed."""
    if command.shorter_because is not None or PUBLIC_COMMENT_PERIOD not in facts.law:
        return ()
    period = facts.law[PUBLIC_COMMENT_PERIOD]
    least = reckon(period.value, facts.asked.on, facts.calendar).due_on
    if command.closes_on >= least:
        return ()
    details = {"closes_on": command.closes_on.isoformat(), "least": least.isoformat(), "period": str(period.value)}
    return (period.breach("list_management.consultation_too_short", **details),)


def comment(command: GiveComment, state: ListState, facts: Facts) -> Events:
    """Take a comment down; the same one again is nothing new.

    Source:
        S0-35; L-MAD:15.

    Raises:
        Refused: `list_management.only_for_residents`.
    """
    if not isinstance(state, InConsultation):
        raise wrong_phase(command, state)
    asked = facts.asked
    if command.written_by is not None and asked.role != SECRETARIAT:
        raise Refused("list_management.only_for_residents", CONSULTATION, role=asked.role)
    given = CommentGiven(
        comment=command.comment,
        written_by=command.written_by,
        by=asked.person,
        organisation=asked.organisation or asked.person,
        on=asked.on,
    )
    return NOTHING_NEW if given.digest in state.heard else (given,)


def close_consultation(command: CloseConsultation, state: ListState, facts: Facts) -> Events:
    """Close the consultation once its last day is over.

    Source:
        L-MAD:15.
    """
    if not isinstance(state, InConsultation):
        return NOTHING_NEW if isinstance(state, CommentsClosed) else _late(command, state)
    if facts.asked.received_on <= state.opened.closes_on:
        return NOTHING_NEW
    closed = ConsultationClosed(comments=len(state.heard), on=facts.asked.on)
    return closed, *keep(facts, PUBLIC_COMMENT)


def _late(command: CloseConsultation, state: ListState) -> Events:
    raise wrong_phase(command, state)


def report(command: ReportOnComments, state: ListState, facts: Facts) -> Events:
    """Answer every comment before anything is decided.

    Source:
        dossier §4.5 P9 (closed, responses published).

    Raises:
        Refused: `list_management.own_proposal`, `list_management.substitute_needed`,
            `list_management.comments_unanswered`.
    """
    if not isinstance(state, CommentsClosed):
        raise wrong_phase(command, state)
    judge_another(state, facts)
    if command.considered != len(state.heard):
        details = {"considered": command.considered, "comments": len(state.heard)}
        raise Refused("list_management.comments_unanswered", REPORT, **details)
    asked = facts.asked
    return (CommentsConsidered(considered=command.considered, report=command.report, by=asked.person, on=asked.on),)
