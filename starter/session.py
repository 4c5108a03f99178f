"""What every command of the line knows: who acts, for whom, how to answer; and the one place where async ones run."""

import asyncio
import inspect
import os
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property, wraps
from typing import Annotated, Any, Final, ParamSpec, cast

import typer

from domain.kernel.errors import BadInput
from starter.forms import read_code, read_day
from starter.output import Form, Screen
from starter.words import LANGUAGES, own_language

P = ParamSpec("P")
DEFAULT_PATIENCE_SECONDS: Final = 10.0


@dataclass(frozen=True)
class Session:
    """One call of the command line.

    Attributes:
        person: Who acts.
        tenant: Whose cases; the store's only tenant where nothing is said.
        output: `table` or `json`.
    """

    person: str | None = None
    tenant: str | None = None
    output: str = "table"
    lang: str | None = None

    @cached_property
    def screen(self) -> Screen:
        """Where the answer goes.

        Raises:
            BadInput: No such form or language.
        """
        if self.output not in {"table", "json"}:
            raise BadInput("--output", repr(self.output), "table or json")
        if self.lang is not None and self.lang not in LANGUAGES:
            raise BadInput("--lang", repr(self.lang), "zh or en")
        return Screen(cast("Form", self.output), self.lang or own_language())

    @property
    def acting(self) -> str:
        """Name the person who acts.

        Raises:
            BadInput: Nobody was named.
        """
        if self.person is None:
            raise BadInput("--as", "nothing", "the id of the person who acts (also MANDATE_AS)")
        return read_code(self.person, "--as")

    @property
    def named_tenant(self) -> str | None:
        """The tenant as it was named, if it was."""
        return None if self.tenant is None else read_code(self.tenant, "--tenant")


@dataclass(frozen=True)
class Asking:
    """What goes with a command beside its body.

    Attributes:
        command_id: The caller's id; the same id is answered once.
        on: The legal date of the act, where it is not today; needs *evidence*.
        seen_version: The version the person saw when deciding to ask.
        patience: Seconds to wait for the answer.
    """

    command_id: str | None = None
    on: str | None = None
    evidence: str | None = None
    seen_version: int | None = None
    organisation: str | None = None
    on_behalf_of: str | None = None
    patience: float = DEFAULT_PATIENCE_SECONDS

    @property
    def day(self) -> date | None:
        """The legal date, if one was named."""
        return None if self.on is None else read_day(self.on, "--on")


def _option(name: str, kind: Any, default: Any, *flags: str, **more: Any) -> inspect.Parameter:
    annotation = Annotated[kind, typer.Option(*flags, **more)]
    return inspect.Parameter(name, inspect.Parameter.KEYWORD_ONLY, default=default, annotation=annotation)


_SHARED: Final[Mapping[type, tuple[inspect.Parameter, ...]]] = {
    Session: (
        _option("person", str | None, None, "--as", envvar="MANDATE_AS", metavar="PERSON", help="Who acts."),
        _option("tenant", str | None, None, "--tenant", envvar="MANDATE_TENANT", help="Whose cases."),
        _option("output", str, "table", "-o", "--output", metavar="table|json", help="For people or for programs."),
        _option("lang", str | None, None, "--lang", metavar="zh|en", help="Chinese or English."),
    ),
    Asking: (
        _option("command_id", str | None, None, "--command-id", metavar="ID", help="Safe to repeat under one id."),
        _option("on", str | None, None, "--on", metavar="DATE", help="The day of the act, if earlier; needs evidence."),
        _option("evidence", str | None, None, "--evidence", help="What proves the earlier day."),
        _option("seen_version", int | None, None, "--seen-version", min=0, help="Refuse if the case moved since."),
        _option("organisation", str | None, None, "--organisation", help="For which of the person's organisations."),
        _option("on_behalf_of", str | None, None, "--on-behalf-of", metavar="PERSON", help="By written proxy."),
        _option("patience", float, DEFAULT_PATIENCE_SECONDS, "--patience", min=0, help="Seconds to wait."),
    ),
}


def command(app: typer.Typer, name: str | None = None) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Register a function, async or not, as a command of *app*.

    A parameter of type `Session` or `Asking` stands for the options of that name, so that they follow the subcommand
    everywhere alike. Typer alone would take an `async def`, never await it and exit 0.
    """

    def register(function: Callable[..., Any]) -> Callable[..., Any]:
        app.command(name)(_with_shared_options(function))
        return function

    return register


def _with_shared_options(function: Callable[..., Any]) -> Callable[..., None]:
    signature = inspect.signature(function, eval_str=True)
    shared = {each.name: each.annotation for each in signature.parameters.values() if each.annotation in _SHARED}
    own = [each for each in signature.parameters.values() if each.name not in shared]
    added = [option for kind in shared.values() for option in _SHARED[kind]]

    @wraps(function)
    def run(**values: Any) -> None:
        for name, kind in shared.items():
            values[name] = kind(**{option.name: values.pop(option.name) for option in _SHARED[kind]})
        answer = function(**values)
        if inspect.isawaitable(answer):
            asyncio.run(_awaited(answer))

    own = [each.replace(kind=inspect.Parameter.KEYWORD_ONLY) for each in own]
    parameters = [*own, *added]
    run.__signature__ = signature.replace(parameters=parameters, return_annotation=None)  # pyright: ignore[reportAttributeAccessIssue] — read by Typer
    run.__annotations__ = {each.name: each.annotation for each in parameters}
    return run


async def _awaited(answer: Awaitable[Any]) -> None:
    await answer


def environment(name: str) -> str | None:
    """Read a setting; an empty one is none."""
    return os.environ.get(name) or None
