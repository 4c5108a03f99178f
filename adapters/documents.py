"""Read a YAML or JSON document strictly, and remember on which line each value stands.

Plain scalars are text, whole numbers, true, false or null and nothing else: `no` stays the word it is, `2026-03-02` is
text for the domain to read as a date, and `0.08` stays exact. What YAML can do beyond that (anchors, tags, a key given
twice) is refused.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from re import compile as pattern
from typing import Any, Final, cast

import yaml
from pydantic import JsonValue

from domain.kernel.errors import BadInput

Place = tuple[str | int, ...]
_WHOLE: Final = pattern(r"-?(0|[1-9][0-9]{0,18})")
_WORDS: Final[Mapping[str, bool | None]] = {"true": True, "false": False, "null": None, "~": None, "": None}
_DEEPEST: Final = 64


@dataclass(frozen=True)
class Document:
    """A document as JSON values.

    Attributes:
        name: How errors call it.
        lines: The line (from 1) on which the value at a place stands.
    """

    name: str
    value: JsonValue
    lines: Mapping[Place, int]

    def where(self, place: Place) -> str:
        """Name a place as `file:line: entries.3.unit`, by the nearest line that is known."""
        known = place
        while known not in self.lines and known:
            known = known[:-1]
        path = ".".join(str(part) for part in place)
        return f"{self.name}:{self.lines.get(known, 1)}" + (f": {path}" if path else "")

    def located(self, error: BadInput) -> BadInput:
        """Say on which line stands what the domain found wrong; its `where` is a dotted place."""
        place = tuple(int(part) if part.isdigit() else part for part in error.where.split(".") if part)
        return error.at(self.where(place))


def read_file(path: Path) -> Document:
    """Read a document from a file.

    Raises:
        BadInput: There is no such text file, or it is no document.
    """
    try:
        text = path.read_text(encoding="utf-8")
    except OSError as error:
        raise BadInput(str(path), error.strerror or "cannot be read", "a file that can be read") from None
    except UnicodeDecodeError:
        raise BadInput(str(path), "bytes that are no text", "UTF-8") from None
    return read_text(text, str(path))


def read_text(text: str, name: str) -> Document:
    """Read a document from text.

    Raises:
        BadInput: Names the line, what stands there and what was expected.
    """
    lines: dict[Place, int] = {}
    events = cast("Iterator[Any]", yaml.parse(text, Loader=yaml.CSafeLoader))
    builder = _Builder(events, name, lines)
    try:
        value = builder.document()
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        raise BadInput(f"{name}:{line}", error.problem or "not readable", "YAML or JSON") from None
    except yaml.YAMLError as error:
        raise BadInput(name, str(error).splitlines()[0], "YAML or JSON") from None
    return Document(name, value, lines)


class _Builder:
    """Makes JSON values of parser events, one pass, no deeper than a person writes."""

    def __init__(self, events: Iterator[Any], name: str, lines: dict[Place, int]) -> None:
        self.events = events
        self.name = name
        self.lines = lines

    def document(self) -> JsonValue:
        next(self.events)
        start = next(self.events)
        if isinstance(start, yaml.StreamEndEvent):
            return None
        value = self.value(next(self.events), ())
        next(self.events)
        if not isinstance(extra := next(self.events), yaml.StreamEndEvent):
            raise self.bad(extra, "a second document", "one document")
        return value

    def value(self, event: Any, place: Place) -> JsonValue:
        self.lines[place] = event.start_mark.line + 1
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None) or not _is_plain(event):
            raise self.bad(event, "an anchor, alias or tag", "the value itself")
        if len(place) > _DEEPEST:
            raise self.bad(event, "values inside values", f"at most {_DEEPEST} levels")
        match event:
            case yaml.ScalarEvent():
                return _scalar(event)
            case yaml.SequenceStartEvent():
                return self.sequence(place)
            case _:
                return self.mapping(place)

    def sequence(self, place: Place) -> list[JsonValue]:
        values: list[JsonValue] = []
        while not isinstance(event := next(self.events), yaml.SequenceEndEvent):
            values.append(self.value(event, (*place, len(values))))
        return values

    def mapping(self, place: Place) -> dict[str, JsonValue]:
        values: dict[str, JsonValue] = {}
        while not isinstance(event := next(self.events), yaml.MappingEndEvent):
            if not isinstance(event, yaml.ScalarEvent):
                raise self.bad(event, "a list or mapping as key", "a word")
            key: str = event.value
            if key in values:
                raise self.bad(event, f"{key} a second time", "each key once")
            values[key] = self.value(next(self.events), (*place, key))
        return values

    def bad(self, event: Any, what: str, expected: str) -> BadInput:
        return BadInput(f"{self.name}:{event.start_mark.line + 1}", what, expected)


def _is_plain(event: Any) -> bool:
    return getattr(event, "tag", None) in {None, "!"}


def _scalar(event: yaml.ScalarEvent) -> JsonValue:
    text: str = event.value
    if event.style:
        return text
    if text in _WORDS:
        return _WORDS[text]
    return int(text) if _WHOLE.fullmatch(text) else text
