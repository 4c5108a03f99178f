"""Calls of the command line, each a process of its own, without loading the program for each of them.

One process loads `starter.cli` and starts nothing: it holds no thread and no connection, and forks for every call. What
a call does begins where `mandate` begins, with the words, the surroundings and the streams of that call alone.
"""

import asyncio
import gc
import json
import os
import socket
import subprocess
import sys
import tempfile
import traceback
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import IO, Any, NoReturn, Self

ROOT = Path(__file__).parents[2]
_A_CALL = b"c"


@dataclass(frozen=True)
class Said:
    """What one call printed, and how it ended."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        """The one object it printed."""
        return json.loads(self.out)

    @property
    def lines(self) -> list[Any]:
        """Every object it printed, one a line."""
        return [json.loads(line) for line in self.out.splitlines()]


class Loaded:
    """The process that has loaded the program, as those who call it see it."""

    def __init__(self, environment: Mapping[str, str]) -> None:
        self.environment = environment
        self._calls, theirs = socket.socketpair()
        with theirs:
            words = [sys.executable, "-m", "tests.e2e.loaded", str(theirs.fileno())]
            # A session of its own: Ctrl-C is for the run, whose end ends this.
            self._process = subprocess.Popen(
                words,
                cwd=ROOT,
                env=environment,
                pass_fds=[theirs.fileno()],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                start_new_session=True,
            )

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_error: object) -> None:
        self._calls.close()
        self._process.wait()

    async def call(self, words: Sequence[str], environment: Mapping[str, str], stdin: bytes) -> Said:
        """Make one call and wait for its end; others may be made meanwhile."""
        told = json.dumps({"words": words, "environment": environment}).encode()
        ours, theirs = socket.socketpair()
        with theirs, _file(told) as asked, _file(stdin) as into, _file() as out, _file() as err:
            files = [theirs.fileno(), *(each.fileno() for each in (asked, into, out, err))]
            socket.send_fds(self._calls, [_A_CALL], files)
            theirs.close()
            reader, writer = await asyncio.open_connection(sock=ours)
            ended = await reader.read()
            writer.close()
            assert ended, "the process that every call is forked of has ended"
            return Said(int(ended), _read(out), _read(err))


def _file(content: bytes = b"") -> IO[bytes]:
    file = tempfile.TemporaryFile()  # noqa: SIM115 — the caller closes it
    file.write(content)
    file.seek(0)
    return file


def _read(file: IO[bytes]) -> str:
    file.seek(0)
    return file.read().decode()


def _serve(calls: socket.socket) -> None:
    """Fork for every call until nobody can make one any more."""
    main: Callable[[], NoReturn] = import_module("starter.cli").main
    gc.freeze()
    while True:
        told, files, _, _ = socket.recv_fds(calls, len(_A_CALL), 5)
        if not told:
            return
        if os.fork() == 0:
            calls.close()
            _attend(main, *files)
        for each in files:
            os.close(each)
        _bury()


def _bury() -> None:
    """Let go of the processes that have ended."""
    with suppress(ChildProcessError):
        while os.waitpid(-1, os.WNOHANG)[0]:
            pass


def _attend(main: Callable[[], NoReturn], answer: int, asked: int, *streams: int) -> NoReturn:
    """Let one call run, and say how it ended."""
    child = os.fork()
    if child == 0:
        os.close(answer)
        _run(main, asked, streams)
    _, status = os.waitpid(child, 0)
    os.write(answer, str(os.waitstatus_to_exitcode(status)).encode())
    os._exit(0)


def _run(main: Callable[[], NoReturn], asked: int, streams: Sequence[int]) -> NoReturn:
    try:
        with open(asked, encoding="utf-8") as file:
            told = json.load(file)
        for number, given in enumerate(streams):
            os.dup2(given, number)
            os.close(given)
        os.environ.clear()
        os.environ.update(told["environment"])
        sys.argv[1:] = told["words"]
        main()
    finally:
        traceback.print_exc()  # `main` ends the process itself: what comes here has failed
        os._exit(1)


if __name__ == "__main__":
    with socket.socket(fileno=int(sys.argv[1])) as given_calls:
        _serve(given_calls)
