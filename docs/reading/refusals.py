"""Every way in which the rules say no, with its clause and where it stands in the source."""

import ast
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from pathlib import Path
from pkgutil import walk_packages
from typing import Final

import domain
from docs.reading.calls import Said, overhear
from docs.reading.expressions import UNKNOWN, Clause
from docs.reading.scopes import FunctionNode, Scope, scope_in
from domain.kernel.packs import Pack

OF_THE_WAY_IN: Final = ("activities.cases", "starter.client")
"""Where a command is answered that no decider has seen: its id was used for another one."""
EVERY_PROCESS: Final = UNKNOWN
"""What a code begins with that every process has."""


@dataclass(frozen=True)
class Refusal:
    """A code, everywhere it is said.

    Attributes:
        code: Of every process where it begins with `*`.
        clauses: Texts, and clauses of values of the law.
        may_warn: Whether every place that says it only warns where the value does not bind.
    """

    code: str
    clauses: tuple[str | Clause, ...]
    places: tuple[tuple[str, str], ...]
    may_warn: bool

    @property
    def process(self) -> str:
        """What it belongs to."""
        return self.code.partition(".")[0]

    @property
    def reason(self) -> str:
        """The code without what it belongs to."""
        return self.code.partition(".")[2]


@cache
def refusals() -> tuple[Refusal, ...]:
    """Give every refusal of the domain and of the way in, by code."""
    return joined(overhear(scope for module in _modules() for scope in _functions_of(module)))


def joined(said: Iterable[Said]) -> tuple[Refusal, ...]:
    """Join what is said of each code, in the order of the codes."""
    by_code: dict[str, list[Said]] = defaultdict(list)
    for each in said:
        by_code[each.code].append(each)
    return tuple(_joined(code, by_code[code]) for code in sorted(by_code))


def _joined(code: str, said: Sequence[Said]) -> Refusal:
    clauses = dict.fromkeys(clause for each in said for clause in each.clauses)
    places = dict.fromkeys(each.place for each in said)
    return Refusal(code, tuple(clauses), tuple(places), all(each.may_warn for each in said))


def general() -> tuple[Refusal, ...]:
    """Give the refusals that every process has."""
    return tuple(each for each in refusals() if each.process == EVERY_PROCESS)


def written(clauses: Iterable[str | Clause], packs: Iterable[Pack], *, by_name: bool = True) -> str:
    """Write clauses: as they stand in the source, or as the packs give them for a value of the law.

    Args:
        by_name: Name the values behind their clause.
    """
    by_value = _clauses_of(packs)
    found: dict[str, list[str]] = defaultdict(list)
    for each in clauses:
        if isinstance(each, str):
            found[each] += ()
        else:
            found["; ".join(by_value.get(each.parameter, ())) or "set by no pack"].append(f"`{each.parameter}`")
    if by_name:
        texts = [f"{text} ({', '.join(names)})" if names else text for text, names in found.items()]
    else:
        texts = [part for text in found for part in text.split("; ")]
    return "; ".join(dict.fromkeys(texts)) or "named in the answer"


def _clauses_of(packs: Iterable[Pack]) -> Mapping[str, tuple[str, ...]]:
    found: dict[str, dict[str, None]] = defaultdict(dict)
    for pack in sorted(packs, key=lambda each: (len(each.stands_on), each.name)):
        for entry in pack.entries:
            found[entry.name][entry.source] = None
    return {name: tuple(sources) for name, sources in found.items()}


def _modules() -> Iterator[str]:
    for found in walk_packages(domain.__path__, f"{domain.__name__}."):
        yield found.name
    yield from OF_THE_WAY_IN


def _functions_of(name: str) -> Iterator[Scope]:
    module = import_module(name)
    tree = ast.parse(Path(module.__file__ or "").read_text(encoding="utf-8"))
    for node in ast.walk(tree):
        if isinstance(node, FunctionNode):
            yield scope_in(vars(module), node)
