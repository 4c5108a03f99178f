"""What must happen elsewhere because of an event: data, carried out once by the runner."""

import operator
from typing import Annotated, Literal

from pydantic import Field, JsonValue

from domain.kernel.messages import Record


class OpenCase(Record):
    """Open another case with its first command."""

    kind: Literal["open_case"] = "open_case"
    process: str
    case: str
    command: str
    body: dict[str, JsonValue]


class TellCase(Record):
    """Send a command to a case that is there. A closed one records the refusal."""

    kind: Literal["tell_case"] = "tell_case"
    process: str
    case: str
    command: str
    body: dict[str, JsonValue]


class TellAffected(Record):
    """Send one command to every open case of the tenant that an index key names (`provisional`, `office:…`).

    Attributes:
        also: Further keys; a case that holds several of them is told once.
    """

    kind: Literal["tell_affected"] = "tell_affected"
    key: str
    # Left out where it is empty: recorded follow-ups of before are compared with those of today to the letter. Not
    # strict, for what is read back from the record is a list.
    also: Annotated[tuple[str, ...], Field(exclude_if=operator.not_, strict=False)] = ()
    command: str
    body: dict[str, JsonValue]

    @property
    def keys(self) -> tuple[str, ...]:
        """Every key that names a case to be told."""
        return (self.key, *self.also)


class ServeNotice(Record):
    """Tell a role or an organisation something; served once."""

    kind: Literal["serve_notice"] = "serve_notice"
    to_role: str
    to_organisation: str | None = None
    notice: str
    details: dict[str, JsonValue] = {}


FollowUp = Annotated[OpenCase | TellCase | TellAffected | ServeNotice, Field(discriminator="kind")]
"""One thing to carry out; its id is derived from the case, the version and its place in the answer."""
