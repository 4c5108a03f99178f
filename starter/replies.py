"""An answer as the contract's JSON, as people read it, and as an exit code."""

from collections.abc import Sequence
from typing import Any

from pydantic import JsonValue

from domain.kernel.clock_events import Deadline
from domain.kernel.decision import Refusal
from domain.kernel.messages import Warned, body_of
from starter.client import Reply
from starter.exits import Exit
from starter.output import Screen
from starter.streams import process_of
from starter.words import Words


def reply_fields(reply: Reply, words: Words) -> dict[str, Any]:
    """Give the keys of `case start` and `case send`."""
    answer = reply.answer
    return {
        "case": reply.case,
        "outcome": reply.outcome,
        "version": None if answer is None else answer.version,
        "phase": None if answer is None else answer.phase,
        "events": [] if answer is None else list(answer.events),
        "refusal": None if answer is None or answer.refusal is None else said(answer.refusal, words),
        "warnings": [] if answer is None else [said(each, words) for each in answer.warnings],
        "deadlines": [] if answer is None else [body_of(each) for each in answer.deadlines],
        "command_id": reply.command_id,
    }


def said(refused: Refusal | Warned, words: Words) -> dict[str, Any]:
    """Give a refusal or a warning with its sentence."""
    message = words.refusal(refused.code, refused.details)
    return {"code": refused.code, "message": message, "source": refused.source, "details": refused.details}


def show_reply(reply: Reply, screen: Screen) -> None:
    """Print an answer; for people a sentence, what is due, what to heed."""
    if screen.is_json:
        screen.one(reply_fields(reply, screen.words))
        return
    words, answer, process = screen.words, reply.answer, process_of(reply.case).name
    if answer is None:
        screen.line(words.say("accepted", case=reply.case, command_id=reply.command_id))
        return
    if answer.refusal is not None:
        screen.line(words.say("refused", **said_in(answer.refusal, words)))
        return
    phase = words.label("phase", answer.phase, process)
    screen.line(words.say(answer.outcome, case=reply.case, phase=phase, version=answer.version))
    for deadline in answer.deadlines:
        screen.line("  " + due_sentence(deadline, words, process))
    for warned in answer.warnings:
        screen.line("  " + words.say("warned", **said_in(warned, words)))


def said_in(refused: Refusal | Warned, words: Words) -> dict[str, JsonValue]:
    """Give what the sentence about a refusal or a warning needs."""
    return {
        "code": refused.code,
        "message": words.refusal(refused.code, refused.details),
        "source": refused.source,
    }


def due_sentence(deadline: Deadline, words: Words, process: str) -> str:
    """Say when a limit ends, by which rule, and whether that day is sure."""
    message = "due_provisional" if deadline.provisional else "due"
    name = words.label("deadline", deadline.name, process)
    due_on = deadline.due_on.isoformat()
    return words.say(message, name=name, due_on=due_on, rule=deadline.rule, source=deadline.source)


def exit_of(replies: Sequence[Reply]) -> Exit:
    """Give the exit code of one answer or several: refused before accepted before done."""
    outcomes = {each.outcome for each in replies}
    if "refused" in outcomes:
        return Exit.REFUSED
    return Exit.ACCEPTED if "accepted" in outcomes else Exit.DONE
