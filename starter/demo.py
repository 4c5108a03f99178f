"""`mandate demo`: play the example scripts through whatever is running, and print each step and its answer.

The scripts are dated, and a real clock cannot be set: their days are moved, by whole weeks, so that the first step
falls on today or in the days to come, and a fiscal year with them; what is older than the script, a law or a decree,
keeps its day. Where a script lets time pass, the demo stops and says how to see the rest.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from os.path import relpath
from pathlib import Path
from typing import Annotated, Final

import typer
from pydantic import JsonValue

from domain.kernel.decision import Answer
from domain.kernel.errors import BadInput
from domain.kernel.messages import SHANGHAI, shanghai_date
from starter.exits import Exit
from starter.forms import read_instant
from starter.joins import Doors, open_doors
from starter.output import Screen
from starter.scripts import (
    Mismatch,
    Played,
    Step,
    asks_of,
    compare,
    found_in_answer,
    read_district,
    read_script,
    sending,
    step_id,
)
from starter.session import DEFAULT_PATIENCE_SECONDS, Session, command
from starter.steps_shown import shown_answer, shown_at, shown_step
from starter.streams import process_named

app: Final = typer.Typer()
EXAMPLES: Final = Path(__file__).parents[1] / "examples"
DISTRICTS: Final = "districts"
WEEK: Final = 7
COMPARED: Final = frozenset({"outcome", "phase", "refusal", "events", "warnings"})
"""What does not depend on the day the demo is played."""
YEAR: Final = "year"
"""The field that names a fiscal year."""
_DAY: Final = re.compile(r"\d{4}-\d{2}-\d{2}")


@dataclass
class Demo:
    """One showing of the examples.

    Attributes:
        names: What the script at hand calls its cases.
    """

    doors: Doors
    screen: Screen
    today: date
    names: dict[str, str]

    async def play(self, script: Played) -> list[Mismatch]:
        """Play one script as far as today's date allows; one that was played before is only pointed at.

        Raises:
            BadInput: The script is wrong.
            Unavailable: A server is away.
        """
        self.names = {}
        self._say("playing", scenario=script.scenario)
        steps = moved(script, self.today)
        for place, step in steps:
            if step.until is not None:
                self._say("later", file=script.name)
                return []
            differing = self._show(step, await self._send(script, place, step))
            if differing:
                return differing
        return []

    async def load_district(self, folder: Path) -> None:
        """Play everything a district says of itself, each act under its own day; a repeat changes nothing.

        Raises:
            BadInput: A script is wrong, or one of its steps is refused.
            Unavailable: A server is away.
        """
        steps = [(part, *each) for part in read_district(folder) for each in part.steps]
        with self.screen.progress(self.screen.words.say("loading_district", folder=folder.name)):
            for part, place, step in sorted(steps, key=lambda each: each[2].instant):
                if shanghai_date(step.instant) > self.today:
                    continue
                answers = await self._send(part, place, on_its_day(part, step))
                for answer in answers.values():
                    if answer.refusal is not None:
                        where, code = f"{part.name}: {place}", answer.refusal.code
                        raise BadInput(where, code, "a district whose every step is recorded")
        self._say("district_loaded", folder=folder.name, steps=len(steps))

    async def _send(self, script: Played, place: str, step: Step) -> dict[str, Answer]:
        """Send a step and give the answer of each case; several are answered one after the other, as they are named."""
        what = sending(step, self.names)
        # From the step as it is written: the id must not move with the day.
        command_id = step_id(script.tenant, place, dict(script.steps)[place])
        client = await self.doors.client()
        answers: dict[str, Answer] = {}
        for ask in asks_of(step, what, script.tenant, command_id, self.names):
            reply = await client.submit(ask, DEFAULT_PATIENCE_SECONDS)
            if reply.answer is None:
                self._say("accepted", case=reply.case, command_id=reply.command_id)
                raise typer.Exit(Exit.ACCEPTED)
            answers[reply.case] = reply.answer
        return answers

    def _show(self, step: Step, answers: Mapping[str, Answer]) -> list[Mismatch]:
        self._say("step_at", at=shown_at(datetime.now(SHANGHAI)), who=step.person, what=shown_step(step, self.screen))
        return [each for case, answer in answers.items() for each in self._compared(step, case, answer)]

    def _compared(self, step: Step, case: str, answer: Answer) -> list[Mismatch]:
        found = found_in_answer(answer)
        self.screen.line(f"    {case} {shown_answer(step, found, self.screen)}")
        if answer.refusal is not None and answer.refusal.code.endswith(".id_used_for_another_command"):
            return []  # played in another week, with other days
        expected = {key: value for key, value in self._expected(step, case).items() if key in COMPARED}
        differing = list(compare(expected, found))
        for each in differing:
            shown = {"what": each.what, "expected": str(each.expected), "found": str(each.found)}
            self.screen.line("    " + self.screen.words.say("expected_but", **shown))
        return differing

    def _expected(self, step: Step, case: str) -> Mapping[str, JsonValue]:
        if not step.opens_several:
            return step.expect
        for name, named in self.names.items():
            expected = step.expect.get(name)
            if named == case and isinstance(expected, dict):
                return expected
        return {}

    def _say(self, message: str, **details: JsonValue) -> None:
        self.screen.line(self.screen.words.say(message, **details))


def moved(script: Played, today: date) -> Sequence[tuple[str, Step]]:
    """Move a script's days by whole weeks, so that its first step falls on *today* or in the six days after it.

    A `year` is moved by the years between the first step and today: what is played is done today, and money that
    arrives is booked in today's year even where the first step falls on a day of the next.
    """
    if not script.steps:
        return ()
    first = shanghai_date(script.steps[0][1].instant)
    weeks = -((first - today).days // WEEK)
    shift = timedelta(days=weeks * WEEK)
    years = today.year - first.year

    def later(instant: str | None) -> str | None:
        return None if instant is None else (read_instant(instant, "at") + shift).isoformat()

    def in_time(value: JsonValue, key: str = "") -> JsonValue:
        match value:
            case str() if _DAY.fullmatch(value) and value >= first.isoformat():
                return (date.fromisoformat(value) + shift).isoformat()
            case int() if key == YEAR and value >= first.year:
                return value + years
            case list():
                return [in_time(each) for each in value]
            case dict():
                return {name: in_time(each, name) for name, each in value.items()}
            case _:
                return value

    return [
        (place, step.model_copy(update={"at": later(step.at), "until": later(step.until), "body": in_time(step.body)}))
        for place, step in script.steps
    ]


def on_its_day(script: Played, step: Step) -> Step:
    """Let an act be recorded under the day of its script, which is what shows it.

    On that very day too: an act that is sent again on a later one must be the same act.
    """
    on = step.on or shanghai_date(step.instant)
    return step.model_copy(update={"on": on, "evidence": step.evidence or script.scenario})


def example_scripts(process: str | None = None) -> list[Played]:
    """Read the example scripts: of one process, or of all of them.

    Raises:
        BadInput: No such process, or a script is wrong.
    """
    folders = [EXAMPLES / process_named(process).name] if process is not None else sorted(EXAMPLES.iterdir())
    return [read_script(file) for folder in folders if folder.name != DISTRICTS for file in _scripts_in(folder)]


def _scripts_in(folder: Path) -> list[Path]:
    """Give the scripts of a folder, by their numbers; what else lies there (`policy test` has its lists) is none."""
    files = sorted(folder.glob("*.yaml"), key=_turn)
    return [Path(relpath(file)) for file in files if "\nsteps:" in file.read_text(encoding="utf-8")]


def _turn(file: Path) -> tuple[int, str]:
    number, _, _ = file.name.partition("_")
    return int(number) if number.isdigit() else 0, file.name


async def play_examples(doors: Doors, screen: Screen, process: str | None = None) -> bool:
    """Load the districts the examples stand in, play them, and say whether all came out as they expect.

    Raises:
        BadInput: A script is wrong.
        Unavailable: A server is away.
    """
    scripts = example_scripts(process)
    demo = Demo(doors, screen, datetime.now(SHANGHAI).date(), {})
    for folder in dict.fromkeys(each.district for each in scripts if each.district is not None):
        await demo.load_district(folder)
    results = [await demo.play(script) for script in scripts]
    return not any(results)


@command(app)
async def demo(
    session: Session,
    process: Annotated[str | None, typer.Argument(metavar="[PROCESS]", help="One process alone.")] = None,
) -> None:
    """Play the examples through whatever is running, printing each step and its answer."""
    async with open_doors() as doors:
        as_expected = await play_examples(doors, session.screen, process)
    if not as_expected:
        raise typer.Exit(Exit.PROOF_FAILED)
