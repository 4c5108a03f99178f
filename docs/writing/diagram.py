"""What a picture of a lifecycle shows, before anything has a place on the paper."""

from dataclasses import dataclass
from typing import Literal

Passing = Literal["sends", "on_the_day", "climbs", "missed", "kept"]
Sender = Literal["person", "schedule", "linked_case"]


@dataclass(frozen=True)
class Name:
    """A thing of the domain: the name it is stored under, and what people call it."""

    code: str
    zh: str
    en: str


@dataclass(frozen=True)
class ClockShown:
    """A limit that runs in a phase.

    Attributes:
        rule: Its number in the dossier, if it has one.
        length: How long, as the national pack says.
        passing: What comes when it passes: a command is sent, or it is declared missed and perhaps climbs; one
            that is kept in the answer that sets it never passes.
        then: The command that is sent.
        stands_still_in: Phases during which it does not run.
    """

    name: Name
    rule: str
    length: str
    passing: Passing
    then: str = ""
    stands_still_in: tuple[Name, ...] = ()


@dataclass(frozen=True)
class Asking:
    """A command, and who sends it: a person, a limit that passes, or another case."""

    name: Name
    sender: Sender = "person"


@dataclass(frozen=True)
class Exit:
    """Where a phase is left for, and by which commands.

    Attributes:
        through: Phases gone through on the way, in which no case rests.
    """

    target: Name
    askings: tuple[Asking, ...]
    through: tuple[Name, ...] = ()


@dataclass(frozen=True)
class Row:
    """One phase: what runs in it, where it leads, what is asked without leaving it."""

    phase: Name
    clocks: tuple[ClockShown, ...] = ()
    exits: tuple[Exit, ...] = ()
    stays: tuple[Asking, ...] = ()


@dataclass(frozen=True)
class Diagram:
    """A lifecycle, its phases in order.

    Attributes:
        opening: Where a case begins.
        ends: Phases in which it is over.
        background: Limits that run whatever the phase is.
    """

    title: Name
    opening: tuple[Exit, ...]
    rows: tuple[Row, ...]
    ends: tuple[Name, ...] = ()
    background: tuple[ClockShown, ...] = ()

    def describe(self) -> str:
        """Say the whole picture in words."""
        said = [_leads("A case begins", self.opening)]
        for row in self.rows:
            running = "; ".join(f"{each.name.en} ({each.rule} {each.length})" for each in row.clocks)
            limits = f" Limits: {running}." if running else ""
            said.append(f"{_leads(row.phase.en, row.exits)}{limits}")
        said.append("Ends: " + (", ".join(each.en for each in self.ends) or "none") + ".")
        return " ".join(said)


def _leads(where: str, exits: tuple[Exit, ...]) -> str:
    ways = "; ".join(f"to {each.target.en} by {', '.join(one.name.code for one in each.askings)}" for each in exits)
    return f"{where}: {ways}." if ways else f"{where}."
