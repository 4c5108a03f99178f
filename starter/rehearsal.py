"""A script's world: a clock of its own, and the runner's own queue for each case; only Temporal is replaced.

Commands are decided and recorded by the very `Cases` the worker has, and what follows from them reaches other cases in
the script's own loop.
"""

from collections import Counter, deque
from collections.abc import AsyncIterator, Iterator, Mapping
from datetime import datetime
from importlib import import_module
from inspect import getmembers, isclass
from typing import Any

from pydantic import JsonValue
from pydantic_core import to_json

from activities.cases import Cases
from activities.links import as_envelope
from activities.ports import DecisionLog, Notices, Roster
from activities.requests import CarryRequest, Recorded, RecordRequest, WakeUpDue
from domain.kernel.decision import Answer, Case
from domain.kernel.envelope import SCHEDULE, Envelope, Who
from domain.kernel.errors import BadInput
from domain.kernel.followups import OpenCase, ServeNotice, TellAffected, TellCase
from domain.kernel.lifecycle import Lifecycle
from domain.kernel.process import Process
from domain.processes import PROCESSES
from starter.client import envelope_of
from starter.scripts import Step, asks_of, found_in_answer, found_in_case, sending, step_id
from starter.streams import process_of
from workflows.case import Case as CaseWorkflow
from workflows.queue import Queue


