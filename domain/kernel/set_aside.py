"""The way out for a case that is stuck behind one command nobody can decide."""

from typing import Annotated, ClassVar, Final

from pydantic import StringConstraints

from domain.kernel.envelope import OPERATOR
from domain.kernel.messages import Command, Text

SET_ASIDE_SOURCE: Final = "DESIGN §2"


class SetCommandAside(Command):
    """Give up on the one command this case is stuck on.

    The command keeps its place in the record, refused with `<process>.set_aside`; what waited behind it is decided. A
    command that does not hold the case up is left alone: this one is then refused itself.

    Attributes:
        command: The id of the command that cannot be decided.
    """

    asked_by: ClassVar[frozenset[str]] = frozenset({OPERATOR})

    command: Annotated[str, StringConstraints(min_length=1, max_length=400)]
    reason: Text
