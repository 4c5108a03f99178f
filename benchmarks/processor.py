"""Processor time by program: what this process and everything it started have used, as Linux counts it."""

import os
from collections import defaultdict
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Final, NamedTuple

CALLERS: Final = "callers"
"""The benchmark itself, which plays the callers."""
_TICKS: Final = os.sysconf("SC_CLK_TCK")


class _Process(NamedTuple):
    pid: int
    parent: int
    program: str
    seconds: float
    """Its own and that of its children that are over."""


def spent() -> Mapping[str, float]:
    """Give the seconds of processor time that each program has used so far, all its processes together."""
    running = {each.pid: each for each in _processes()}
    seconds: dict[str, float] = defaultdict(float)
    for each in running.values():
        if each.pid == os.getpid():
            own = os.times()  # without the children that are over, which are nobody's any more
            seconds[CALLERS] += own.user + own.system
        elif _is_ours(each, running):
            seconds[each.program] += each.seconds
    return seconds


def _is_ours(process: _Process, running: Mapping[int, _Process]) -> bool:
    parent = running.get(process.parent)
    return parent is not None and (parent.pid == os.getpid() or _is_ours(parent, running))


def _processes() -> Iterator[_Process]:
    for folder in Path("/proc").iterdir():
        if folder.name.isdecimal():
            try:
                stat = (folder / "stat").read_text(encoding="utf-8", errors="replace")
            except OSError:  # it ended meanwhile
                continue
            name, _, rest = stat.partition("(")[2].rpartition(")")
            fields = rest.split()
            yield _Process(int(folder.name), int(fields[1]), name, sum(map(int, fields[11:15])) / _TICKS)
