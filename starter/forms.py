"""What a caller wrote, made into the body of a command; every defect named by its place, nothing guessed.

Input is YAML or JSON. Of YAML only what JSON can say: no anchors, no tags, no dates, no `yes` for true. A date stays
the text that was written; what looks like a fraction is refused and not rounded.
"""

import json
import re
import sys
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from pathlib import Path
from typing import Any, Final, NoReturn, cast

import yaml
from pydantic import JsonValue, TypeAdapter, ValidationError

from domain.kernel.envelope import MAX_BODY_BYTES, check_subset
from domain.kernel.errors import BadInput
from domain.kernel.messages import SHANGHAI, Code

STDIN: Final = "-"
MAX_FILE_BYTES: Final = 4 * MAX_BODY_BYTES
"""A file may open several cases and carry comments; each body in it is held to its own limit."""
MAX_DEPTH: Final = 32
_CODE: Final[TypeAdapter[str]] = TypeAdapter(Code)
_DAY: Final = re.compile(r"\d{4}-\d{2}-\d{2}")
_SHOWN: Final = 80


class _Loader(yaml.CSafeLoader):
    """YAML as JSON would have it."""


_SCALARS: Final = {
    "null": (r"null|~|", ["n", "~", ""]),
    "bool": (r"true|false", list("tf")),
    "int": (r"-?(?:0|[1-9][0-9]*)", list("-0123456789")),
    "float": (r"-?(?:[0-9]+\.[0-9]*|\.[0-9]+|[0-9]+(?=[eE]))(?:[eE][-+]?[0-9]+)?", list("-.0123456789")),
}
_NOT_TEXT: Final = re.compile("|".join(pattern for pattern, _ in _SCALARS.values() if pattern[-1] != "|") + r"|null")
_Loader.yaml_implicit_resolvers = {}
for _tag, (_pattern, _first) in _SCALARS.items():
    _whole = re.compile(rf"^(?:{_pattern})$")
    _Loader.add_implicit_resolver(f"tag:yaml.org,2002:{_tag}", _whole, _first)  # pyright: ignore[reportUnknownMemberType] — untyped


def _mapping(loader: Any, node: yaml.MappingNode) -> dict[str, Any]:
    pairs: list[tuple[Any, Any]] = [
        (loader.construct_object(key, deep=True), loader.construct_object(value, deep=True))
        for key, value in node.value
    ]
    for key, _ in pairs:
        if not isinstance(key, str):
            raise BadInput(_line(node.start_mark), _shown(key), "a key that is text")
    return _once(pairs, _line(node.start_mark))


_Loader.add_constructor("tag:yaml.org,2002:map", _mapping)


def read_file(name: str) -> JsonValue:
    """Read a YAML or JSON file, or standard input for `-`.

    Raises:
        BadInput: Names the line or the field, what stands there, what was expected.
    """
    shown = "standard input" if name == STDIN else name
    try:
        if name == STDIN:
            raw = sys.stdin.buffer.read(MAX_FILE_BYTES + 1)
        else:
            with Path(name).open("rb") as file:
                raw = file.read(MAX_FILE_BYTES + 1)
    except OSError as error:
        raise BadInput(shown, error.strerror or "cannot be read", "a file that can be read") from None
    try:
        return parse(raw, is_json=name.endswith(".json"))
    except BadInput as defect:
        raise defect.under(shown) from None


def parse(raw: bytes, *, is_json: bool = False) -> JsonValue:
    """Make a value of YAML or JSON bytes (UTF-8).

    Raises:
        BadInput: Names the line or the field.
    """
    if len(raw) > MAX_FILE_BYTES:
        raise BadInput("", f"more than {MAX_FILE_BYTES} bytes", f"at most {MAX_FILE_BYTES} bytes")
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw[: error.start].count(b"\n") + 1
        raise BadInput(f"line {line}", f"the byte {raw[error.start]:#04x}", "text in UTF-8") from None
    if "\x00" in text:
        line = text[: text.index("\x00")].count("\n") + 1
        raise BadInput(f"line {line}", "a NUL character", "text without NUL")
    value = _from_json(text) if is_json else _from_yaml(text)
    check_subset(value)
    return value


def read_fields(file: str) -> dict[str, JsonValue]:
    """Read a file that holds fields with their values.

    Raises:
        BadInput: It holds something else, or is wrong.
    """
    given = read_file(file)
    if not isinstance(given, dict):
        raise BadInput(file, _shown(given), "fields with their values")
    return given


def with_settings(body: Mapping[str, JsonValue], settings: Iterable[str]) -> dict[str, JsonValue]:
    """Put each `key=value` into the body; dots lead into maps (`funds.amount_fen=120000`).

    Raises:
        BadInput: Names the setting.
    """
    changed = cast("dict[str, JsonValue]", json.loads(json.dumps(body)))
    seen: set[str] = set()
    for setting in settings:
        key, equals, text = setting.partition("=")
        if not equals or not all(key.split(".")):
            raise BadInput("--set", _shown(setting), "key=value")
        if key in seen:
            raise BadInput(f"--set {key}", "twice", "each key once")
        seen.add(key)
        _put(changed, key, _setting_value(key, text))
    check_size(changed)
    return changed


def folder_of(file: str | None) -> Path:
    """Name the folder that a form's own files lie in: the form's; for standard input the one we are in."""
    return Path() if file in {None, STDIN} else Path(cast("str", file)).parent


