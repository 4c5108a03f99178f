"""Stored events still decode to the same value: each file is an event as some version of this code wrote it.

A file is never rewritten. A changed form is a new file beside the old one, and an upcast that still reads the old one.
"""

import json
from pathlib import Path

import pytest

from domain.kernel.messages import body_of
from domain.processes import PROCESSES

GOLDEN = Path(__file__).parent
STORED = sorted(GOLDEN.glob("*/*.json"))


@pytest.mark.parametrize("file", STORED, ids=lambda file: f"{file.parent.name}-{file.stem}")
def test_a_stored_event_still_says_what_it_said(file):
    stored = json.loads(file.read_text(encoding="utf-8"))
    event = PROCESSES[file.parent.name].events.restore(stored["type"], stored["data"])
    assert as_far_as(stored["data"], body_of(event)) == stored["data"]


def as_far_as(stored, said):
    """Give of what an event says now as much as was stored then: later fields came with a default."""
    if isinstance(stored, dict):
        return {key: as_far_as(value, said[key]) for key, value in stored.items()}
    if isinstance(stored, list):
        return [as_far_as(*pair) for pair in zip(stored, said, strict=True)]
    return said


@pytest.mark.parametrize("name", sorted(PROCESSES))
def test_every_event_of_a_process_has_been_kept(name):
    own = {kind.__name__ for kind in PROCESSES[name].events.by_name.values() if f".{name}." in f".{kind.__module__}."}
    kept = {json.loads(file.read_text(encoding="utf-8"))["type"] for file in STORED if file.parent.name == name}
    assert own - kept == set()
