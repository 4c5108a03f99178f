"""Brings the schema up to date where no `mandate run` does it: `python -m adapters.postgres.schema [ROLE=FILE …]`.

`DATABASE_URL` names the store as a role that may create roles and a schema there; its password may stand in the file
that `PGPASSFILE` names. Each ROLE gets the password that is all of FILE; without one, whoever runs the server lets the
roles in by other means. May be repeated, and by several at once.
"""

import asyncio
import os
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Final

from sqlalchemy.exc import DBAPIError

from adapters.postgres.database import APPLICATION, FAILURES, READER, TENANT_READER, connect, migrate, translated
from domain.kernel.errors import Unavailable

ROLES: Final = (APPLICATION, READER, TENANT_READER)
_DATABASE: Final = "DATABASE_URL"
_LETS_IN: Final = "SELECT format('ALTER ROLE %I PASSWORD %L', $1::text, $2::text)"
"""The server quotes, since a role's password is not a parameter of any statement."""


def passwords_in(words: Sequence[str]) -> dict[str, str]:
    """Read the passwords of the roles that `ROLE=FILE` words name.

    Raises:
        ValueError: Not such a word, no such role, or a file without a password.
        OSError: A file cannot be read.
    """
    found: dict[str, str] = {}
    for word in words:
        role, given, file = word.partition("=")
        if not given or role not in ROLES:
            raise ValueError(f"{word}: expected ROLE=FILE, where ROLE is one of {', '.join(ROLES)}")
        found[role] = Path(file).read_text(encoding="utf-8").strip()
        if not found[role]:
            raise ValueError(f"{file}: expected the password of {role}, found nothing")
    return found


async def let_in(admin_dsn: str, passwords: Mapping[str, str]) -> None:
    """Give roles their passwords.

    Raises:
        Unavailable: The server cannot be reached.
    """
    connection = await connect(admin_dsn)
    try:
        for role, password in passwords.items():
            await connection.execute(await connection.fetchval(_LETS_IN, role, password))
    except FAILURES as error:
        raise translated(error) from error
    finally:
        await connection.close()


def main() -> None:
    """Do both, and say so."""
    admin_dsn = os.environ.get(_DATABASE)
    if not admin_dsn:
        sys.exit(f"{_DATABASE} is not set: expected postgresql://<owner's role>@<host>:<port>/<database>")
    try:
        passwords = passwords_in(sys.argv[1:])
        migrate(admin_dsn)
        asyncio.run(let_in(admin_dsn, passwords))
    except (ValueError, Unavailable, DBAPIError, *FAILURES) as error:
        sys.exit(str(error))
    sys.stdout.write(f"the schema is up to date; let in: {', '.join(passwords) or 'nobody'}\n")


if __name__ == "__main__":
    main()
