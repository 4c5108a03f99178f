"""Become a server's process: other user, death with the parent, then the program itself.

Run as a script by `adapters.servers.processes`, with the standard library only. It exists because the same steps
between fork and exec (`preexec_fn`) may deadlock in a program with threads.
"""

import ctypes
import os
import signal
import sys

_PR_SET_PDEATHSIG = 1


def _die_with(parent: int, farewell: int) -> None:
    """Ask the kernel for *farewell* when *parent* ends; other platforms than Linux have no such request."""
    if not sys.platform.startswith("linux"):
        return
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.prctl(_PR_SET_PDEATHSIG, farewell, 0, 0, 0) != 0:
        raise OSError(ctypes.get_errno(), "prctl(PR_SET_PDEATHSIG) was refused")
    # Safe because the request stands now: a parent that ended before it shows as another parent here.
    if os.getppid() != parent:
        sys.exit("the process that asked for this server has ended")


def _become(uid: int, gid: int) -> None:
    os.setgroups([])
    os.setgid(gid)
    os.setuid(uid)


def main() -> None:
    """Read `parent farewell uid gid umask program arguments…` and turn into the program.

    A uid of -1 keeps the user. Changing the user clears the request to the kernel, so it comes first.
    """
    parent, farewell, uid, gid, umask = (int(word) for word in sys.argv[1:6])
    program = sys.argv[6:]
    if uid >= 0:
        _become(uid, gid)
    os.umask(umask)
    signal.pthread_sigmask(signal.SIG_SETMASK, ())
    _die_with(parent, farewell)
    os.execv(program[0], program)  # noqa: S606 — the words come from our own list, no shell


if __name__ == "__main__":
    main()
