"""What may be asked of a register, and by whom."""

from collections.abc import Mapping
from typing import ClassVar, Final, assert_never

from pydantic import JsonValue

from domain.kernel.envelope import OPERATOR
from domain.kernel.lists import kind_of
from domain.kernel.messages import Code, Command, Text, Vocabulary
from domain.register.contents import Content

REGISTRAR: Final = "registrar"
"""Who keeps a tenant's registers and its directory."""
PUBLISHERS: Final = frozenset({REGISTRAR, OPERATOR})


class PublishVersion(Command):
    """Publish a version on the day of the act; the first one opens the register.

    The legal date of the act is the day of publication. An earlier one, with its evidence, records late what was
    published in time.

    Attributes:
        name: The register's name: `calendar`, `pack-` and a jurisdiction, or a list's own name.
    """

    asked_by: ClassVar[frozenset[str]] = PUBLISHERS
    continues: ClassVar[bool] = True
    name: Code
    content: Content


class CorrectVersion(Command):
    """Put something else in the place of a published version, which stays readable for whoever relied on it.

    Attributes:
        corrects: The number of the version that is wrong.
    """

    asked_by: ClassVar[frozenset[str]] = PUBLISHERS
    name: Code
    corrects: int
    content: Content
    reason: Text


RegisterCommand = PublishVersion | CorrectVersion
COMMANDS: Final = Vocabulary[RegisterCommand](PublishVersion, CorrectVersion)


def body_to_publish(register: str, document: Mapping[str, JsonValue]) -> dict[str, JsonValue]:
    """Give the body of `PublishVersion` for a document as people write it: a list, a calendar year or a pack."""
    return {"name": register, "content": _content(register, document)}


def body_to_correct(
    register: str, corrects: int, reason: str, document: Mapping[str, JsonValue]
) -> dict[str, JsonValue]:
    """Give the body of `CorrectVersion` for a document as people write it."""
    return {"name": register, "corrects": corrects, "reason": reason, "content": _content(register, document)}


def _content(register: str, document: Mapping[str, JsonValue]) -> dict[str, JsonValue]:
    match kind := kind_of(register):
        case "list":
            return {"kind": "list", **document}
        case "calendar":
            return {"kind": "calendar", "year": {**document}}
        case "pack":
            return {"kind": "pack", "pack": {**document}}
        case _:
            assert_never(kind)
