"""What is said to a command for which it is too early, or too late."""

from typing import Final

from domain.kernel.errors import Refused
from domain.kernel.messages import Command
from domain.task_admission.state import AdmissionState

SOURCE: Final = "dossier §4.1"


def wrong_phase(command: Command, state: AdmissionState) -> Refused:
    """Refuse a command that this phase does not answer."""
    return Refused("task_admission.wrong_phase", SOURCE, command=type(command).__name__, phase=state.phase)
