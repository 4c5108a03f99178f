"""Records made up from their types: one of a class, and that one again with each choice taken otherwise.

A choice is a field that may be one of several literals, one of several records, there or not, empty or not. What an
example says is no case of the law; it is only lawful in form, so that `evolve` and `decide` can be asked about it.
"""

import types
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from functools import cache
from typing import Annotated, Any, Final, Literal, TypeVar, Union, cast, get_args, get_origin

from pydantic import TypeAdapter, ValidationError

from domain.kernel.messages import Record

R = TypeVar("R", bound=Record)
Path = tuple[str, ...]
Option = Callable[[], object]

DEEPEST: Final = 2
"""Choices are varied this many fields deep; further down the first option stands. A place among several is no field."""
_IN_THE_MAKING: Final[list[type[Record]]] = []
"""The records that are being made right now, one inside the other: one that may hold itself holds nothing."""
_PLAIN: Final[tuple[object, ...]] = (
    "x",
    "1",
    "a" * 64,
    1,
    0,
    100,
    True,
    date(2026, 3, 2),
    datetime(2026, 3, 2, 2, tzinfo=UTC),
    "2026-03-02",
    {},
)
"""Tried one after the other on a field that is no record, until one fits."""
_BOUNDS: Final = ("ge", "gt", "le", "lt")
_ADAPTERS: Final[dict[str, TypeAdapter[Any]]] = {}
"""One for each type with its rules, for making one costs more than all that it then does."""


@dataclass
class _Making:
    """One example in the making.

    Attributes:
        chosen: The option to take at a path, where it is not the first.
        found: How many options each path had.
    """

    chosen: Mapping[Path, int]
    found: dict[Path, int] = field(default_factory=dict[Path, int])

    def make(self, kind: Any, path: Path) -> object:
        options = _options(self, kind, (), path)
        return self._choose(options, path)

    def record(self, kind: type[R], path: Path) -> R:
        if _depth(path) >= DEEPEST:
            return example(kind)  # nothing is varied further down
        _IN_THE_MAKING.append(kind)
        fields: dict[str, Any] = {
            name: self._choose(_options(self, each.annotation, tuple(each.metadata), (*path, name)), (*path, name))
            for name, each in kind.model_fields.items()
        }
        _IN_THE_MAKING.pop()
        try:
            return kind(**fields)
        except ValidationError:
            # A record's own rule that this example happens not to keep; whoever is asked about it reads fields alone.
            return kind.model_construct(**fields)

    def _choose(self, options: list[Option], path: Path) -> object:
        self.found[path] = len(options)
        return options[self.chosen.get(path, 0)]()


@cache
def example(kind: type[R]) -> R:
    """Make one record of *kind*, every field filled."""
    return _Making({}).record(kind, ())


@cache
def examples(kind: type[R], deepest: int = DEEPEST) -> tuple[R, ...]:
    """Make the record of `example`, and for each choice in it, no deeper than *deepest* fields, one for each option."""
    first = _Making({})
    made = [first.record(kind, ())]
    for path, number in _all_choices(first, deepest):
        made.append(_Making({path: number}).record(kind, ()))
    return tuple(made)


def _all_choices(first: _Making, deepest: int) -> Iterator[tuple[Path, int]]:
    for path, options in first.found.items():
        if _depth(path) <= deepest:
            yield from ((path, number) for number in range(1, options))


def _depth(path: Path) -> int:
    """Count the fields on a path; the place of a record among several is none."""
    return sum(not part.isdigit() for part in path)


def _options(making: _Making, kind: Any, rules: tuple[object, ...], path: Path) -> list[Option]:
    """Give what a field of this type may hold, the fullest first."""
    origin, inner = get_origin(kind), get_args(kind)
    if origin is Annotated:
        return _options(making, inner[0], (*rules, *inner[1:]), path)
    if origin in {Union, types.UnionType}:
        filled = sorted(_without_itself(inner), key=lambda each: each is types.NoneType)
        return [option for each in filled for option in _options(making, each, (), path)]
    if origin is Literal:
        return [lambda value=value: value for value in inner]
    if kind is types.NoneType:
        return [lambda: None]
    if kind is bool:
        return [lambda: False, lambda: True]
    if isinstance(kind, type) and issubclass(kind, Record):
        return [lambda: making.record(kind, path)]
    if origin is dict:
        return [lambda: {making.make(inner[0], (*path, "")): making.make(inner[1], (*path, "0"))}, dict[str, object]]
    if origin in {tuple, frozenset, list, set}:
        return _collections(making, kind, rules, path)
    return [lambda: _plain(kind, rules)]


def _collections(making: _Making, kind: Any, rules: tuple[object, ...], path: Path) -> list[Option]:
    holder, inner = get_origin(kind), get_args(kind)
    if holder is tuple and Ellipsis not in inner:
        return [lambda: tuple(making.make(each, (*path, str(place))) for place, each in enumerate(inner))]
    hold = cast("Callable[[tuple[object, ...]], object]", holder)
    if not _without_itself(inner[:1]):
        return [lambda: hold(())]
    one, none = hold((making.make(inner[0], (*path, "0")),)), hold(())
    return [lambda: one, lambda: none] if _fits(kind, rules, none) else [lambda: one]


def _without_itself(kinds: tuple[Any, ...]) -> list[Any]:
    return [each for each in kinds if each not in _IN_THE_MAKING]


def _plain(kind: Any, rules: tuple[object, ...]) -> object:
    """Give a value that keeps the rules of a field; where none is found, one of its type alone."""
    bounds = [getattr(rule, name) for rule in rules for name in _BOUNDS if getattr(rule, name, None) is not None]
    values = [*_PLAIN, *bounds, *(bound + step for bound in bounds if isinstance(bound, int) for step in (1, -1))]
    keeping = (value for value in values if _fits(kind, rules, value))
    return next(keeping, next((value for value in values if _fits(kind, (), value)), None))


def _fits(kind: Any, rules: tuple[object, ...], value: object) -> bool:
    place = repr((kind, rules))
    if place not in _ADAPTERS:
        annotated = cast("Any", Annotated)
        _ADAPTERS[place] = TypeAdapter(annotated[(kind, *rules)] if rules else kind)
    try:
        _ADAPTERS[place].validate_python(value, strict=True)
    except ValidationError:
        return False
    return True
