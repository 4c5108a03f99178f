"""Statements of SQLAlchemy, run on the connections that everything else runs on."""

from collections.abc import Sequence
from typing import Any, Final, cast

from pydantic import JsonValue
from sqlalchemy import Select
from sqlalchemy.dialects.postgresql.asyncpg import dialect

from adapters.postgres.cases import Reader, Row

Line = dict[str, JsonValue]
"""One row of a list, under the keys that programs read."""
PAGE: Final = 500
_DIALECT: Final = dialect()


class Written:
    """A statement written out once: doing that for every call would cost more than PostgreSQL takes to answer it."""

    def __init__(self, statement: Select[*tuple[Any, ...]]) -> None:
        compiled = statement.compile(dialect=_DIALECT, compile_kwargs={"render_postcompile": True})
        self.text = str(compiled)
        self.given = compiled.params
        self._names: Sequence[str] = cast("Any", compiled).positiontup

    async def rows(self, reader: Reader, **values: object) -> Sequence[Row]:
        """Give the rows for these values of its named parameters.

        Raises:
            Unavailable: The store cannot be reached.
        """
        return await reader.fetch(self.text, *({**self.given, **values}[name] for name in self._names))


async def rows(reader: Reader, statement: Select[*tuple[Any, ...]], limit: int | None = None) -> Sequence[Row]:
    """Give a statement's rows.

    Raises:
        Unavailable: The store cannot be reached.
    """
    return await Written(statement.limit(limit)).rows(reader)
