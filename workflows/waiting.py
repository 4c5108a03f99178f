"""Waiting for a condition, whatever is asked of the run from outside."""

import asyncio
from collections.abc import Callable
from datetime import timedelta

from temporalio import workflow


async def until(condition: Callable[[], bool], *, at_most: timedelta | None = None) -> None:
    """Wait until *condition* holds, or for *at_most*.

    A request to cancel is passed over: what was begun ends by its own rules, and binds people meanwhile.
    """
    while True:
        try:
            await workflow.wait_condition(condition, timeout=at_most)
        except TimeoutError:
            return
        except asyncio.CancelledError:
            workflow.logger.warning("a request to cancel is passed over: a case ends by its own rules")
        else:
            return
