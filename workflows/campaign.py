"""One change told to many cases: page after page, until there is nobody left to tell.

It decides nothing: which cases there are, and what they answer, is the record's. A run knows only how far it has come.
"""

from datetime import timedelta
from typing import Final

from temporalio import workflow
from temporalio.common import RetryPolicy
from temporalio.exceptions import FailureError

from activities.requests import CAMPAIGN, PAUSE, RESUME, TELL_PAGE, CampaignSeed, CampaignSummary, PageTold
from workflows.waiting import until

_ONE_PAGE: Final = timedelta(minutes=10)
"""Several campaigns share one pace."""
_SILENCE: Final = timedelta(seconds=15)
"""How soon another worker takes over the page of one that was killed."""
_FOR_EVER: Final = RetryPolicy(initial_interval=timedelta(seconds=1), maximum_interval=timedelta(minutes=1))
_HISTORY_EVENTS: Final = 250


@workflow.defn(name=CAMPAIGN)
class CampaignWorkflow:
    """The campaign that one follow-up begins; its id is derived from it, so that it begins once."""

    @workflow.init
    def __init__(self, seed: CampaignSeed) -> None:
        self._seed = seed

    @workflow.signal(name=PAUSE)
    def pause(self, by: str) -> None:
        """Tell nobody more, from the end of the page that is under way."""
        self._seed = self._seed.model_copy(update={"paused": True, "by": by})

    @workflow.signal(name=RESUME)
    def resume(self, by: str) -> None:
        """Go on where it was."""
        self._seed = self._seed.model_copy(update={"paused": False, "by": by})

    @workflow.run
    async def run(self, seed: CampaignSeed) -> CampaignSummary:
        """Tell every case that the campaign concerns, each once."""
        while True:
            sent = self._seed
            page = await self._page(sent)
            self._seed = self._seed.model_copy(update={"told": page.told, "last": page.last})
            workflow.set_current_details(f"**{page.told} told**, the last one {page.last or '-'}")
            if page.finished:
                return CampaignSummary(campaign=seed.campaign, told=page.told)
            if sent.paused:
                await until(lambda: not self._seed.paused)
            self._roll_when_long()

    async def _page(self, seed: CampaignSeed) -> PageTold:
        """Have a page told, however long that takes; the activity notes on the board what came of it."""
        while True:
            running = workflow.start_activity(
                TELL_PAGE,
                seed,
                result_type=PageTold,
                start_to_close_timeout=_ONE_PAGE,
                heartbeat_timeout=_SILENCE,
                retry_policy=_FOR_EVER,
            )
            await until(running.done)
            try:
                return await running
            except FailureError as failure:
                # Ended by hand from outside; a campaign is not closed by it.
                workflow.logger.warning("a page was stopped: %s", type(failure.cause or failure).__name__)
                await until(lambda: False, at_most=_SILENCE)

    def _roll_when_long(self) -> None:
        info = workflow.info()
        if info.get_current_history_length() > _HISTORY_EVENTS or info.is_continue_as_new_suggested():
            workflow.continue_as_new(self._seed)
