"""A function's source, and what its names are made from. Nothing is run."""

import ast
import inspect
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from types import FunctionType
from typing import Any, Final, cast

Values = tuple[Any, ...]
"""What an expression may be: every possibility once."""
GIVES_BACK: Final = (ast.Return, ast.Yield, ast.YieldFrom)
FunctionNode = ast.FunctionDef | ast.AsyncFunctionDef


@dataclass(frozen=True, eq=False)
class Scope:
    """A function's body and what its names may be.

    Attributes:
        module: The names of its module.
        given: What the caller handed over, by the name of the argument.
        assigned: The expressions that are assigned to a name anywhere in the body.
        known: What was found out about its expressions.
    """

    module: Mapping[str, Any]
    node: FunctionNode
    given: Mapping[str, Values] = field(default_factory=dict[str, Values])
    assigned: Mapping[str, tuple[ast.expr, ...]] = field(default_factory=dict[str, tuple[ast.expr, ...]])
    known: dict[ast.expr, Values] = field(default_factory=dict[ast.expr, Values])

    @property
    def place(self) -> tuple[str, str]:
        """Its module and its name."""
        return cast("str", self.module["__name__"]), self.node.name


_SCOPES: Final[dict[object, Scope]] = {}
"""One for each function and what it is called with."""


def scope_of(function: FunctionType, given: Mapping[str, Values] | None = None) -> Scope | None:
    """Give the scope of a function, if its source can be read: one made while the program runs has none."""
    code = function.__code__
    node = _nodes(code.co_filename).get(code.co_firstlineno)
    if node is None:
        return None
    place = (node, repr(sorted((given or {}).items(), key=lambda each: each[0])))
    if place not in _SCOPES:
        _SCOPES[place] = Scope(function.__globals__, node, given or {}, _assigned(node))
    return _SCOPES[place]


def scope_in(module: Mapping[str, Any], node: FunctionNode) -> Scope:
    """Give the scope of a function as it stands in its module, called by nobody."""
    return Scope(module, node, {}, _assigned(node))


def handed_over(call: ast.Call, function: FunctionType) -> dict[str, tuple[ast.expr, ...]]:
    """Give the expressions that a call hands to each argument."""
    parameters = parameters_of(function).items()
    by_place = [name for name, each in parameters if each.kind is not each.KEYWORD_ONLY]
    given: dict[str, tuple[ast.expr, ...]] = {}
    for place, argument in enumerate(call.args if by_place else ()):
        name = by_place[min(place, len(by_place) - 1)]
        given[name] = (*given.get(name, ()), argument)
    named = {each.arg: (each.value,) for each in call.keywords if each.arg is not None}
    return {**given, **named}


@cache
def returns(node: FunctionNode) -> tuple[ast.expr, ...]:
    """Give what a function's body gives back anywhere."""
    parts = (each.value for each in ast.walk(node) if isinstance(each, GIVES_BACK))
    return tuple(each for each in parts if each is not None)


@cache
def parameters_of(function: FunctionType) -> Mapping[str, inspect.Parameter]:
    """Give a function's arguments by name."""
    return inspect.signature(function).parameters


@cache
def _nodes(file: str) -> Mapping[int, FunctionNode]:
    """Give the functions of a file by the line on which each begins, its decorators counted in."""
    tree = ast.parse(Path(file).read_text(encoding="utf-8"))
    functions = [each for each in ast.walk(tree) if isinstance(each, FunctionNode)]
    return {min(part.lineno for part in (each, *each.decorator_list)): each for each in functions}


@cache
def _assigned(node: FunctionNode) -> Mapping[str, tuple[ast.expr, ...]]:
    """Give what each name of a function's body is made from; an argument and a part of a pattern, from nothing."""
    found: dict[str, tuple[ast.expr, ...]] = {each.arg: () for each in ast.walk(node.args) if isinstance(each, ast.arg)}
    for each in ast.walk(node):
        match each:
            case ast.Assign(targets=targets, value=value):
                pairs = [pair for target in targets for pair in _paired(target, value)]
            case (
                ast.AnnAssign(target=target, value=ast.expr() as value)
                | ast.AugAssign(target=target, value=value)
                | ast.NamedExpr(target=target, value=value)
            ):
                pairs = [*_paired(target, value)]
            case ast.For(target=target, iter=value) | ast.comprehension(target=target, iter=value):
                pairs = [*_paired(target, value)]
            case ast.Call(func=ast.Attribute(value=ast.Name() as target, attr="append" | "extend"), args=[value]):
                pairs = [*_paired(target, value)]
            case ast.Match(subject=subject, cases=cases):
                pairs = [pair for one in cases for pair in _captured(one.pattern, subject)]
            case _:
                continue
        for name, value in pairs:
            found[name] = (*found.get(name, ()), value) if value is not None else found.get(name, ())
    return found


def _paired(target: ast.expr, value: ast.expr) -> Iterator[tuple[str, ast.expr]]:
    match target, value:
        case ast.Name(id=name), _:
            yield name, value
        case ast.Tuple(elts=targets), ast.Tuple(elts=parts) if len(targets) == len(parts):
            yield from (pair for one, part in zip(targets, parts, strict=True) for pair in _paired(one, part))
        case ast.Tuple(elts=targets), _:
            yield from (pair for one in targets for pair in _paired(one, value))
        case _:
            return


def _captured(pattern: ast.pattern, subject: ast.expr) -> Iterator[tuple[str, ast.expr | None]]:
    """Give what a pattern names: the whole that it matches, or a part of it, of which nothing is known."""
    for each in ast.walk(pattern):
        if isinstance(each, ast.MatchAs | ast.MatchStar) and each.name is not None:
            yield each.name, subject if each is pattern else None
