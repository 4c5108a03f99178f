"""`mandate rehearse`: play scripts on a scratch store with their own clock, and compare with what they expect.

A script that does not come out as it says ends with the code of a failed proof: nobody was refused anything, and the
input was well formed; what is on record is not what the script says it is.
"""

import asyncio
from collections import deque
from collections.abc import Generator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from json import dumps
from pathlib import Path
from typing import Annotated, Final

import typer
from pydantic import JsonValue

from domain.kernel.errors import BadInput
from domain.processes import PROCESSES
from starter.balances import LEDGER, accounts_named, balances
from starter.exits import Exit
from starter.joins import ScratchServer, start_scratch
from starter.output import Screen
from starter.rehearsal import Rehearsal, each_answer
from starter.scripts import Mismatch, Played, Step, compare, district_steps, read_script
from starter.session import Session, command
from starter.steps_shown import shown_answer, shown_at, shown_step
from starter.streams import process_of

app: Final = typer.Typer()


async def rehearse_script(script: Played, scratch: ScratchServer, screen: Screen) -> list[Mismatch]:
    """Play a script on a database of its own, print each step, and give every difference from what it expects.

    What the script's district says of itself happens in between, at its own instants, and first on a tie.
    """
    async with scratch.store(PROCESSES) as store:
        rehearsal = Rehearsal(store.log, store.roster, script.tenant)
        report = _Report(script, rehearsal, screen)
        district = deque(district_steps(script))
        differences: list[Mismatch] = []
        for place, step in script.steps:
            while district and district[0][1].instant <= step.instant:
                await _play_district(rehearsal, *district.popleft())
            with _named(f"{script.name}: {place}"):
                found = await rehearsal.play(place, step)
                if LEDGER in step.expect:
                    found[LEDGER] = await balances(accounts_named(step.expect), store.queries, script.tenant)
                differing = list(compare(step.expect, found))
            report.step(place, step, found, differing)
            differences += differing
        return differences


async def _play_district(rehearsal: Rehearsal, place: str, step: Step) -> None:
    with _named(place):
        answers = each_answer(step, await rehearsal.play(place, step))
        for answer in answers.values():
            if answer["outcome"] == "refused":
                raise BadInput("send", f"refused: {answer['refusal']}", "a district whose every step is recorded")


@contextmanager
def _named(place: str) -> Generator[None]:
    try:
        yield
    except BadInput as defect:
        raise defect.under(place) from None


@dataclass(frozen=True)
class _Report:
    """What a step of a rehearsal looks like to its reader."""

    script: Played
    rehearsal: Rehearsal
    screen: Screen

    def step(self, place: str, step: Step, found: Mapping[str, JsonValue], differing: Sequence[Mismatch]) -> None:
        """Print what fell due before the step, the step, its answer, and what is not as expected."""
        if self.screen.is_json:
            shown = [{"what": each.what, "expected": each.expected, "found": each.found} for each in differing]
            line = {"script": self.script.name, "step": place, "ok": not differing, "found": found}
            self.screen.one({**line, "differences": shown})
            return
        self._fired()
        self._asked(step, found)
        for each in differing:
            difference = {"what": each.what, "expected": _text(each.expected), "found": _text(each.found)}
            self._indented("expected_but", **difference)
        if step.expect and not differing:
            self._indented("as_expected")

    def _fired(self) -> None:
        names = {case: name for name, case in self.rehearsal.names.items()}
        for at, case, kind, answer in self.rehearsal.fired:
            words, process = self.screen.words, process_of(case).name
            what = f"{words.label('command', kind, process)}: {words.label('phase', answer.phase, process)}"
            self._say("step_fired", at=shown_at(at), case=names.get(case, case), what=what)

    def _asked(self, step: Step, found: Mapping[str, JsonValue]) -> None:
        if step.until is not None:
            self._say("step_until", at=shown_at(step.instant))
            return
        self._say("step_at", at=shown_at(step.instant), who=step.person, what=shown_step(step, self.screen))
        for name, answer in each_answer(step, found).items():
            whose = f"{name}: " if name else ""
            self.screen.line(f"    {whose}{shown_answer(step, answer, self.screen)}")

    def _say(self, message: str, **details: JsonValue) -> None:
        self.screen.line(self.screen.words.say(message, **details))

    def _indented(self, message: str, **details: JsonValue) -> None:
        self.screen.line("    " + self.screen.words.say(message, **details))


def _text(value: JsonValue) -> str:
    return dumps(value, ensure_ascii=False)


@command(app)
async def rehearse(
    session: Session, files: Annotated[list[Path], typer.Argument(metavar="FILE …", help="Scripts of dated steps.")]
) -> None:
    """Play scripts on a scratch store with their own clock; the real store is untouched.

    A step sends a command or lets time pass, and compares what its `expect`
    names: of an answer its outcome, phase, refusal …; after `until` each case
    by its name; everywhere the ledger, as
    `ledger: {OWNER/purpose/year: {available_fen: 100}}`.

    An account has the pockets granted_fen, available_fen, reserved_fen,
    in_transit_fen, spent_fen, returned_fen; one that nobody ever paid into is
    zero. Several sources of one purpose and year count together;
    `OWNER/source/purpose/year` names one of them.

    What follows in other cases from a step with `held: true` comes after the
    next step's command, as when the worker died in between.

    A step whose `with` names `communities` opens a case for each, called
    NAME/COMMUNITY here and in `send`; its `expect` names them likewise, and
    `matter` lists the cases that are of one matter.
    """
    screen = session.screen
    scripts = [read_script(each) for each in files]
    failed = 0
    with screen.progress(screen.words.say("scratch")):
        server = await asyncio.to_thread(start_scratch)
    try:
        for script in scripts:
            screen.line(screen.words.say("playing", scenario=script.scenario))
            failed += bool(await rehearse_script(script, server, screen))
    finally:
        await asyncio.to_thread(server.stop)
    screen.line(screen.words.say("rehearsed", passed=len(scripts) - failed, failed=failed))
    if failed:
        raise typer.Exit(Exit.PROOF_FAILED)
