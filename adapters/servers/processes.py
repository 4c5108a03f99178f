"""Child processes that end in order, that end with us, and that never block the next start.

Every server leads its own session, so that Ctrl-C reaches the parent alone and the parent decides the order. On Linux
the kernel tells a child when the parent is gone, however it went (`launch.py`). What still outlives its parent is found
at the next start by pid *and* start time, so that a pid which the system has since given away is never signalled.
"""

import contextlib
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Self

from adapters.servers.errors import ServerError
from adapters.servers.folders import turn_log, write_whole

Report = Callable[[str], None]
"""Takes one line for the person who waits: what is being done, or why something was passed over."""

_LAUNCHER = Path(__file__).with_name("launch.py")
_POLL_SECONDS = 0.02
_SHOWN = 500
"""How much of a line of somebody's log is shown; some hold a whole stack of calls."""

# The kernel ties "end with the parent" to the thread that started the child. This thread lives as long as the process
# does; one of asyncio's threads would take the servers with it when it ends.
_SPAWNER = ThreadPoolExecutor(max_workers=1, thread_name_prefix="spawner")


@dataclass(frozen=True, slots=True)
class User:
    """Whom a server runs as."""

    name: str
    uid: int
    gid: int


@dataclass(frozen=True, slots=True)
class Identity:
    """One process, told apart from every later one with the same pid."""

    pid: int
    started: str

    @classmethod
    def of(cls, pid: int) -> Self | None:
        """Return who has *pid* now; nobody when it is free or only waits to be reaped."""
        started = _started_on_linux(pid) if sys.platform.startswith("linux") else _started_by_ps(pid)
        return None if started is None else cls(pid, started)

    @classmethod
    def recall(cls, file: Path) -> Self | None:
        """Read what `remember` wrote; a file that is missing or torn names nobody."""
        try:
            words = json.loads(file.read_bytes())
            return cls(int(words["pid"]), str(words["started"]))
        except (OSError, ValueError, KeyError, TypeError):
            return None

    def remember(self, file: Path) -> None:
        """Write the identity so that a reader sees the whole of it or nothing."""
        write_whole(file, json.dumps({"pid": self.pid, "started": self.started}))

    def alive(self) -> bool:
        """Tell whether this very process still runs."""
        return Identity.of(self.pid) == self

    def stop(self, *farewells: tuple[signal.Signals, float]) -> None:
        """End the process, which need not be a child of ours: each signal in turn, with seconds to obey.

        Raises:
            ServerError: it is still there after the last signal.
        """
        for farewell, seconds in farewells:
            if not self.alive():
                return
            with contextlib.suppress(ProcessLookupError):
                os.kill(self.pid, farewell)
            if wait_until(lambda: not self.alive(), seconds):
                return
        raise ServerError(f"process {self.pid} does not end; end it by hand and try again")


@dataclass(frozen=True, slots=True)
class Program:
    """What is to run, and how it is told to end."""

    name: str
    argv: Sequence[str]
    folder: Path
    log: Path
    pid_file: Path
    farewells: Sequence[tuple[signal.Signals, float]]
    """Signals for an orderly end, each with the seconds it may take; the first is also sent when we die."""
    env: Mapping[str, str]
    user: User | None = None


class Child:
    """One running program that we started."""

    def __init__(self, program: Program, process: "subprocess.Popen[bytes]", log_start: int) -> None:
        self.program = program
        self._process = process
        self._log_start = log_start

    @property
    def pid(self) -> int:
        """The leader of the child's session."""
        return self._process.pid

    @property
    def exit_code(self) -> int | None:
        """How it ended; nothing while it runs, minus the signal when a signal ended it."""
        return self._process.poll()

    def said(self) -> str:
        """Return what it wrote to its log since this start."""
        with self.program.log.open("rb") as log:
            log.seek(self._log_start)
            return log.read().decode(errors="replace")

    def wait(self, seconds: float | None = None) -> int | None:
        """Wait for the end; nothing when it still runs after *seconds*."""
        try:
            return self._process.wait(seconds)
        except subprocess.TimeoutExpired:
            return None

    def stop(self) -> None:
        """End it in order, and by force when its time is up; may be called twice."""
        for farewell, seconds in self.program.farewells:
            if self.exit_code is not None:
                break
            # Safe because a child that was not waited for keeps its pid.
            self._process.send_signal(farewell)
            if self.wait(seconds) is not None:
                break
        else:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(self.pid, signal.SIGKILL)
            self._process.wait()
        self.program.pid_file.unlink(missing_ok=True)


def spawn(program: Program) -> Child:
    """Start *program* in a session of its own, its output in its log, its identity in its pid file."""
    return _SPAWNER.submit(_spawn, program).result()


def _spawn(program: Program) -> Child:
    turn_log(program.log)
    uid, gid = (program.user.uid, program.user.gid) if program.user else (-1, -1)
    order = [os.getpid(), int(program.farewells[0][0]), uid, gid, 0o077]
    argv = [sys.executable, "-I", "-S", str(_LAUNCHER), *map(str, order), *program.argv]
    with program.log.open("ab") as log:
        log_start = log.tell()
        process = subprocess.Popen(
            argv,
            cwd=program.folder,
            env=dict(program.env),
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
    identity = Identity.of(process.pid)
    if identity is not None:
        identity.remember(program.pid_file)
    return Child(program, process, log_start)


def wait_until(ready: Callable[[], bool], seconds: float) -> bool:
    """Ask *ready* again and again for at most *seconds*; tell whether it came true."""
    deadline = time.monotonic() + seconds
    while not ready():
        if time.monotonic() > deadline:
            return False
        time.sleep(_POLL_SECONDS)
    return True


def tail(text: str, lines: int = 12) -> str:
    """Return the last *lines* of a log, for an error message."""
    return "\n".join(f"    {line[:_SHOWN]}" for line in text.splitlines()[-lines:])


def _started_on_linux(pid: int) -> str | None:
    try:
        stat = Path(f"/proc/{pid}/stat").read_text()
    except OSError:
        return None
    # The name in parentheses may hold spaces and parentheses; the state and the start time follow the last one.
    state, *fields = stat.rpartition(")")[2].split()
    boot = Path("/proc/sys/kernel/random/boot_id").read_text().strip()
    return None if state in "ZX" else f"{boot}/{fields[18]}"


def _started_by_ps(pid: int) -> str | None:
    answer = subprocess.run(
        ["/bin/ps", "-o", "state=,lstart=", "-p", str(pid)], capture_output=True, text=True, check=False
    )
    state, _, started = answer.stdout.strip().partition(" ")
    return None if not started or state.startswith("Z") else started.strip()


def command_line(pid: int) -> list[str]:
    """Return the words that started the process with *pid*; none when it is gone or hidden."""
    if sys.platform.startswith("linux"):
        try:
            return Path(f"/proc/{pid}/cmdline").read_bytes().decode(errors="replace").rstrip("\0").split("\0")
        except OSError:
            return []
    answer = subprocess.run(
        ["/bin/ps", "-ww", "-o", "command=", "-p", str(pid)], capture_output=True, text=True, check=False
    )
    return answer.stdout.split()
