"""What every transition needs: one more record at the end of another's field, and the word for one that cannot be."""

from collections.abc import Callable
from typing import TypeVar, assert_never

from domain.kernel.errors import CorruptHistory
from domain.kernel.messages import Record
from domain.task_admission.events import AdmissionEvent
from domain.task_admission.state.applying import Screening
from domain.task_admission.state.on_file import (
    AwaitingCorrection,
    ConsultingCommunity,
    JointConference,
    Undecided,
    UnderReview,
)
from domain.task_admission.state.union import AdmissionState

R = TypeVar("R", bound=Record)


def extended(record: R, field: str, one_more: Record) -> R:
    """Give a record with one more at the end of a field."""
    return record.model_copy(update={field: (*getattr(record, field), one_more)})


def rescreened(state: Undecided, change: Callable[[Screening], Screening]) -> Undecided:
    """Give a stage with something new about the form, which is held further in."""
    match state:
        case Screening():
            return change(state)
        case ConsultingCommunity(file=file) | UnderReview(file=file):
            changed = file.model_copy(update={"screened": change(file.screened)})
            return state.model_copy(update={"file": changed})
        case AwaitingCorrection(before=before) | JointConference(before=before):
            return state.model_copy(update={"before": rescreened(before, change)})
        case _:
            assert_never(state)


def cannot_happen(state: AdmissionState, event: AdmissionEvent) -> CorruptHistory:
    """Say that an event cannot follow what happened before."""
    return CorruptHistory(f"{type(event).__name__} cannot happen in {state.phase or type(state).__name__}")
