"""What one open case that a worker holds in memory takes of it: the worker process with many of them against few."""

import asyncio
from pathlib import Path

from benchmarks import district, harness
from benchmarks.district import Site
from benchmarks.harness import Reading
from starter.client import Client
from starter.joins import open_doors

FIGURE = "worker memory of an open cached case"
GOAL = 135.0
FEW, MANY = 100, 600
_AT_ONCE = 20
_KILOBYTE = 1024


def resident(pid: int) -> int:
    """Give a process's resident memory in kB."""
    lines = Path(f"/proc/{pid}/status").read_text(encoding="ascii").splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmRSS:"))


def _memory_of_the_machine() -> int:
    """Give the machine's memory in kB."""
    return int(Path("/proc/meminfo").read_text(encoding="ascii").split()[1])


async def _open(client: Client, number: int) -> None:
    await asyncio.gather(*(district.open_drafts(client, number // _AT_ONCE) for _ in range(_AT_ONCE)))


async def _measured(site: Site) -> list[Reading]:
    async with open_doors() as doors:
        await district.load(doors)
        client = await doors.client()
        await _open(client, FEW)
        few = resident(site.worker.pid)
        await _open(client, MANY - FEW)
        many = resident(site.worker.pid)
    each = (many - few) / (MANY - FEW)
    beside = {
        f"MB with {FEW}": few / _KILOBYTE,
        f"MB with {MANY}": many / _KILOBYTE,
        "cases in the machine's memory": _memory_of_the_machine() / each,
    }
    return [harness.read(FIGURE, f"{MANY} cases", each, "kB", goal=GOAL, beside=beside)]


def measure() -> list[Reading]:
    """Take the figure on servers of its own."""
    with district.at_work() as site:
        return asyncio.run(_measured(site))


if __name__ == "__main__":
    harness.write_lines(measure())
