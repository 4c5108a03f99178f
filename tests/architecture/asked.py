"""Every process, asked once for all tests that look at what it does."""

from functools import cache

from docs.reading.behaviour import Behaviour
from domain.processes import PROCESSES
from starter.rehearsal import lifecycles


@cache
def behaviour_of(name: str) -> Behaviour:
    """Give what a process does under no packs."""
    return Behaviour(PROCESSES[name], lifecycles()[name])
