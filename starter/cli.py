"""`mandate`: the command tree, and the last catch under everything it does."""

import os
import sys
import traceback
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import Final, NoReturn
from uuid import uuid4

import typer

from domain.kernel.errors import BadInput, CorruptHistory, Refused, Unavailable
from starter import (
    audits,
    backups,
    calendars,
    campaigns,
    cases,
    demo,
    doctor,
    inbox,
    ledgers,
    looking,
    policy,
    registers,
    rehearse,
)
from starter import run as running
from starter.exits import Exit
from starter.words import Words, own_language

INTERRUPTED: Final = 130

app = typer.Typer(
    name="mandate",
    help="No unfunded mandates: cases of local government, decided by the rules, recorded for ever.",
    no_args_is_help=True,
    add_completion=True,
    pretty_exceptions_enable=False,
)
app.add_typer(running.app)
app.add_typer(doctor.app)
app.add_typer(demo.app)
app.add_typer(backups.app)
app.add_typer(rehearse.app)
cases.app.add_typer(looking.app)
app.add_typer(cases.app, name="case")
app.add_typer(inbox.app)
app.add_typer(registers.app, name="register")
app.add_typer(calendars.app, name="calendar")
app.add_typer(policy.app, name="policy")
app.add_typer(campaigns.app, name="campaign")
app.add_typer(ledgers.app, name="ledger")
app.add_typer(audits.app, name="audit")


def main() -> NoReturn:
    """Run the command line and end the process.

    The process ends without the interpreter's own clean-up: Temporal's client has threads that may still be at work,
    and an interpreter that takes itself apart under them crashes now and then, with another exit code.
    """
    code = run(sys.argv[1:])
    for stream in (sys.stdout, sys.stderr):
        with suppress(OSError):
            stream.flush()
    os._exit(code)


def run(arguments: Sequence[str]) -> int:
    """Run one command and give its exit code; whatever goes wrong gets a sentence, never a stack trace."""
    try:
        app(args=list(arguments), prog_name="mandate")
    except SystemExit as ended:
        return ended.code if isinstance(ended.code, int) else Exit.DONE if ended.code is None else Exit.BUG
    except KeyboardInterrupt:
        return INTERRUPTED
    except Exception as error:  # noqa: BLE001 — the outermost function of the command line (STYLE §4)
        return _failed(error, Words("zh" if _asks_for_chinese(arguments) else own_language()))
    return Exit.DONE


def _failed(error: Exception, words: Words) -> Exit:
    match error:
        case BadInput():
            _say(words.bad_input(error))
            return Exit.BAD_INPUT
        case Refused(code=code, source=source, details=details):
            _say(words.say("refused", code=code, message=words.refusal(code, details), source=source))
            return Exit.REFUSED
        case Unavailable():
            _say(words.say("unavailable", what=str(error)))
            return Exit.UNAVAILABLE
        case CorruptHistory():
            _say(words.say("corrupt", what=str(error)))
            return Exit.PROOF_FAILED
        case _:
            bug = uuid4().hex[:12]
            _say(words.say("bug", id=bug, what=type(error).__name__, file=_kept(error, bug)))
            return Exit.BUG


def _kept(error: Exception, bug: str) -> str:
    """Put the trace where the people who mend it find it; the reader of the screen needs the id alone."""
    state = os.environ.get("XDG_STATE_HOME") or str(Path.home() / ".local" / "state")
    file = Path(state) / "mandate" / "bugs" / f"{bug}.txt"
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text("".join(traceback.format_exception(error)), encoding="utf-8")
    except OSError:
        return "—"
    return str(file)


def _say(text: str) -> None:
    with suppress(OSError):
        sys.stderr.write(text.encode("utf-8", "backslashreplace").decode() + "\n")


def _asks_for_chinese(arguments: Sequence[str]) -> bool:
    pairs = zip(arguments, [*arguments[1:], ""], strict=True)
    return any(each == "--lang=zh" or (each == "--lang" and after == "zh") for each, after in pairs)
