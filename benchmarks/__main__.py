"""Every figure that stands today, one after the other, each on servers of its own: `make bench`."""

from benchmarks import (
    append,
    command,
    harness,
    history,
    inbox,
    memory,
    publication,
    reader,
    record,
    round_trips,
    verify,
)

harness.write_lines(
    [
        *append.measure(),
        *record.measure(),
        *command.measure(),
        *history.measure(),
        *round_trips.measure(),
        *memory.measure(),
        *reader.measure(),
        *inbox.measure(),
        *publication.measure(),
        *verify.measure(verify.parser().parse_args().events),
    ]
)