class Rehearsal:
    """One script's world: a store, a clock, and the cases that wait in it.

    Args:
        serves: Who serves notices; they are only counted where it is left out.

    Attributes:
        names: What the script calls its cases.
        fired: What the clock sent since the last step: instant, case, command, answer.
    """

    def __init__(self, log: DecisionLog, roster: Roster, tenant: str, serves: Notices | None = None) -> None:
        self._log = log
        self._serves = serves
        self._roster = roster
        self._cases = Cases(log, PROCESSES, lifecycles())
        self._tenant = tenant
        self._queues: dict[str, Queue] = {}
        self._notices: dict[str, Counter[str]] = {}
        self._matters: dict[str, str | None] = {}
        self._now: datetime | None = None
        self._held: deque[tuple[str, Envelope]] = deque()
        self.names: dict[str, str] = {}
        self.fired: list[tuple[datetime, str, str, Answer]] = []

    async def play(self, place: str, step: Step) -> dict[str, JsonValue]:
        """Play one step and give what a script may expect of it.

        Raises:
            BadInput: The step is wrong, or earlier than the one before it.
        """
        self.fired = []
        instant = step.instant
        if self._now is not None and instant < self._now:
            raise BadInput("at" if step.until is None else "until", instant.isoformat(), "time to go forward")
        if step.until is not None:
            held, self._held = self._held, deque()
            await self._carry(held, instant if self._now is None else self._now)
        await self._let_time_pass(instant)
        self._now = instant
        if step.until is not None:
            return {name: dict(await self._standing(case)) for name, case in self._all_names()}
        answers = await self._send(place, step, instant)
        await self._let_time_pass(instant)
        found = {case: {**await self._standing(case), **found_in_answer(answer)} for case, answer in answers.items()}
        if step.opens_several:
            return {self._name_of(case): each for case, each in found.items()}
        (only,) = found.values()
        return only

    async def _send(self, place: str, step: Step, instant: datetime) -> dict[str, Answer]:
        command_id = step_id(self._tenant, place, step)
        asks = asks_of(step, sending(step, self.names), self._tenant, command_id, self.names)
        envelopes = {ask.case: envelope_of(ask, instant) for ask in asks}
        held = self._held
        self._held = deque()
        answers = {case: await self._record(case, each, instant, held=step.held) for case, each in envelopes.items()}
        await self._carry(held, instant)
        return answers

    async def _let_time_pass(self, until: datetime) -> None:
        """Send what falls due up to and including *until*, the earliest instant first."""
        while True:
            waiting = [(wake_up.at, case, wake_up) for case, wake_up in self._wake_ups() if wake_up.at <= until]
            if not waiting:
                return
            at, case, wake_up = min(waiting, key=lambda each: each[:2])
            # A wake-up that was already past when it was set rings in the present, as a late timer does.
            now = at if self._now is None else max(at, self._now)
            answer = await self._record(case, self._as_command(case, wake_up), now, wake_up)
            self.fired.append((at, case, wake_up.command, answer))

    def _wake_ups(self) -> Iterator[tuple[str, WakeUpDue]]:
        for case, queue in self._queues.items():
            if queue.next_wake_up is not None:
                yield case, queue.next_wake_up

    async def _carry(self, waiting: deque[tuple[str, Envelope]], now: datetime) -> None:
        """Record what was held back, with everything that follows from it."""
        while waiting:
            await self._record(*waiting.popleft(), now)

    async def _record(
        self, case: str, envelope: Envelope, now: datetime, wake_up: WakeUpDue | None = None, *, held: bool = False
    ) -> Answer:
        """Record a command, then everything that follows from it in other cases, unless that is held back."""
        first: Recorded | None = None
        waiting = deque([(case, envelope)])
        while waiting:
            target, command = waiting.popleft()
            request = RecordRequest(case=target, envelope=command, decided_at=now)
            recorded = await self._cases.answer(request)
            queue = self._queues.setdefault(target, Queue())
            if first is None and wake_up is not None:
                queue.done(wake_up)
            queue.follow(recorded.standing)
            self._matters[target] = recorded.correlation_id
            first = first or recorded
            follows = [each async for each in self._follow_ups(target, command, recorded, now)]
            (self._held if held else waiting).extend(follows)
        return Answer.model_validate_json(to_json({} if first is None else first.answer))

    async def _follow_ups(
        self, case: str, command: Envelope, recorded: Recorded, now: datetime
    ) -> AsyncIterator[tuple[str, Envelope]]:
        request = CarryRequest(
            tenant=self._tenant,
            case=case,
            follow_ups=recorded.follow_ups,
            ids=recorded.follow_up_ids,
            caused_at=now,
            caused_by=command.id,
            correlation_id=recorded.correlation_id,
        )
        for follow_up, follow_up_id in zip(request.follow_ups, request.ids, strict=True):
            match follow_up:
                case ServeNotice(notice=notice):
                    self._notices.setdefault(case, Counter())[notice] += 1
                    if self._serves is not None:
                        await self._serves.serve(follow_up_id, self._tenant, case, follow_up)
                case OpenCase() | TellCase():
                    yield follow_up.case, as_envelope(follow_up, follow_up.process, follow_up_id, request)
                case TellAffected(keys=keys):
                    others = [each async for each in self._roster.open_cases_holding(self._tenant, keys)]
                    for process, other in others:
                        if other != case:
                            yield other, as_envelope(follow_up, process, f"{follow_up_id}:{other}", request)

    def _as_command(self, case: str, wake_up: WakeUpDue) -> Envelope:
        return Envelope(
            id=wake_up.id,
            tenant=self._tenant,
            process=process_of(case).name,
            kind=wake_up.command,
            who=Who(person=SCHEDULE, machine=SCHEDULE),
            received_at=wake_up.at,
            body=wake_up.body,
        )

    def _all_names(self) -> Iterator[tuple[str, str]]:
        """Give every case by its name; one that a name stands ready for, and nothing has opened yet, is none."""
        yield from ((name, case) for name, case in self.names.items() if case in self._queues)
        yield from ((case, case) for case in self._queues if case not in self.names.values())

    def _name_of(self, case: str) -> str:
        return next((name for name, named in self.names.items() if named == case), case)

    def _of_one_matter_with(self, case: str) -> list[JsonValue]:
        matter = self._matters.get(case)
        return [self._name_of(each) for each, its in self._matters.items() if matter is not None and its == matter]

    async def _standing(self, case: str) -> dict[str, JsonValue]:
        process: Process[Any, Any, Any] = process_of(case)
        stands: Case[Any] = await self._log.case(process, self._tenant, case, fresh=False)
        notices: dict[str, JsonValue] = {**self._notices.get(case, Counter())}
        work: list[JsonValue] = [each.task for each in process.view(stands.state).work]
        matter = self._of_one_matter_with(case)
        return {**found_in_case(stands), "notices": notices, "work": work, "matter": matter}


def each_answer(step: Step, found: Mapping[str, JsonValue]) -> Mapping[str, Mapping[str, JsonValue]]:
    """Give what was found of each case that a step sent something to, by name where there are several."""
    if step.until is not None:
        return {}
    return {name: each for name, each in found.items() if isinstance(each, dict)} if step.opens_several else {"": found}


def lifecycles() -> Mapping[str, Lifecycle]:
    """Find every process's table, in the workflow file of the same name."""
    tables: dict[str, Lifecycle] = {}
    for name in PROCESSES:
        for _, found in getmembers(import_module(f"workflows.{name}"), isclass):
            if issubclass(found, CaseWorkflow) and found is not CaseWorkflow:
                tables[name] = found.LIFECYCLE
    return tables
