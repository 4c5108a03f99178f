"""Every figure that stands today, one after the other, each on a server of its own: `make bench`."""

from benchmarks import append, harness, inbox, record

harness.write_lines([*append.measure(), *record.measure(), *inbox.measure()])
