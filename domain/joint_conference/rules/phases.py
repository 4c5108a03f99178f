"""What is said to a command for which it is too early, or too late."""

from typing import Final

from domain.joint_conference.state import ConferenceState
from domain.kernel.errors import Refused
from domain.kernel.messages import Command

SOURCE: Final = "dossier §4.5 P8"


def wrong_phase(command: Command, state: ConferenceState) -> Refused:
    """Refuse a command that this phase does not answer."""
    return Refused("joint_conference.wrong_phase", SOURCE, command=type(command).__name__, phase=state.phase)
