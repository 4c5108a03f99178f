"""Every figure that stands today, one after the other, each on servers of its own: `make bench`."""

import os

from benchmarks import (
    append,
    command,
    harness,
    history,
    inbox,
    long_case,
    long_work,
    main_line,
    memory,
    open_cases,
    publication,
    reader,
    record,
    reports,
    round_trips,
    verify,
    workers,
)
from benchmarks.harness import Reading


def _load(when: str) -> Reading:
    """Say how busy the machine is: with others at work on it, only ratios mean anything."""
    cores = float(os.cpu_count() or 1)
    return harness.read("load of the machine", when, os.getloadavg()[0], "processes", beside={"cores": cores})


events = verify.parser().parse_args().events
before = _load("before")
figures = [
    *append.measure(),
    *record.measure(),
    *command.measure(),
    *main_line.measure(),
    *history.measure(),
    *round_trips.measure(),
    *memory.measure(),
    *reader.measure(),
    *inbox.measure(),
    *publication.measure(),
    *reports.measure(),
    *workers.measure(),
    *open_cases.measure(),
    *long_case.measure(),
    *long_work.measure(),
    *verify.measure(events),
]
harness.write_lines([before, *figures, _load("after")])
