"""A machine at work, with the example district loaded: PostgreSQL, Temporal, the real worker in a process of its own.

The Temporal server is found or built as by every start, but one that somebody else runs is never asked.
"""

import logging
import os
import sys
import tempfile
from collections.abc import Generator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import datetime
from itertools import count
from pathlib import Path
from signal import SIGTERM
from typing import Any

import structlog

from adapters.servers.postgres import PostgresServer
from adapters.servers.processes import Child, Program, spawn, wait_until
from adapters.servers.temporal import SKIPS_TIME, TIME_SKIPPING, DevServer, find_binary
from benchmarks import harness
from domain.kernel.envelope import Who
from domain.kernel.messages import SHANGHAI
from domain.task_admission.decider import TASK_ADMISSION
from starter.client import Ask, Client, Reply, new_case_id
from starter.demo import DISTRICTS, EXAMPLES, Demo
from starter.joins import Doors
from starter.output import Screen
from starter.scripts import read_script

ROOT = Path(__file__).parents[1]
PATIENCE = 60.0
_TENANT = "zone"
_EXAMPLE = EXAMPLES / TASK_ADMISSION.name / "4_listed_assistance.yaml"
_START_SECONDS = 60.0
_NUMBERS = count(1)


@dataclass(frozen=True)
class Site:
    """What works, and where it is reached."""

    postgres: PostgresServer
    temporal: DevServer
    worker: Child
    folder: Path
    environment: Mapping[str, str]


@contextmanager
def at_work(*, moves_clocks: bool = False) -> Generator[Site]:
    """Start everything in folders of its own, and stop it in order; from then on the environment says where it is.

    Args:
        moves_clocks: Whether the Temporal server is to be one that can move the clock of a workflow.
    """
    # What a worker of this process says does not belong among the figures.
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.ERROR))
    with ExitStack() as open_:
        folder = Path(open_.enter_context(tempfile.TemporaryDirectory(prefix="mandate-benchmark-")))
        postgres = open_.enter_context(harness.server())
        binary = find_binary(_say, at_least=SKIPS_TIME if moves_clocks else None)
        settings = TIME_SKIPPING if moves_clocks else None
        temporal = DevServer.start(folder / "temporal", binary, _say, ui=False, dynamic_config=settings)
        open_.callback(temporal.stop)
        mine = {each: value for each, value in os.environ.items() if not each.startswith(("TEMPORAL_", "MANDATE_"))}
        mine |= {"DATABASE_URL": harness.application(postgres), "TEMPORAL_ADDRESS": temporal.address}
        mine |= {"TEMPORAL_CONFIG_FILE": os.devnull, "PYTHONUNBUFFERED": "1"}
        os.environ.clear()
        os.environ.update(mine)
        worker = open_.enter_context(working(folder, [str(ROOT / "worker.py")], mine))
        yield Site(postgres, temporal, worker, folder, mine)


@contextmanager
def working(folder: Path, words: Sequence[str], environment: Mapping[str, str]) -> Generator[Child]:
    """Run a worker, which says when it works, in a process of its own."""
    name = Path(words[-1]).stem
    files = folder / f"{name}.log", folder / f"{name}.pid"
    argv = [sys.executable, *words]
    child = spawn(Program(name, argv, ROOT, *files, farewells=((SIGTERM, 3.0),), env=environment))
    try:
        wait_until(lambda: child.exit_code is not None or "working" in child.said(), _START_SECONDS)
        if child.exit_code is not None:
            raise RuntimeError(f"{name} does not start:\n{child.said()}")
        yield child
    finally:
        child.stop()


@contextmanager
def another_worker(site: Site, name: str) -> Generator[Child]:
    """Run one more of the real worker beside the one that works already."""
    folder = site.folder / name
    folder.mkdir()
    with working(folder, [str(ROOT / "worker.py")], site.environment) as child:
        yield child


async def load(doors: Doors) -> None:
    """Load the district that the examples stand in."""
    demo = Demo(doors, Screen("json", "en"), datetime.now(SHANGHAI).date(), {})
    await demo.load_district(EXAMPLES / DISTRICTS / _TENANT)


class Drafting:
    """One case in its draft, whose form is amended again and again: every command is accepted and changes the case."""

    def __init__(self, client: Client) -> None:
        _, step = read_script(_EXAMPLE).steps[0]
        self._client = client
        self._who = Who(person=step.person or "")
        self._body: dict[str, Any] = dict(step.body)
        # No amendment says what the form says already: that would be nothing new.
        self._numbers = count(self._body["application"]["workload"]["hours_a_month"] + 1)
        self.case = new_case_id(TASK_ADMISSION, _TENANT, f"benchmark-{next(_NUMBERS)}", self._body)

    async def open(self) -> None:
        """Draft the application, with a form that is complete."""
        await self._ask("DraftApplication", self._body, opens=True)

    async def amend(self) -> None:
        """Amend it in one field."""
        await self._ask("AmendDraft", self.amendment())

    def amendment(self) -> dict[str, Any]:
        """Give the body of the next amendment."""
        return {"application": {**self._body["application"], "workload": {"hours_a_month": next(self._numbers)}}}

    async def _ask(self, kind: str, body: dict[str, Any], *, opens: bool = False) -> Reply:
        reply = await self._client.submit(
            Ask(_TENANT, TASK_ADMISSION, self.case, kind, body, self._who, opens=opens), PATIENCE
        )
        if reply.outcome != "recorded":
            raise RuntimeError(f"{kind} of {self.case}: {reply.outcome}, {reply.answer}")
        return reply


async def open_drafts(client: Client, number: int) -> Sequence[Drafting]:
    """Open so many cases, one after the other."""
    drafts = [Drafting(client) for _ in range(number)]
    for each in drafts:
        await each.open()
    return drafts


def _say(line: str) -> None:
    print(line, file=sys.stderr, flush=True)
