"""The case runner: one workflow a case. It waits; every decision, and what to wait for next, comes from the record.

A command is queued by a Signal, decided and recorded by an activity, and followed: the runner re-arms one timer,
carries out the follow-ups, and starts afresh before its history grows long. It knows no rule and no phase.
"""

import asyncio
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import ClassVar, Final, TypeVar

from temporalio import workflow
from temporalio.common import RetryPolicy
from temporalio.exceptions import FailureError

from activities.requests import (
    CARRY,
    RECORD,
    ROLLS_PAST,
    SUBMIT,
    CarryRequest,
    CaseSeed,
    CaseSummary,
    Message,
    Recorded,
    RecordRequest,
    Standing,
    WakeUpDue,
)
from domain.kernel.envelope import SCHEDULE, Envelope, Who
from domain.kernel.followups import TellAffected
from domain.kernel.lifecycle import Lifecycle
from workflows.queue import Queue
from workflows.waiting import until

T = TypeVar("T")

_QUICK: Final = timedelta(seconds=4)
_QUICK_TRIES: Final = RetryPolicy(initial_interval=timedelta(milliseconds=500), maximum_attempts=3)
_ONE_TRY: Final = timedelta(seconds=10)
_ONE_BROADCAST: Final = timedelta(hours=2)
_SILENCE: Final = timedelta(minutes=1)
_FOR_EVER: Final = RetryPolicy(initial_interval=timedelta(seconds=1), maximum_interval=timedelta(minutes=1))
_CAMPAIGNS: Final = "campaigns"
_SEED_BYTES: Final = 1024 * 1024
"""A message between servers holds 2 MB; a longer queue is worked off first."""


def _never() -> bool:
    return False


