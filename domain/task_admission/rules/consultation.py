"""Between acceptance and decision: the community is heard, finance countersigns, others may dispute."""

from typing import Any, Final

from domain.kernel.decision import NOTHING_NEW, Events
from domain.kernel.errors import Refused
from domain.kernel.facts import Facts, Need
from domain.kernel.limits import close, keep, lapse
from domain.task_admission.application import Funding
from domain.task_admission.commands import (
    CallConference,
    ClaimOrDeny,
    CountersignFunds,
    GiveOpinion,
    ReclassifyItem,
)
from domain.task_admission.commands.consultation import ConferenceCause
from domain.task_admission.commands.roles import SCHEDULE
from domain.task_admission.events import (
    CommunityOpinionRecorded,
    CompetenceDisputed,
    ConferenceCalled,
    FundsCountersigned,
    ItemClassified,
)
from domain.task_admission.rules.classification import classify, lists_read
from domain.task_admission.rules.conference import opened
from domain.task_admission.rules.funding import check_amount
from domain.task_admission.rules.money import appropriation_needs, check_appropriated
from domain.task_admission.rules.parameters import OPINION
from domain.task_admission.rules.phases import wrong_phase
from domain.task_admission.rules.separation import hold_one_part, judge_another, separation_needs
from domain.task_admission.state import AdmissionState, ConsultingCommunity, JointConference, UnderReview

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


def reclassification_needs(state: AdmissionState) -> tuple[Need[Any], ...]:
    """Name the lists, and who stands behind the applicant."""
    return (*separation_needs(state), *lists_read()) if isinstance(state, OnFile) else ()


def give_opinion(command: GiveOpinion, state: AdmissionState, facts: Facts) -> Events:
    """Hear the community. An objection leads to the conference; a late word is recorded and read, and moves nothing.

    Source:
        dossier §4.1 T4; ADMISSION §4.

    Raises:
        Refused: `task_admission.reasons_missing`, `task_admission.substitute_needed`.
    """
    match state:
        case ConsultingCommunity():
            opinion = _opinion(command, state, facts, late=False)
            if command.opinion != "object":
                return opinion, *keep(facts, OPINION.name)
            called = _called("objection", opinion.reasons or "", facts)
            return opinion, called, *keep(facts, OPINION.name), *opened(facts)
        case UnderReview(file=file):
            opinion = _opinion(command, state, facts, late=True)
            return NOTHING_NEW if any(_says_the_same(each, opinion) for each in file.opinions) else (opinion,)
        case _:
            raise wrong_phase(command, state)


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


def _says_the_same(one: CommunityOpinionRecorded, other: CommunityOpinionRecorded) -> bool:
    return (one.opinion, one.conditions, one.reasons) == (other.opinion, other.conditions, other.reasons)


def record_no_opinion(state: AdmissionState, facts: Facts) -> Events:
    """Go on with the record when the community was silent; silence is not consent.

    Source:
        dossier §4.1 T4; DL-07.
    """
    if not isinstance(state, ConsultingCommunity) or OPINION.name not in facts.clocks:
        return NOTHING_NEW
    if facts.asked.received_on <= facts.clocks[OPINION.name].deadline.due_on:
        return NOTHING_NEW
    silent = CommunityOpinionRecorded(opinion="no_opinion", by=SCHEDULE, on=facts.asked.on)
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
            return NOTHING_NEW if any(_confirms_the_same(each, event) for each in file.countersignatures) else (event,)
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
        case _:
            raise wrong_phase(command, state)


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
        case JointConference():
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


def reclassify(command: ReclassifyItem, state: AdmissionState, facts: Facts) -> Events:
    """Read the lists again when one of them has changed; another route leads back to the check, its clocks running on.

    Source:
        ADMISSION §8 item 11.

    Raises:
        Refused: `task_admission.no_list_change`.
    """
    match state:
        case ConsultingCommunity() | UnderReview():
            judge_another("secretariat", state, facts)
            before = state.file.screened.classified
            again = classify(state.application, state.submitted.applicant_kind, facts)
            if _versions(again) == _versions(before):
                raise Refused(
                    "task_admission.no_list_change", "ADMISSION §8.11", lists=[*sorted(dict(_versions(before)))]
                )
            moved = again.route != before.route
            return again, *(close(facts, OPINION.name) if moved else ())
        case _:
            raise wrong_phase(command, state)


def _versions(classified: ItemClassified) -> frozenset[tuple[str, int]]:
    return frozenset((each.list_name, each.version) for each in classified.list_versions)
