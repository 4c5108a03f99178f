"""What a changed directory asks of the items that name one of its people or organisations."""

from typing import Any

from domain.directory.events import OrganisationAbolished, SeatCorrected, SeatEnded
from domain.kernel.decision import Decision
from domain.kernel.directory import office_key, organisation_key
from domain.kernel.followups import FollowUp, TellAffected
from domain.kernel.messages import Event, body_of
from domain.task_admission.commands import RecheckProof


def directory_to_admission(event: Event, _decision: Decision[Any]) -> tuple[FollowUp, ...]:
    """Let each item that rests on an office or an organisation look again at its legs when that ends or was wrong.

    Source:
        ADMISSION §6 (RecheckProof), §7 (the neighbours).
    """
    match event:
        case SeatEnded(seat=seat):
            return (_recheck(f"seat/{seat.id}", office_key(seat.organisation, seat.person)),)
        case SeatCorrected(seat=seat):
            before = office_key(event.was_organisation or seat.organisation, event.was_person or seat.person)
            return (_recheck(f"seat/{seat.id}", *dict.fromkeys((before, office_key(seat.organisation, seat.person)))),)
        case OrganisationAbolished(organisation=organisation):
            return (_recheck(f"organisation/{organisation.id}", organisation_key(organisation.id)),)
        case _:
            return ()


def _recheck(because: str, *keys: str) -> TellAffected:
    body = body_of(RecheckProof(because=because))
    return TellAffected(key=keys[0], also=keys[1:], command=RecheckProof.__name__, body=body)