def check_size(body: Mapping[str, JsonValue], where: str = "") -> None:
    """Refuse what lies outside the subset every reader keeps exact, and what is too much for one command.

    Raises:
        BadInput: Names the place.
    """
    check_subset(dict(body))
    size = len(json.dumps(body, ensure_ascii=False, separators=(",", ":")).encode())
    if size > MAX_BODY_BYTES:
        raise BadInput(where, f"{size} bytes", f"at most {MAX_BODY_BYTES} bytes in one command")


def read_day(text: str, where: str) -> date:
    """Read a legal date, `2026-03-02`.

    Raises:
        BadInput: It is no day of the calendar.
    """
    try:
        if _DAY.fullmatch(text):
            return date.fromisoformat(text)
    except ValueError:
        pass
    raise BadInput(where, _shown(text), "a day such as 2026-03-02")


def is_day(text: str) -> bool:
    """Say whether a text is written as a day, existing or not."""
    return _DAY.fullmatch(text) is not None


def read_instant(text: str, where: str) -> datetime:
    """Read an instant; where it names no zone, Shanghai's is meant.

    Raises:
        BadInput: It is no instant.
    """
    try:
        instant = datetime.fromisoformat(text)
    except ValueError:
        raise BadInput(where, _shown(text), "an instant such as 2026-03-02T10:00 or 2026-03-02T02:00:00Z") from None
    return instant if instant.tzinfo is not None else instant.replace(tzinfo=SHANGHAI)


def read_code(text: str, where: str) -> str:
    """Read an identifier: ASCII, no blanks, at most 120 characters.

    Raises:
        BadInput: It is none.
    """
    try:
        return _CODE.validate_python(text)
    except ValidationError:
        raise BadInput(where, _shown(text), "an identifier: letters, digits and . _ : / - only") from None


def _from_json(text: str) -> Any:
    try:
        value = json.loads(text, object_pairs_hook=_once, parse_constant=_no_constant)
    except json.JSONDecodeError as error:
        raise BadInput(f"line {error.lineno}", error.msg, "JSON") from None
    except RecursionError:
        raise _too_deep() from None
    except ValueError:
        raise BadInput("", "a number of thousands of digits", "a number that can be counted with") from None
    layer = [value]
    for _ in range(MAX_DEPTH):
        layer = [inner for each in layer for inner in _inner(each)]
    if any(isinstance(each, dict | list) for each in layer):
        raise _too_deep()
    return value


def _inner(value: Any) -> Iterable[Any]:
    match value:
        case dict():
            return cast("dict[str, Any]", value).values()
        case list():
            return cast("list[Any]", value)
        case _:
            return ()


def _too_deep(where: str = "") -> BadInput:
    return BadInput(where, "lists or maps too deep", f"at most {MAX_DEPTH} levels")


def _no_constant(name: str) -> NoReturn:
    raise BadInput("", name, "a number that exists")


def _from_yaml(text: str) -> Any:
    try:
        _check_events(text)
        return yaml.load(text, Loader=_Loader)  # noqa: S506 — a safe loader, made stricter above
    except yaml.MarkedYAMLError as error:
        raise BadInput(_line(error.problem_mark), error.problem or "not YAML", "YAML or JSON") from None
    except yaml.YAMLError as error:
        raise BadInput("", str(error).splitlines()[0], "YAML or JSON") from None
    except ValueError:
        raise BadInput("", "a number of thousands of digits", "a number that can be counted with") from None


def _check_events(text: str) -> None:
    """Refuse, before anything is built, what would grow beyond what was written."""
    depth = documents = 0
    for event in yaml.parse(text, Loader=_Loader):
        where = _line(event.start_mark)
        if isinstance(event, yaml.AliasEvent):
            raise BadInput(where, f"*{event.anchor}", "every value written out")
        if isinstance(event, yaml.ScalarEvent | yaml.CollectionStartEvent) and event.tag is not None:
            raise BadInput(where, _shown(event.tag), "no tag: text, whole numbers, true, false, null, lists, maps")
        depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        documents += isinstance(event, yaml.DocumentStartEvent)
        if depth > MAX_DEPTH:
            raise _too_deep(where)
        if documents > 1:
            raise BadInput(where, "a second document", "one document")


def _once(pairs: list[tuple[str, Any]], where: str = "") -> dict[str, Any]:
    made: dict[str, Any] = {}
    for key, value in pairs:
        if key in made:
            raise BadInput(where, f"the key {key!r} twice", "each key once")
        made[key] = value
    return made


def _put(body: dict[str, JsonValue], key: str, value: JsonValue) -> None:
    *path, last = key.split(".")
    for part in path:
        inner = body.setdefault(part, {})
        if not isinstance(inner, dict):
            raise BadInput(f"--set {key}", f"{part} holds {_shown(inner)}", "a map to put it in")
        body = inner
    body[last] = value


def _setting_value(key: str, text: str) -> JsonValue:
    """Read a number, true, false or null as such; what opens like a list, a map or a quotation as one; else as text."""
    try:
        if text[:1] in {"[", "{", '"', "'"} or _NOT_TEXT.fullmatch(text):
            return parse(text.encode("utf-8", "surrogatepass"))
        check_subset(text)
    except BadInput as defect:
        raise defect.at(f"--set {key}") from None
    return text


def _line(mark: Any) -> str:
    return f"line {mark.line + 1}" if mark is not None else ""


def _shown(value: object) -> str:
    text = repr(value)
    return text if len(text) <= _SHOWN else text[:_SHOWN] + "…"
