"""Every clock fires once: read from the record alone, by playing what each case waited for again.

What a case waits for is what its lifecycle lists after each answer. A wake-up that was listed and fell due is recorded
once, before everything that came in later; one that is listed no longer was overtaken in time.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime, timedelta

from audit.replay import read, step
from domain.kernel.lifecycle import WakeUp
from domain.processes import PROCESSES
from starter.client import ENGINE_PREFIX
from tests.faults.kept import Kept, Told
from tests.faults.looks import LIFECYCLES

CLOCK_EFFECTS = ("OwnerReminded", "DeadlineMissed", "EscalationRaised")
_CLOCKS_DIFFER = timedelta(minutes=1)
"""How far a way in may be ahead of the server; the queue believes as much."""
Lists = Sequence[Sequence[WakeUp]]


def check_clocks(kept: Kept, nows: Mapping[str, datetime]) -> Iterator[str]:
    """Every wake-up that fell due was recorded, once, in its turn, and had its effect once.

    Args:
        nows: What the clock of each case shows at the end.
    """
    for head in kept.heads:
        lists, effects = _played(kept, head.stream, head.process, head.tenant)
        commands = kept.commands[head.stream]
        for finding in _turns(commands, lists, nows[head.stream]):
            yield f"{head.stream}: {finding}"
        for (what, caused_by), times in effects.items():
            if times != 1 or not caused_by.startswith(ENGINE_PREFIX):
                yield f"{head.stream}: {what} happened {times} times because of {caused_by}"


def _played(kept: Kept, stream: str, name: str, tenant: str) -> tuple[Lists, Counter[tuple[str, str]]]:
    """Give what the case waited for at each version, and how often each effect of a clock happened."""
    process, lifecycle = PROCESSES[name], LIFECYCLES[name]
    case = process.begin(tenant, stream)
    lists: list[Sequence[WakeUp]] = [()]
    effects: Counter[tuple[str, str]] = Counter()
    for row in kept.events.get(stream, ()):
        happened = read(process, row)
        case = step(process, case, happened)
        lists.append(lifecycle.wake_ups(case))
        if row.type in CLOCK_EFFECTS:
            effects[row.type, happened.envelope["command_id"]] += 1
    return lists, effects


def _turns(commands: Sequence[Told], lists: Lists, now: datetime) -> Iterator[str]:
    """Follow a case from answer to answer, as its runner did."""
    waiting: Mapping[str, WakeUp] = {}
    rung: set[str] = set()
    for told in commands:
        if told.id.startswith(ENGINE_PREFIX):
            if told.id not in waiting:
                yield f"{told.id} rang, and was not waited for"
            elif told.decided_at < waiting[told.id].at:
                yield f"{told.id} rang early, at {told.decided_at}"
        for each in waiting.values():
            if each.id != told.id and _goes_before(each, told):
                yield f"{each.id} fell due before {told.id} and was not taken first"
        rung.add(told.id)
        waiting = {each.id: each for each in lists[told.answer.version] if each.id not in rung}
    for each in waiting.values():
        if each.at <= now:
            yield f"{each.id} fell due at {each.at} and never rang"


def _goes_before(wake_up: WakeUp, told: Told) -> bool:
    if told.id.startswith(ENGINE_PREFIX):
        return (wake_up.at, wake_up.id) < (told.received_at, told.id)
    reached = max(told.decided_at, min(told.received_at, told.decided_at + _CLOCKS_DIFFER))
    return wake_up.at <= min(told.received_at, reached)
