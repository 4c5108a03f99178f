"""What every transition needs: one more event on a record, and the word for one that cannot be."""

from typing import TypeVar

from domain.kernel.errors import CorruptHistory
from domain.kernel.messages import Event, Record
from domain.task_admission.events import AdmissionEvent
from domain.task_admission.state.union import AdmissionState

R = TypeVar("R", bound=Record)


def extended(record: R, field: str, event: Event) -> R:
    """Give a record with one more event at the end of a field."""
    return record.model_copy(update={field: (*getattr(record, field), event)})


def cannot_happen(state: AdmissionState, event: AdmissionEvent) -> CorruptHistory:
    """Say that an event cannot follow what happened before."""
    return CorruptHistory(f"{type(event).__name__} cannot happen in {state.phase or type(state).__name__}")
