"""What becomes of a renewal: its case has begun, or there was no money for it and this term is the last."""

from typing import TypeVar

from domain.task_admission.events import RenewalFailed, RenewalOpened
from domain.task_admission.state.happening import cannot_happen, extended
from domain.task_admission.state.leaving import ExitReview
from domain.task_admission.state.owed import Active, GivenUp, Suspended

S = TypeVar("S", bound=Active | Suspended | ExitReview)


def answered(state: S, event: RenewalOpened | RenewalFailed) -> S:
    """Let the case of the next term say whether it began; if not, what was decided for it is given up with it."""
    if not state.renewals or state.opened:
        raise cannot_happen(state, event)
    if isinstance(event, RenewalOpened):
        return extended(state, "opened", event)
    was_to_be_renewed = state.outcome == "review_renewal"
    voided, stands = (state.decided, ()) if was_to_be_renewed else ((), state.decided)
    given_up = GivenUp(decided=(*voided, *state.renewals), failed=event)
    without = state.model_copy(update={"decided": stands, "renewals": ()})
    return extended(without, "given_up", given_up)
