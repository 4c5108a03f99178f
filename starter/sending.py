"""From the options of a call to commands sent and answered: shared by every command of the line that writes."""

import asyncio
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any, NoReturn
from uuid import uuid4

import typer

from domain.kernel.envelope import Who
from domain.kernel.process import Process
from starter.client import Ask, Reply, envelope_of
from starter.joins import Doors
from starter.output import Screen
from starter.replies import exit_of, show_reply
from starter.session import Asking, Session


def blank_ask(session: Session, asking: Asking, tenant: str, process: Process[Any, Any, Any], kind: str) -> Ask:
    """Give what the options say of a command; case and body are still to be filled in.

    Raises:
        BadInput: Nobody acts, or an option is wrong.
    """
    return Ask(
        tenant=tenant,
        process=process,
        case="",
        kind=kind,
        body={},
        who=Who(person=session.acting, organisation=asking.organisation, on_behalf_of=asking.on_behalf_of),
        command_id=asking.command_id or str(uuid4()),
        on=asking.day,
        evidence=asking.evidence,
        seen_version=asking.seen_version,
    )


async def submit_all(asks: Sequence[Ask], asking: Asking, session: Session, doors: Doors) -> list[Reply]:
    """Send commands and wait for their answers; when one of them is malformed none is sent.

    Raises:
        BadInput: Names the field.
        Unavailable: A server is away.
    """
    for ask in asks:
        envelope_of(ask, datetime.now(UTC))
    with session.screen.progress(session.screen.words.say("waiting_for_answer")):
        client = await doors.client()
        return await asyncio.gather(*(client.submit(ask, asking.patience) for ask in asks))


def show_opened(reply: Reply, screen: Screen) -> None:
    """Print a new case's id alone, so that a shell can keep it; what else there is to say goes beside it."""
    if screen.is_json or reply.outcome == "refused":
        show_reply(reply, screen)
        return
    screen.line(reply.case)
    screen.beside(screen.words.label("outcome", reply.outcome))


def end(replies: Sequence[Reply]) -> NoReturn:
    """End the call with the exit code of its answers."""
    raise typer.Exit(exit_of(replies))
