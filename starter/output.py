"""What is printed: tables for people, the JSON of the contract for programs, progress where somebody waits.

Standard output carries the answer alone; everything said beside it goes to standard error.
"""

import sys
from collections.abc import Generator, Iterable, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from json import dumps
from threading import Timer
from typing import Any, Final, Literal, cast

from rich.console import Console
from rich.status import Status
from rich.table import Table
from rich.text import Text

from starter.words import Language, Words, yuan

Form = Literal["table", "json"]
PROGRESS_AFTER_SECONDS: Final = 1.0
WIDTH_WITHOUT_TERMINAL: Final = 240
"""A pipe has no edge to break lines at; this one keeps a line whole."""


@dataclass(frozen=True)
class Screen:
    """Where one command's answer goes, and in which form and language."""

    form: Form
    language: Language

    @cached_property
    def words(self) -> Words:
        """The language's words."""
        return Words(self.language)

    @property
    def is_json(self) -> bool:
        """Whether a program reads."""
        return self.form == "json"

    def one(self, values: Mapping[str, Any]) -> None:
        """Print one object; for people a line a field, empty ones left out."""
        if self.is_json:
            _line(values)
            return
        table = _table(show_header=False)
        table.add_column(style="dim", no_wrap=True)
        table.add_column(overflow="fold")
        for key, value in values.items():
            if value not in (None, [], {}, ()):
                table.add_row(self._label(key), self._cell(key, value))
        _console().print(table)

    def rows(self, columns: Sequence[str], rows: Iterable[Mapping[str, Any]]) -> None:
        """Print one object a line, whole; for people a table of the named *columns*."""
        if self.is_json:
            for row in rows:
                _line(row)
            return
        table = _table(show_header=True)
        for each in columns:
            is_money = each.endswith("_fen")  # a sum is read from its end, and never broken in two
            align = "right" if is_money else "left"
            table.add_column(self._label(each), overflow="fold", justify=align, no_wrap=is_money)
        for row in rows:
            table.add_row(*(self._cell(each, row.get(each)) for each in columns))
        _console().print(table if table.row_count else self.words.say("nothing_found"))

    def line(self, text: str) -> None:
        """Print a line for people; a program is not disturbed by it."""
        if not self.is_json:
            _console().print(Text(text))

    def beside(self, text: str) -> None:
        """Say something beside the answer, on standard error."""
        sys.stderr.write(text + "\n")

    @contextmanager
    def progress(self, text: str) -> Generator[None]:
        """Show on a terminal, after a second, that something is under way."""
        if not sys.stderr.isatty():
            yield
            return
        status = Status(text, console=Console(stderr=True))
        timer = Timer(PROGRESS_AFTER_SECONDS, status.start)
        timer.daemon = True
        timer.start()
        try:
            yield
        finally:
            timer.cancel()
            status.stop()

    def _label(self, key: str) -> str:
        return self.words.label("column", key)

    def _cell(self, key: str, value: Any) -> Text:
        return Text(self._shown(key, value))

    def _shown(self, key: str, value: Any) -> str:
        match value:
            case None:
                return ""
            case bool():
                return self.words.label("value", "yes" if value else "no")
            case int() if key.endswith("_fen"):
                return yuan(value)
            case list() | tuple():
                return "\n".join(self._shown(key, each) for each in cast("Sequence[Any]", value))
            case dict():
                fields = cast("Mapping[str, Any]", value).items()
                return " ".join(f"{name}={self._shown(name, each)}" for name, each in fields)
            case _:
                return str(value)


def _line(value: Mapping[str, Any]) -> None:
    sys.stdout.write(dumps(value, ensure_ascii=False, default=str) + "\n")
    sys.stdout.flush()


def _table(*, show_header: bool) -> Table:
    return Table(box=None, show_header=show_header, header_style="bold", pad_edge=False, padding=(0, 2, 0, 0))


def _console() -> Console:
    width = None if sys.stdout.isatty() else WIDTH_WITHOUT_TERMINAL
    return Console(file=sys.stdout, width=width, highlight=False, soft_wrap=False)
