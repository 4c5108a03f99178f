"""What a command costs in work with 1,000 events, against work that has just begun.

The items are active, in their second quarter: the committee has booked what it spent, voucher by voucher, and signed
the first report. In every round long items and new short ones take turns, each command a new voucher, every fifth one
a word on the workload. Then another worker takes over, as in `long_case.py`; the long items have been at work since
their runs were opened, each a little longer than the one before it.
"""

import asyncio
import sys
from argparse import ArgumentParser
from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from itertools import count, islice
from pathlib import Path

from pydantic import JsonValue

from benchmarks import district, harness
from benchmarks.district import Site
from benchmarks.harness import Reading, Write
from benchmarks.long_case import ALIKE, APART, EVENTS, FEW, PAIRS, ROUNDS, compared, compete, took
from benchmarks.main_line import Walking, receipt_in, until_the_first_day, ways_into
from benchmarks.prepared import in_parts, prepare, prolonged, wake
from benchmarks.reports import quarter_end
from domain.kernel.messages import SHANGHAI, shanghai_date
from starter.scripts import Step
from tests.faults.caller import Ways, load_district
from tests.faults.plans import Copy, copies_of, district_of, read_plans

WAIT, WORK, REOPENED = (
    "a command of long work: p50",
    "a command of long work: processor time",
    "a command of long work, reopened: p50",
)
_BEFORE_THE_WORK = 40
"""About so many events an item has before its first voucher, and for its first report."""
_LONGER = 9
_EVERY = 5


class Working(Walking):
    """An item in its second quarter, whose committee books one voucher after the other.

    Args:
        vouchers: So many are booked already.
    """

    def __init__(self, ways: Ways, copy: Copy, names: dict[str, str], vouchers: int) -> None:
        super().__init__(ways, copy, names)
        self._numbers = count(vouchers + 1)

    async def act(self) -> None:
        """Book a voucher, or say once more how much work the first quarter was."""
        number = next(self._numbers)
        if number % _EVERY == 0:
            await self.say("ReportWorkload", until_on=self.reported_on.isoformat(), hours=number)
        else:
            await self.say("RecordExpenditure", **voucher(self.steps, number))

    @property
    def reported_on(self) -> date:
        """The last day of the first quarter."""
        return _first_quarter(self.steps)


def _first_quarter(steps: Sequence[Step]) -> date:
    return quarter_end(shanghai_date(steps[-1].instant))


def _in_the_next(steps: Sequence[Step]) -> datetime:
    return datetime.combine(_first_quarter(steps) + timedelta(days=1), time(9), SHANGHAI)


def voucher(steps: Sequence[Step], number: int) -> dict[str, JsonValue]:
    """Give what is booked: a yuan of the money that came."""
    came = receipt_in(steps).body
    account = {key: came[key] for key in ("source", "purpose", "year")}
    return {**account, "amount_fen": 100, "what": f"送餐员补贴第{number}期", "voucher": f"H-{number}"}


def _at_work(copy: Copy, vouchers: int) -> Copy:
    """Let a copy go on into its second quarter, with so many vouchers, half of them in its first."""
    steps = until_the_first_day(copy).steps
    person, until_on = receipt_in(steps).person, _first_quarter(steps)
    first, then = steps[-1].instant + timedelta(hours=9), _in_the_next(steps)

    def say(at: datetime, kind: str, body: dict[str, JsonValue]) -> Step:
        said = {"at": at.isoformat(), "as": person, "send": ("item", kind), "with": body}
        return Step.model_validate({**said, "expect": {"outcome": "recorded", "phase": "active"}})

    def spend(numbers: range, at: datetime) -> list[Step]:
        return [say(at, "RecordExpenditure", voucher(steps, number)) for number in numbers]

    half = vouchers // 2 + 1
    report = say(then, "ReportFundUse", {"until_on": until_on.isoformat()})
    more = [*spend(range(1, half), first), report, *spend(range(half, vouchers + 1), then)]
    return replace(copy, steps=[*steps, *more])


async def _begun(site: Site, ways: Ways, copies: Sequence[Copy], vouchers: int) -> list[Working]:
    """Bring copies to their second quarter, and their runs with them."""
    names = await prepare(harness.application(site.postgres), [_at_work(each, vouchers) for each in copies])
    working = [Working(ways, copy, dict(its), vouchers) for copy, its in zip(copies, names, strict=True)]
    await wake(ways, harness.application(site.postgres), [each.case for each in working])
    for each in working:
        await each.wait_until(_in_the_next(each.steps).astimezone(UTC))
    return working


async def _cached(long: Sequence[Working], short: Sequence[Working], events: int) -> list[Reading]:
    waiting = iter(short)

    async def fresh() -> Sequence[Write]:
        return [each.act for each in islice(waiting, ALIKE)]

    waits, works = await compete([each.act for each in long], fresh)
    return [compared(WAIT, waits, events), compared(WORK, works, events)]


async def _reopened(site: Site, long: Sequence[Working], short: Sequence[Working], events: int) -> Reading:
    """Have another worker take over, warm it with an item of neither kind, and let each have its first command."""
    for place, each in enumerate(long):
        for _ in range(place * APART):
            await each.act()
    for each in short:
        for _ in range(FEW):
            await each.act()
    site.worker.stop()
    with ExitStack() as others:
        others.enter_context(district.another_worker(site, "worker that reopens work"))
        await took(short[-1].act)
        firsts = [(await took(one.act), await took(other.act)) for one, other in zip(long, short, strict=False)]
    return compared(REOPENED, firsts, events, by_medians=True)


async def _measured(site: Site, events: int) -> list[Reading]:
    plans = [each for each in read_plans() if Path(each.script.name).stem == "main_line"]
    few = (ROUNDS + 1) * ALIKE + PAIRS + 1
    today = datetime.now(SHANGHAI).date()
    copies = [prolonged(until_the_first_day(each), _LONGER) for each in copies_of(plans, PAIRS + few, today)]
    async with ways_into(site) as ways:
        await load_district(ways, in_parts(district_of(plans, len(copies))))
        long = await _begun(site, ways, copies[:PAIRS], events - _BEFORE_THE_WORK)
        short = await _begun(site, ways, copies[PAIRS:], 2)
        cached = await _cached(long[:ALIKE], short[PAIRS + 1 :], events)
        return [*cached, await _reopened(site, long, short[: PAIRS + 1], events)]


def measure(events: int = EVENTS) -> list[Reading]:
    """Take the figures on servers of their own."""
    with district.at_work(moves_clocks=True) as site:
        return asyncio.run(_measured(site, events))


if __name__ == "__main__":
    options = ArgumentParser(description=__doc__)
    options.add_argument("--events", type=int, default=EVENTS)
    harness.write_lines(measure(options.parse_args(sys.argv[1:]).events))
