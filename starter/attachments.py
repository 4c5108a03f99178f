"""Attachments: a case keeps a document's digest, and here, at the way in, the digest is held against the document.

Nothing behind this reads a file; what is sent, decided on and recorded is the digest alone.
"""

from collections.abc import Mapping
from hashlib import file_digest
from pathlib import Path
from typing import Final

from pydantic import JsonValue

from domain.kernel.errors import BadInput

ATTACHMENTS: Final = "attachments"
FILE: Final = "file"
DIGEST: Final = "sha256"


def with_digests(body: Mapping[str, JsonValue], folder: Path) -> dict[str, JsonValue]:
    """Put the digest of each attached file in the place of the file's name.

    A digest that stands beside the name must be the file's. An attachment without a file is left as it is: its
    document is elsewhere, and only who has it can look.

    Args:
        folder: Where the files lie, as the form names them.

    Raises:
        BadInput: A file cannot be read, or is not the one whose digest was given; names the file.
    """
    return {key: _resolved(key, value, key, folder) for key, value in body.items()}


def _resolved(key: str, value: JsonValue, place: str, folder: Path) -> JsonValue:
    match value:
        case dict():
            return {name: _resolved(name, each, f"{place}.{name}", folder) for name, each in value.items()}
        case list():
            each_one = _digested if key == ATTACHMENTS else _walked
            return [each_one(each, f"{place}.{number}", folder) for number, each in enumerate(value)]
        case _:
            return value


def _walked(value: JsonValue, place: str, folder: Path) -> JsonValue:
    return _resolved("", value, place, folder)


def _digested(attachment: JsonValue, place: str, folder: Path) -> JsonValue:
    if not isinstance(attachment, dict) or FILE not in attachment:
        return attachment
    named = attachment[FILE]
    if not isinstance(named, str):
        raise BadInput(f"{place}.{FILE}", repr(named), "the name of a file")
    digest = _digest_of(folder / named, named, f"{place}.{FILE}")
    given = attachment.get(DIGEST, digest)
    if given != digest:
        raise BadInput(f"{place}.{DIGEST}", repr(given), f"the digest of {named}, {digest}")
    return {**{key: each for key, each in attachment.items() if key != FILE}, DIGEST: digest}


def _digest_of(file: Path, named: str, place: str) -> str:
    try:
        if not file.is_file():
            raise BadInput(place, named, "a file that is there")
        with file.open("rb") as opened:
            return file_digest(opened, DIGEST).hexdigest()
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or "no name of a file"
        raise BadInput(place, f"{named}: {reason}", "a file that can be read") from None