class Case:
    """What every process's workflow is: subclasses add the name, the lifecycle table and `@workflow.run`.

    Args:
        seed: What the run starts from; the first run of a case starts from nothing.
        lifecycle: The process's table. It only labels what a person sees in Temporal's own screens: the recording
            activity has its own copy, so that a changed table never breaks the replay of an open case.
    """

    LIFECYCLE: ClassVar[Lifecycle]
    """The process's table; the worker hands it to the recording activity."""

    def __init__(self, seed: CaseSeed, lifecycle: Lifecycle) -> None:
        self._seed = seed
        self._lifecycle = lifecycle
        self._tenant = seed.tenant
        self._standing = Standing()
        self._queue = Queue(seed.queue, seed.rung)
        self._armed_for: datetime | None = None
        self._timer: asyncio.TimerHandle | None = None

    @workflow.signal(name=SUBMIT)
    def submit(self, envelope: Envelope) -> None:
        """Queue a command. It is durable from here on, and decided in its turn."""
        self._queue.put(envelope)

    async def keep(self, seed: CaseSeed) -> CaseSummary:
        """Answer commands and keep time limits until the record says that the case is over.

        A request to cancel is passed over: a case ends by its own rules, and its limits bind people meanwhile.
        """
        self._follow(seed.standing)
        while not self._is_over():
            self._arm()
            await until(lambda: self._queue.has_due(workflow.now()))
            item = self._queue.first(workflow.now())
            if item is not None:
                await self._answer(item)
                self._roll_when_long()
        return CaseSummary(case=seed.case, version=self._standing.version, phase=self._standing.phase)

    async def _answer(self, item: Envelope | WakeUpDue) -> None:
        command = self._as_command(item)
        self._tenant = command.tenant
        decided_at = workflow.now()
        recorded = await self._decide(command, decided_at)
        self._queue.done(item)
        self._follow(recorded.standing)
        for request in self._to_carry(recorded, command, decided_at):
            tells_many = any(isinstance(each, TellAffected) for each in request.follow_ups)
            # Before campaigns all those cases were told in this very activity, which took its time.
            await self._insist(CARRY, request, int, quick=not tells_many or workflow.patched(_CAMPAIGNS))

    def _to_carry(self, recorded: Recorded, command: Envelope, decided_at: datetime) -> list[CarryRequest]:
        """Give what must happen elsewhere, in the order of what it follows from."""
        if not recorded.follow_ups:
            return [*recorded.left_behind]
        own = CarryRequest(
            tenant=command.tenant,
            case=self._seed.case,
            follow_ups=recorded.follow_ups,
            ids=recorded.follow_up_ids,
            caused_at=decided_at,
            caused_by=command.id,
            correlation_id=recorded.correlation_id,
        )
        is_last = recorded.answer["version"] == recorded.standing.version
        return [*recorded.left_behind, own] if is_last else [own, *recorded.left_behind]

    async def _decide(self, command: Envelope, decided_at: datetime) -> Recorded:
        """Have one command decided, however long that takes; an operator may have it set aside."""
        request = RecordRequest(
            case=self._seed.case, envelope=command, decided_at=decided_at, followed=self._standing.version
        )
        while True:
            recorded = await self._insist(RECORD, request, Recorded, unless=lambda: self._gives_up(command))
            if recorded is not None:
                return recorded
            by = self._queue.set_aside_of(command.id)
            if by is None:
                workflow.continue_as_new(self._seed_of_next_run())
            aside = request.model_copy(update={"set_aside_by": by, "decided_at": workflow.now()})
            await self._insist(RECORD, aside, Recorded)
            self._queue.done(by)

    def _gives_up(self, command: Envelope) -> bool:
        """Say whether a stuck command is to be tried no longer: it is set aside, or its history must start afresh."""
        if self._queue.set_aside_of(command.id) is not None:
            return True
        return workflow.info().is_continue_as_new_suggested() and self._can_travel()

    async def _insist(
        self,
        activity: str,
        request: Message,
        gives: type[T],
        *,
        quick: bool = True,
        unless: Callable[[], bool] = _never,
    ) -> T | None:
        """Have an activity done: three quick tries in this very task, then with growing pauses for as long as it takes.

        The quick tries cost half the history of a scheduled activity; when they fail, what was accepted must become
        durable in Temporal's own record before it is tried on.

        Args:
            unless: Stop trying once this holds; what was under way may still be done, and is then answered alike.

        Returns:
            What the activity gave; `None` when *unless* came first.
        """
        if quick:
            try:
                return await workflow.execute_local_activity(
                    activity, request, result_type=gives, schedule_to_close_timeout=_QUICK, retry_policy=_QUICK_TRIES
                )
            except FailureError as failure:
                workflow.logger.warning(
                    "%s failed at once, and is scheduled: %s", activity, type(failure.cause or failure).__name__
                )
        while not unless():
            running = workflow.start_activity(
                activity,
                request,
                result_type=gives,
                start_to_close_timeout=_ONE_TRY if quick else _ONE_BROADCAST,
                heartbeat_timeout=None if quick else _SILENCE,
                retry_policy=_FOR_EVER,
            )
            await until(lambda handle=running: handle.done() or unless())
            running.cancel()  # one that is done stays done
            try:
                return await running
            except FailureError as failure:
                # Cancelled by us, or ended by hand from outside; a case is never closed by it.
                workflow.logger.warning("%s was stopped: %s", activity, type(failure.cause or failure).__name__)
                await until(unless, at_most=_SILENCE)
        return None

    def _follow(self, standing: Standing) -> None:
        self._standing = standing
        self._queue.follow(standing)
        workflow.set_current_details(self._label())

    def _label(self) -> str:
        names = [each.name for each in self._lifecycle.phases]
        phase = self._standing.phase
        place = f" ({names.index(phase) + 1} of {len(names)})" if phase in names else ""
        wake_up = self._queue.next_wake_up
        waits = f"; next `{wake_up.command}` at {wake_up.at.isoformat()}" if wake_up else ""
        return f"**{phase or 'not opened'}**{place}, version {self._standing.version}{waits}"

    def _is_over(self) -> bool:
        return self._standing.closed and not self._queue.commands

    def _arm(self) -> None:
        """Let one timer run to the earliest wake-up; it is touched only when that instant changes."""
        wake_up = self._queue.next_wake_up
        at = wake_up.at if wake_up is not None and wake_up.at > workflow.now() else None
        if at == self._armed_for:
            return
        if self._timer is not None:
            self._timer.cancel()
        self._armed_for, self._timer = at, None
        if at is not None:
            wait = (at - workflow.now()).total_seconds()
            self._timer = asyncio.get_running_loop().call_later(wait, self._ring)

    def _ring(self) -> None:
        self._armed_for = self._timer = None
        self._arm()  # a timer that came a moment early is set again

    def _as_command(self, item: Envelope | WakeUpDue) -> Envelope:
        if isinstance(item, Envelope):
            return item
        return Envelope(
            id=item.id,
            tenant=self._tenant,
            process=self._seed.process,
            kind=item.command,
            who=Who(person=SCHEDULE, machine=SCHEDULE),
            received_at=item.at,
            body=item.body,
        )

    def _roll_when_long(self) -> None:
        info = workflow.info()
        is_long = info.get_current_history_length() > self._seed.rolls_past or info.is_continue_as_new_suggested()
        if is_long and not self._is_over() and self._can_travel():
            workflow.continue_as_new(self._seed_of_next_run())

    def _can_travel(self) -> bool:
        return sum(len(each.model_dump_json()) for each in self._queue.commands) < _SEED_BYTES

    def _seed_of_next_run(self) -> CaseSeed:
        return CaseSeed(
            case=self._seed.case,
            process=self._seed.process,
            tenant=self._tenant,
            standing=self._standing,
            queue=self._queue.commands,
            rung=self._queue.rung,
            rolls_past=ROLLS_PAST,
        )
