"""Between acceptance and decision: the community is heard, finance countersigns, others may dispute."""

from typing import Any, Final

from domain.kernel.decision import NOTHING_NEW, Events
from domain.kernel.envelope import SCHEDULE
from domain.kernel.errors import Refused
from domain.kernel.facts import Facts, Need
from domain.kernel.limits import close, keep, lapse
from domain.task_admission.application import Funding
from domain.task_admission.commands import (
    CallConference,
    ClaimOrDeny,
    CountersignFunds,
    GiveOpinion,
)
from domain.task_admission.commands.consultation import ConferenceCause
from domain.task_admission.events import (
    CommunityOpinionRecorded,
    CompetenceDisputed,
    ConferenceCalled,
    FundsCountersigned,
)
from domain.task_admission.rules.conference import opened
from domain.task_admission.rules.funding import check_amount
from domain.task_admission.rules.money import appropriation_needs, check_appropriated
from domain.task_admission.rules.parameters import OPINION
from domain.task_admission.rules.phases import wrong_phase
from domain.task_admission.rules.separation import hold_one_part, judge_another, separation_needs
from domain.task_admission.state import (
    AdmissionState,
    CaseFile,
    ConsultingCommunity,
    JointConference,
    UnderReview,
)

REASONS_MISSING: Final = "task_admission.reasons_missing"
OPINION_SOURCE: Final = "dossier §4.1, §3.4"
NO_CAUSE: Final = "task_admission.no_cause"
CAUSE_SOURCE: Final = "S1e-35"
NOT_CONFIRMED: Final = "task_admission.funds_not_confirmed"
CONTRADICTION_ROW: Final = 8
OnFile = ConsultingCommunity | UnderReview


def countersigning_needs(state: AdmissionState) -> tuple[Need[Any], ...]:
    """Name what finance looks at."""
    if not isinstance(state, OnFile):
        return ()
    funding = state.application.funding
    money = () if funding is None else appropriation_needs(funding, funding.schedule)
    return (*separation_needs(state), *money)


def judging_needs(state: AdmissionState) -> tuple[Need[Any], ...]:
    """Name what tells who stands behind the applicant."""
    return separation_needs(state) if isinstance(state, OnFile) else ()


def give_opinion(command: GiveOpinion, state: AdmissionState, facts: Facts) -> Events:
    """Hear the community. An objection leads to the conference; a late word is recorded and read, and moves nothing.

    The period is the community's to its last day: a second word in time counts as the first did.

    Source:
        dossier §4.1 T4; DL-07; ADMISSION §4.

    Raises:
        Refused: `task_admission.reasons_missing`, `task_admission.substitute_needed`.
    """
    match state:
        case ConsultingCommunity() if _is_over(facts):
            late = _opinion(command, state, facts, late=True)
            return *_silent(facts), late
        case ConsultingCommunity():
            return _heard(_opinion(command, state, facts, late=False), facts)
        case UnderReview(file=file):
            opinion = _opinion(command, state, facts, late=_is_over(facts))
            return NOTHING_NEW if _was_said(command, file) else _heard(opinion, facts)
        case JointConference(before=UnderReview(file=file)) if _was_said(command, file):
            return NOTHING_NEW
        case _:
            raise wrong_phase(command, state)


def _is_over(facts: Facts) -> bool:
    """Say whether the community's period was over when the command came in."""
    return facts.asked.received_on > facts.clocks[OPINION.name].deadline.due_on


def _opinion(command: GiveOpinion, state: OnFile, facts: Facts, *, late: bool) -> CommunityOpinionRecorded:
    hold_one_part("community", state, facts)
    if command.opinion == "object" and command.reasons is None:
        raise Refused(REASONS_MISSING, OPINION_SOURCE, why="objection_without_reasons")
    if command.opinion == "accept_with_conditions" and command.conditions is None:
        raise Refused(REASONS_MISSING, OPINION_SOURCE, why="conditions_not_named")
    return CommunityOpinionRecorded(
        opinion=command.opinion,
        conditions=command.conditions,
        reasons=command.reasons,
        late=late,
        by=facts.asked.person,
        on=facts.asked.on,
    )


def _heard(opinion: CommunityOpinionRecorded, facts: Facts) -> Events:
    kept = keep(facts, OPINION.name)
    if opinion.late or opinion.opinion != "object":
        return opinion, *kept
    called = _called("objection", opinion.reasons or "", facts)
    return opinion, called, *kept, *opened(facts)


def _was_said(command: GiveOpinion, file: CaseFile) -> bool:
    said = (command.opinion, command.conditions, command.reasons)
    return any((last.opinion, last.conditions, last.reasons) == said for last in file.opinions[-1:])


def record_no_opinion(state: AdmissionState, facts: Facts) -> Events:
    """Go on with the record when the community was silent; silence is not consent.

    Source:
        dossier §4.1 T4; DL-07.
    """
    return _silent(facts) if isinstance(state, ConsultingCommunity) and _is_over(facts) else NOTHING_NEW


