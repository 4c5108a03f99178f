"""What a community spends against a threat is the department's: reported by receipts, paid when the emergency is over.

The department's money is set aside when the emergency is confirmed; what is not spent of it is free again.

Source:
    ADMISSION §6 (ConfirmEmergency, LapseEmergency); S1e-28.
"""

from typing import Final

from domain.kernel.decision import NOTHING_NEW, Events
from domain.kernel.errors import Refused
from domain.kernel.facts import Facts
from domain.kernel.ledger import Account, move
from domain.task_admission.commands import ReportEmergencyCosts
from domain.task_admission.events import EmergencyCostsReported, EmergencySettled
from domain.task_admission.rules.money import appropriation
from domain.task_admission.rules.phases import wrong_phase
from domain.task_admission.rules.separation import hold_one_part
from domain.task_admission.state import AdmissionState, EmergencyActive, EmergencyWork, Undecided, screened_of

SOURCE: Final = "ADMISSION §6, S1e-28"


def report_costs(command: ReportEmergencyCosts, state: AdmissionState, facts: Facts) -> Events:
    """Take note of what the community spent on the work, receipt by receipt, until the item is decided on.

    Raises:
        Refused: `task_admission.voucher_used`, `task_admission.beyond_emergency_funds`,
            `task_admission.substitute_needed`.
    """
    work = _under_way(state)
    if work is None or not isinstance(state, EmergencyActive | Undecided):
        raise wrong_phase(command, state)
    hold_one_part("community", state, facts)
    known = next((each for each in work.costs if each.voucher == command.voucher), None)
    if known is not None:
        if known.amount_fen == command.amount_fen:
            return NOTHING_NEW
        raise Refused("task_admission.voucher_used", SOURCE, voucher=command.voucher, cases=[facts.asked.case])
    left = work.declared.funding.amount_fen - work.cost_fen
    if not 0 < command.amount_fen <= left:
        fen = {"amount_fen": command.amount_fen, "left_fen": left}
        raise Refused("task_admission.beyond_emergency_funds", SOURCE, **fen)
    asked = facts.asked
    return (
        EmergencyCostsReported(
            amount_fen=command.amount_fen, what=command.what, voucher=command.voucher, by=asked.person, on=asked.on
        ),
    )


def _under_way(state: AdmissionState) -> EmergencyWork | None:
    """Give the work that goes on, or whose costs are still to be paid."""
    if isinstance(state, EmergencyActive):
        return state.work
    works = screened_of(state).emergencies[-1:] if isinstance(state, Undecided) else ()
    return next((each for each in works if not each.settled), None)


def settled_costs(state: AdmissionState, facts: Facts) -> Events:
    """Pay what the community spent in an emergency, and set the rest free, as the item is decided on or ends."""
    work = _under_way(state)
    if work is None or state.is_end:
        return NOTHING_NEW
    funding, day, paid = work.declared.funding, facts.asked.received_on, work.cost_fen
    reserved = appropriation(funding, work.declared.term.start_on.year).turned("reserved")
    booked = Account(
        owner=work.before.drafted.community,
        source=funding.source,
        purpose=funding.purpose,
        year=day.year,
        pocket="available",
    )
    way = ((reserved, reserved.turned("in_transit")), (reserved.turned("in_transit"), booked))
    spent = (*way, (booked, booked.turned("spent"))) if paid else ()
    left = funding.amount_fen - paid
    lines = [line for out_of, into in spent for line in move(paid, out_of, into)]
    lines += move(left, reserved, reserved.turned("available")) if left else ()
    return (EmergencySettled(paid_fen=paid, released_fen=left, on=day, postings=tuple(lines)),)
