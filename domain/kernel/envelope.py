"""One command on its way: what was asked, by whom, when it came in."""

import re
from datetime import date
from typing import Final, Literal

from pydantic import AwareDatetime, BaseModel, ConfigDict, JsonValue

from domain.kernel.errors import BadInput

SCHEDULE: Final = "schedule"
"""The person and the role of what a limit or a date asks for."""
LINKED_CASE: Final = "linked_case"
"""The role of what another case's event asks for; the person is that case's id."""
OPERATOR: Final = "operator"
"""The role that runs the house: opens a tenant's directory, sets a blocked command aside."""
MAX_BODY_BYTES: Final = 512 * 1024
"""What one command may hold; a message between servers holds 2 MB."""
MAX_INTEGER: Final = 2**53 - 1
"""The largest integer that every JSON reader keeps exact."""
_HALF_A_CHARACTER: Final = re.compile("[\ud800-\udfff]")


class Who(BaseModel):
    """The person who acts; the seat is looked up where the command is decided.

    Attributes:
        person: A person's id; for a machine `schedule` or the id of the case that asks.
        machine: Set by the engine alone, when no person asks.
        organisation: Which of the person's organisations is meant, where several would do.
    """

    model_config = ConfigDict(frozen=True)

    person: str
    machine: Literal["schedule", "linked_case"] | None = None
    organisation: str | None = None
    on_behalf_of: str | None = None


class Envelope(BaseModel):
    """A command as it is sent. Fields are only ever added, each with a default: old histories hold old forms.

    Attributes:
        id: The caller's id; one case answers it once.
        on: The legal date of the act where it is not the day of receipt.
        received_at: Stamped by the way in (a wake-up: its due instant). Not part of what identifies the command.
    """

    model_config = ConfigDict(frozen=True)

    id: str
    tenant: str
    process: str
    kind: str
    who: Who
    received_at: AwareDatetime
    body: dict[str, JsonValue]
    on: date | None = None
    evidence: str | None = None
    seen_version: int | None = None
    correlation_id: str | None = None
    causation_id: str | None = None

    def as_sent(self) -> dict[str, JsonValue]:
        """Give what makes two commands the same command: everything but the instant and the trail."""
        return self.model_dump(mode="json", exclude={"received_at", "correlation_id", "causation_id"})


def check_subset(value: JsonValue, where: str = "") -> None:
    """Refuse what has no single canonical form: floats, huge integers, keys that are not ASCII, NUL.

    Raises:
        BadInput: Names the place.
    """
    if not _is_inside(value):
        _check_value(value, where)


def _is_inside(value: JsonValue) -> bool:
    """Say whether all of it is in the subset, without naming a place: every decision is written several times."""
    ahead: list[JsonValue] = [value]
    while ahead:
        each = ahead.pop()
        if isinstance(each, str):
            if "\x00" in each or (not each.isascii() and _HALF_A_CHARACTER.search(each)):
                return False
        elif isinstance(each, dict):
            keys = "".join(each)
            if not keys.isascii() or "\x00" in keys:
                return False
            ahead += each.values()
        elif isinstance(each, list):
            ahead += each
        elif isinstance(each, float) or (each is not None and not -MAX_INTEGER <= each <= MAX_INTEGER):
            return False
    return True


def _check_value(value: JsonValue, where: str) -> None:
    match value:
        case bool() | None:
            return
        case int():
            if not -MAX_INTEGER <= value <= MAX_INTEGER:
                raise BadInput(where, str(value), f"an integer within ±{MAX_INTEGER}")
        case float():
            raise BadInput(where, repr(value), "no fraction: a whole number, or a decimal as text")
        case str():
            _check_text(value, where)
        case list() | dict():
            _check_members(value, where)


def _check_members(value: list[JsonValue] | dict[str, JsonValue], where: str) -> None:
    if isinstance(value, list):
        for position, each in enumerate(value):
            _check_value(each, f"{where}[{position}]")
        return
    for key, each in value.items():
        if not key.isascii() or "\x00" in key:
            raise BadInput(where, repr(key), "a key in ASCII")
        _check_value(each, f"{where}.{key}" if where else key)


def _check_text(value: str, where: str) -> None:
    if "\x00" in value:
        raise BadInput(where, "a NUL character", "text without NUL")
    if _HALF_A_CHARACTER.search(value) is not None:
        raise BadInput(where, "half a character (a lone surrogate)", "text in Unicode")
