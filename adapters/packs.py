"""Policy packs: YAML on disk to `Pack`, with the line of whatever is wrong.

A folder holds `pack.yaml` (the head), `deadlines.yaml` and `parameters.yaml` (lists of dated values). A deadline's
length is written beside its name (`length: 5`, `unit: wd`) and becomes the value. `lists.yaml` is no part of the pack.
"""

from collections.abc import Mapping
from pathlib import Path
from typing import Final, cast

from pydantic import JsonValue, ValidationError

from adapters.documents import Document, Place, read_file
from domain.kernel.errors import BadInput
from domain.kernel.messages import first_defect
from domain.kernel.periods import Period
from domain.kernel.policy import Pack, parse_entry, parse_pack

_PERIOD_KEYS: Final = ("length", "month", "day", "at_least", "counts_back", "rolls")
_PARTS: Final = ("deadlines.yaml", "parameters.yaml")


def read_packs(folder: Path) -> Mapping[str, Pack]:
    """Read every pack below *folder* (`policy/`), by name.

    Raises:
        BadInput: Names the file and line of the first value that is wrong, or a pack that stands on an unknown one.
    """
    heads = sorted(folder.glob("*/pack.yaml"))
    packs = {pack.name: pack for pack in (read_pack(head.parent) for head in heads)}
    for pack in packs.values():
        for below in pack.stands_on:
            if below not in packs:
                raise BadInput(f"{folder / pack.name / 'pack.yaml'}: stands_on", below, "a pack of this folder")
    return packs


def read_pack(path: Path) -> Pack:
    """Read one pack: its folder, or one file that holds head and entries together.

    Raises:
        BadInput: Names the file and line of the first value that is wrong.
    """
    if path.is_file():
        return _parse(read_file(path), [])
    head = read_file(path / "pack.yaml")
    entries: list[JsonValue] = []
    for part in (path / name for name in _PARTS):
        if part.exists():
            entries += _entries(read_file(part))
    return _parse(head, entries)


def _parse(head: Document, entries: list[JsonValue]) -> Pack:
    if not isinstance(head.value, dict):
        raise BadInput(head.where(()), "no pack", "a mapping with name, title, valid_from, entries")
    own = head.value.get("entries", [])
    try:
        return parse_pack({**head.value, "entries": [*(own if isinstance(own, list) else []), *entries]})
    except BadInput as error:
        raise head.located(error) from None


def _entries(document: Document) -> list[JsonValue]:
    if not isinstance(document.value, list):
        raise BadInput(document.where(()), "no list", "a list of dated values")
    return [_entry(document, place, line) for place, line in enumerate(document.value)]


def _entry(document: Document, place: int, line: JsonValue) -> JsonValue:
    if not isinstance(line, dict):
        raise BadInput(document.where((place,)), repr(line), "name, value, unit, valid_from, source, grade, read_on")
    entry = _with_its_period(document, (place,), line) if "rule" in line else line
    try:
        parse_entry(entry)
    except BadInput as error:
        raise document.located(error.under(str(place))) from None
    return cast("JsonValue", entry)


def _with_its_period(document: Document, place: Place, line: Mapping[str, JsonValue]) -> dict[str, JsonValue]:
    entry = dict(line)
    value = {key: entry.pop(key) for key in _PERIOD_KEYS if key in entry}
    try:
        period = Period.model_validate({**value, "unit": entry.get("unit")})
    except ValidationError as error:
        raise document.located(first_defect(error).under(".".join(map(str, place)))) from None
    entry["value"] = period.model_dump(mode="json", exclude_defaults=True)
    return entry
