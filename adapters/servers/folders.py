"""What a server keeps in its folder between two starts: the lock, the port, the log."""

import contextlib
import fcntl
import os
import socket
from pathlib import Path
from random import SystemRandom

from adapters.servers.errors import FolderInUseError

LOOPBACK = "127.0.0.1"
"""The only address our servers listen on."""
SERVER_PORTS = range(20_000, 32_768)
"""Where our servers listen: below what the system hands to connections going out, which could take a port between its
choice and its use; and Temporal's own table of who serves where holds a port in sixteen bits with a sign."""

_LOG_LIMIT_BYTES = 10_000_000


class FolderLock:
    """A folder that one process works in at a time.

    The kernel lets go when the holder ends, however it ends, so a lock is never stale.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._file: int | None = None

    def take(self, *, wait: bool = False) -> None:
        """Take the folder, at once or after everybody before us.

        Raises:
            FolderInUseError: somebody else has it and *wait* is not set.
        """
        file = os.open(self.folder / "lock", os.O_RDWR | os.O_CREAT, 0o600)
        try:
            fcntl.flock(file, fcntl.LOCK_EX if wait else fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            holder = os.read(file, 20).decode() or "unknown"
            os.close(file)
            raise FolderInUseError(self.folder, holder) from None
        os.truncate(file, 0)
        os.pwrite(file, str(os.getpid()).encode(), 0)
        self._file = file

    def release(self) -> None:
        """Let the next one in; may be called twice."""
        if self._file is not None:
            os.close(self._file)
            self._file = None


def remembered_port(file: Path, within: range = SERVER_PORTS) -> int:
    """Return the port of the last start while it is free, so that addresses stay as printed; else one of *within*."""
    with contextlib.suppress(OSError, ValueError):
        port = int(file.read_text())
        if _is_free(port):
            return port
    port = next(filter(_is_free, SystemRandom().sample(within, len(within))))
    write_whole(file, str(port))
    return port


def _is_free(port: int) -> bool:
    with socket.socket() as probe:
        # As the servers do: a connection of the last run that lingers in the kernel is no reason to move.
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((LOOPBACK, port))
        except (OSError, OverflowError):
            return False
    return True


def write_whole(file: Path, text: str, *, mode: int = 0o600) -> None:
    """Replace *file* so that after a crash either the old text or the new one stands there."""
    draft = file.with_name(f"{file.name}.{os.getpid()}.draft")
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, mode)
    with os.fdopen(descriptor, "w") as out:
        out.write(text)
        out.flush()
        os.fsync(out.fileno())
    draft.replace(file)


def turn_log(log: Path) -> None:
    """Start a new log when the old one has grown long; one old log is kept."""
    log.parent.mkdir(parents=True, exist_ok=True)
    if log.exists() and log.stat().st_size > _LOG_LIMIT_BYTES:
        log.replace(log.with_suffix(f"{log.suffix}.1"))
