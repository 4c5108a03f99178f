"""What a register publishes, read from the file people keep it in: a list, a calendar year, a policy pack."""

from pathlib import Path

from pydantic import JsonValue

from domain.kernel.errors import BadInput
from domain.kernel.lists import kind_of
from domain.kernel.messages import body_of
from domain.register.commands import body_to_publish
from starter.forms import STDIN, read_fields
from starter.joins import read_calendar_year, read_policy_pack


def publication(register: str, file: str, *, year: int | None = None) -> dict[str, JsonValue]:
    """Give the body that publishes a file in a register; for a pack also a folder in the form of `policy/`.

    Args:
        year: The calendar year the file must hold, where one was named.

    Raises:
        BadInput: Names the file and the line or the field.
    """
    match kind_of(register):
        case "list":
            return body_to_publish(register, read_fields(file))
        case "calendar":
            found = read_calendar_year(_path(file))
            if year not in {None, found.year}:
                raise BadInput(f"{file}: year", str(found.year), str(year))
            return body_to_publish(register, body_of(found))
        case "pack":
            return body_to_publish(register, body_of(read_policy_pack(_path(file))))


def as_body(case: str, registers: str, file: str) -> dict[str, JsonValue]:
    """Give the body for a step of a script that names a file: published in a register, else the text of a proposal.

    Args:
        registers: How the ids of the tenant's registers begin.

    Raises:
        BadInput: Names the file and the line or the field.
    """
    if case.startswith(registers):
        return publication(case.removeprefix(registers), file)
    return _text(file)


def proposal(register: str, file: str) -> dict[str, JsonValue]:
    """Give what a proposal says of a list and its file.

    Raises:
        BadInput: Names the file and the line or the field.
    """
    return {"name": register, **_text(file)}


def _text(file: str) -> dict[str, JsonValue]:
    return {"content": {"kind": "list", **read_fields(file)}}


def _path(file: str) -> Path:
    path = Path(file)
    if file == STDIN or not path.exists():
        raise BadInput(file, "no such file", "a file, or a pack's folder")
    return path
