"""Which cases wait for the conference: brought by what happened to them, and gone with it."""

from domain.joint_conference.commands import OpenConference
from domain.joint_conference.events import CaseBrought, CaseFollowed, CaseLeft
from domain.joint_conference.rules.parameters import CONFERENCE
from domain.joint_conference.state import ConferenceState, Matter, Waiting
from domain.kernel.decision import NOTHING_NEW, Events
from domain.kernel.facts import Facts
from domain.kernel.limits import close, set_limit


def bring(command: OpenConference, state: ConferenceState, facts: Facts) -> Events:
    """Let a case wait for the conference; its period runs from the day the first one was brought.

    Source:
        DL-08; ADMISSION §1, §8 item 3 (one conference may decide all cases of a matter).
    """
    if isinstance(state, Waiting) and any(each.case == facts.asked.person for each in state.brought):
        return NOTHING_NEW
    brought = CaseBrought(
        case=facts.asked.person,
        title=command.title,
        cause=command.cause,
        facts=command.facts,
        applied_on=command.applied_on,
        applicant=command.applicant,
        community=command.community,
        others=command.others,
        acted=command.acted,
        ways=command.ways,
        on=facts.asked.on,
    )
    running = CONFERENCE.name in facts.clocks
    return brought, *(() if running else set_limit(CONFERENCE, facts, facts.asked.on))


def leave(state: ConferenceState, facts: Facts) -> Events:
    """Let a case go that was taken back; the last one closes the period.

    Source:
        ADMISSION §3 (WithdrawApplication, every phase before both signatures).
    """
    case = facts.asked.person
    if not isinstance(state, Waiting) or all(each.case != case for each in state.brought):
        return NOTHING_NEW
    is_last = len(state.brought) == 1
    return CaseLeft(case=case, on=facts.asked.on), *(close(facts, CONFERENCE.name) if is_last else ())


def follow(state: ConferenceState, facts: Facts) -> Events:
    """Note that a case has the decision on its own record: its minutes are cited there.

    Source:
        dossier §4.5 P8 (followed up); ADMISSION §4.
    """
    case = facts.asked.person
    if not isinstance(state, Matter) or case not in state.awaited:
        return NOTHING_NEW
    return (CaseFollowed(case=case, on=facts.asked.on),)
