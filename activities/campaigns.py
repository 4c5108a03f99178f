"""Tell many cases of one change: page by page, at a rate that leaves room for people."""

import asyncio
from typing import Final

import structlog
from temporalio import activity
from temporalio.client import Client

from activities.failures import in_temporal_words
from activities.links import as_envelope, tell
from activities.ports import CampaignBoard, Roster
from activities.requests import TELL_PAGE, CampaignSeed, PageTold
from activities.watch import Doing, Watch

PAGE_LENGTH: Final = 25
"""A page is the most that is told again after a worker was killed, and the longest that a pause waits for."""
CASES_PER_SECOND: Final = 20.0
"""What one worker tells at most; measured by `benchmarks/publication.py`."""


class Pace:
    """How fast one worker tells, whatever the number of its campaigns.

    Args:
        cases_per_second: At even distances.
        page_length: How many cases are told between two words of how far it is.
    """

    def __init__(self, cases_per_second: float = CASES_PER_SECOND, page_length: int = PAGE_LENGTH) -> None:
        self.page_length = page_length
        self._distance = 1 / cases_per_second
        self._next = 0.0

    async def turn(self) -> None:
        """Wait until the next case may be told."""
        now = asyncio.get_running_loop().time()
        at = max(self._next, now)
        self._next = at + self._distance
        await asyncio.sleep(at - now)


class Campaigns:
    """Carries out the pages of campaigns.

    Args:
        temporal: The server where the cases run.
        task_queue: The queue they wait in.
        watch: Who looks on; nobody where it is left out.
    """

    def __init__(
        self,
        temporal: Client,
        task_queue: str,
        roster: Roster,
        board: CampaignBoard,
        *,
        pace: Pace | None = None,
        watch: Watch | None = None,
    ) -> None:
        self._temporal = temporal
        self._task_queue = task_queue
        self._roster = roster
        self._board = board
        self._pace = pace or Pace()
        self._watch = watch or Watch()

    @activity.defn(name=TELL_PAGE)
    async def tell_page(self, seed: CampaignSeed) -> PageTold:
        """Tell the next page of cases and note how far that is; of one that is paused only note that it is.

        May be repeated: a case answers a command that it gets again with its first answer.
        """
        log = structlog.get_logger().bind(campaign=seed.campaign, command=seed.follow_up.command, tenant=seed.tenant)
        doing = Doing(seed.tenant, seed.follow_up_id, seed.follow_up.command)
        async with in_temporal_words(log, self._watch, doing):
            told = await self._tell_page(seed)
        log.info("campaign", told=told.told, paused=seed.paused, finished=told.finished)
        return told

    async def _tell_page(self, seed: CampaignSeed) -> PageTold:
        if not seed.last:
            await self._board.begin(seed, await self._roster.count(seed.tenant, seed.follow_up.keys))
        if seed.paused:
            await self._board.note(seed, "paused", seed.told, seed.last)
            return PageTold(told=seed.told, last=seed.last, finished=False)
        page = await self._roster.page(seed.tenant, seed.follow_up.keys, after=seed.last, limit=self._pace.page_length)
        told, last = seed.told, seed.last
        for process, case in page:
            last = case
            if case == seed.case:
                continue
            await self._pace.turn()
            activity.heartbeat()
            command_id = f"{seed.follow_up_id}:{case}"
            await tell(self._temporal, self._task_queue, case, as_envelope(seed.follow_up, process, command_id, seed))
            told += 1
        finished = len(page) < self._pace.page_length
        await self._board.note(seed, "finished" if finished else "running", told, last)
        return PageTold(told=told, last=last, finished=finished)
