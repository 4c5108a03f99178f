"""The process of `elsewhere/`, loaded as if it stood in `domain/`."""

from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path
from typing import Any

import domain
from domain.kernel.lifecycle import Lifecycle, Limit, Phase
from domain.kernel.process import Process

ELSEWHERE = Path(__file__).parent / "elsewhere"


@contextmanager
def standing_in_domain(folder: Path) -> Iterator[None]:
    """Let modules of *folder* be imported as modules of `domain`; those that were imported stay."""
    domain.__path__.append(str(folder))
    try:
        yield
    finally:
        domain.__path__.remove(str(folder))


def made_up() -> tuple[Process[Any, Any, Any], Lifecycle]:
    """Give the process and its table."""
    with standing_in_domain(ELSEWHERE):
        process = import_module("domain.made_up.decider").MADE_UP
    table = Lifecycle(
        Phase("drafting"),
        Phase("checking", Limit("check", owner="clerk"), stops_for=("mending",)),
        Phase("mending", Limit("mend", owner="asker", then=process.commands.by_name["LapseMending"])),
        Phase("hearing"),
        Phase("weighing"),
        ends_in=("given", "dropped"),
    )
    return process, table