def _silent(facts: Facts) -> Events:
    silent = CommunityOpinionRecorded(opinion="no_opinion", by=SCHEDULE, on=facts.asked.received_on)
    return silent, *lapse(facts, OPINION.name)


def countersign(command: CountersignFunds, state: AdmissionState, facts: Facts) -> Events:
    """Let finance confirm where the money stands; nothing moves by it.

    Source:
        dossier §4.1 (→under_review); S1e-28.

    Raises:
        Refused: `task_admission.funds_not_confirmed`, `task_admission.own_application`,
            `task_admission.substitute_needed`.
    """
    match state:
        case ConsultingCommunity(file=file) | UnderReview(file=file):
            judge_another("finance", state, facts)
            funding = check_amount(state.application.funding)
            event = _countersigned(command, funding, facts)
            check_appropriated(funding, funding.schedule, NOT_CONFIRMED, facts)
            last = file.countersignatures[-1:]
            return NOTHING_NEW if any(_confirms_the_same(each, event) for each in last) else (event,)
        case _:
            raise wrong_phase(command, state)


def _countersigned(command: CountersignFunds, funding: Funding, facts: Facts) -> FundsCountersigned:
    given = {"source": command.source, "purpose": command.purpose, "schedule": command.schedule or None}
    blank = [name for name, value in {"budget_line": command.budget_line, **given}.items() if value is None]
    if command.budget_line is None or blank:
        raise Refused(NOT_CONFIRMED, "dossier §4.1", why="not_named", fields=[*blank])
    applied = {"source": funding.source, "purpose": funding.purpose, "schedule": funding.schedule}
    differing = [name for name, value in applied.items() if given[name] != value]
    if differing:
        raise Refused(NOT_CONFIRMED, "dossier §4.1", why="not_as_applied_for", fields=[*differing])
    return FundsCountersigned(
        budget_line=command.budget_line,
        source=funding.source,
        purpose=funding.purpose,
        amount_fen=funding.amount_fen,
        schedule=funding.schedule,
        by=facts.asked.person,
        on=facts.asked.on,
    )


def _confirms_the_same(one: FundsCountersigned, other: FundsCountersigned) -> bool:
    return one.model_copy(update={"by": other.by, "on": other.on}) == other


def claim_or_deny(command: ClaimOrDeny, state: AdmissionState, facts: Facts) -> Events:
    """Let another department claim the matter, or deny that it is the applicant's: the conference decides.

    Source:
        dossier §4.1 (→joint_conference); S1e-35.
    """
    match state:
        case ConsultingCommunity() | UnderReview():
            asked = facts.asked
            disputed = CompetenceDisputed(
                organisation=asked.organisation or "",
                stance=command.stance,
                reasons=command.reasons,
                by=asked.person,
                on=asked.on,
            )
            called = _called("competence", command.reasons, facts)
            return disputed, called, *close(facts, OPINION.name), *opened(facts)
        case JointConference(before=ConsultingCommunity(file=file) | UnderReview(file=file)) if _was_disputed(
            command, file, facts
        ):
            return NOTHING_NEW
        case _:
            raise wrong_phase(command, state)


def _was_disputed(command: ClaimOrDeny, file: CaseFile, facts: Facts) -> bool:
    said = (facts.asked.organisation, command.stance, command.reasons)
    return any((last.organisation, last.stance, last.reasons) == said for last in file.disputes[-1:])


def call_conference(command: CallConference, state: AdmissionState, facts: Facts) -> Events:
    """Call the conference on a named cause, which must be on the record where the record can show it.

    Source:
        S1e-35; dossier §4.1.

    Raises:
        Refused: `task_admission.no_cause`.
    """
    match state:
        case ConsultingCommunity() | UnderReview():
            judge_another("convenor", state, facts)
            if command.cause is None or command.facts is None:
                raise Refused(NO_CAUSE, CAUSE_SOURCE, why="not_named")
            if not _is_shown(command.cause, state):
                raise Refused(NO_CAUSE, CAUSE_SOURCE, why="not_on_record", cause=command.cause)
            called = _called(command.cause, command.facts, facts)
            return called, *close(facts, OPINION.name), *opened(facts)
        case JointConference(called=called) if called.cause == command.cause:
            return NOTHING_NEW
        case _:
            raise wrong_phase(command, state)


def _is_shown(cause: ConferenceCause, state: OnFile) -> bool:
    file = state.file
    match cause:
        case "objection":
            return any(each.opinion == "object" for each in file.opinions)
        case "list_conflict":
            classified = file.screened.classified
            return CONTRADICTION_ROW in {classified.row, *(each.row for each in classified.also_matched)}
        case _:
            return True


def _called(cause: ConferenceCause, shown_by: str, facts: Facts) -> ConferenceCalled:
    return ConferenceCalled(cause=cause, facts=shown_by, by=facts.asked.person, on=facts.asked.on)
