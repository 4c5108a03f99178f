"""What is said to a command for which it is too early, or too late."""

from typing import Final

from domain.kernel.errors import Refused
from domain.kernel.messages import Command
from domain.list_management.state import ListState

SOURCE: Final = "dossier §4.5 P5"


def wrong_phase(command: Command, state: ListState) -> Refused:
    """Refuse a command that this phase does not answer."""
    return Refused("list_management.wrong_phase", SOURCE, command=type(command).__name__, phase=state.phase)
