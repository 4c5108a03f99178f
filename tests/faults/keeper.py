"""Holds a machine until somebody kills it, as `mandate run` does: `python -m tests.faults.keeper FOLDER`."""

import sys
import time
from pathlib import Path

from adapters.servers.machine import Machine

STANDS = "everything stands"
FOR_EVER_SECONDS = 3600


def _report(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    Machine(Path(sys.argv[1]), _report).start()
    _report(STANDS)
    time.sleep(FOR_EVER_SECONDS)
