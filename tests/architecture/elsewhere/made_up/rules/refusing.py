from domain.made_up.commands import MadeUpCommand
from domain.made_up.state import MadeUpState

from domain.kernel.errors import Refused

SOURCE = "no law §1"


def no(reason: str, source: str = SOURCE) -> Refused:
    return Refused(f"made_up.{reason}", source)


def wrong_phase(command: MadeUpCommand, state: MadeUpState) -> Refused:
    return Refused("made_up.wrong_phase", SOURCE, command=type(command).__name__, phase=state.phase)
