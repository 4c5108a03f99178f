"""How a step of a script and its answer read on a screen."""

from collections.abc import Mapping
from datetime import datetime

from pydantic import JsonValue

from domain.kernel.messages import SHANGHAI
from starter.output import Screen
from starter.scripts import Step
from starter.streams import opening_command, process_named, process_speaking


def shown_at(instant: datetime) -> str:
    """Write an instant as a clock on the wall in Shanghai shows it."""
    return instant.astimezone(SHANGHAI).strftime("%Y-%m-%d %H:%M")


def shown_step(step: Step, screen: Screen) -> str:
    """Say what a step asks, in the reader's words."""
    words = screen.words
    if step.start is not None:
        process = process_named(step.start)
        kind = words.label("command", opening_command(process, step.command), process.name)
        name = "" if step.name is None else f" “{step.name}”"
        return f"{words.label('process', process.name)}{name}: {kind}"
    case, kind = step.send or ("", "")
    return f"{case}: {words.label('command', kind, process_speaking(kind))}"


def shown_answer(step: Step, found: Mapping[str, JsonValue], screen: Screen) -> str:
    """Say what the answer was, with the code of a refusal and the days of the limits that run."""
    words = screen.words
    process = step.start or process_speaking("" if step.send is None else step.send[1])
    outcome, phase = str(found["outcome"]), words.label("phase", str(found["phase"]), process)
    parts = [words.say("decided", outcome=words.label("outcome", outcome), phase=phase)]
    if found["refusal"] is not None:
        parts.append(str(found["refusal"]))
    deadlines = found["deadlines"]
    if isinstance(deadlines, dict):
        parts += [f"{words.label('deadline', name)} {due_on}" for name, due_on in deadlines.items()]
    return "; ".join(parts)
