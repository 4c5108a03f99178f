"""How wide the columns of a picture are, and what is written in them: lines of text, before they have a place."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from docs.writing.diagram import Asking, ClockShown, Diagram, Exit, Name, Row
from docs.writing.svg import Run, width

LEFT: Final = 20.0
INDENT: Final = 14.0
"""What a small sign before a text takes."""
_BETWEEN: Final = 20.0
_BOX: Final = (200.0, 290.0)
_INNER: Final = 12.0

Line = tuple[Run, ...]


@dataclass(frozen=True)
class Columns:
    """Where each column begins, from left to right: the boxes, what is asked, where it leads, the lines."""

    box: float
    asked: float
    leads: float
    lanes: float

    @property
    def box_end(self) -> float:
        """Where the boxes end."""
        return self.asked - _BETWEEN


def columns_for(diagram: Diagram, room: float) -> Columns:
    """Make each column as wide as what stands in it, and let *room* hold what is asked: more of it, fewer lines."""
    ways = [*diagram.opening, *(way for row in diagram.rows for way in row.exits)]
    clocks = [clock for row in diagram.rows for clock in row.clocks]
    box = [width(named(row.phase)) + 2 * _INNER for row in diagram.rows]
    box += [width(line) + INDENT + 2 * _INNER for clock in clocks for line in clock_lines(clock, _BOX[1])]
    longest = max((long_of(each) for way in ways for each in way.askings), default=0.0)
    leads = [width(line) + INDENT for way in ways for line in target_lines(way)]
    box_end = LEFT + min(max(_BOX[0], *box, 0.0), _BOX[1])
    leads_at = box_end + _BETWEEN + max(room, longest) + 34
    return Columns(LEFT, box_end + _BETWEEN, leads_at, leads_at + max(leads, default=0) + 18)


def named(name: Name) -> Line:
    """Write a phase, in both languages."""
    return (Run(name.zh, "zh", 13.5), *(() if name.en == name.zh else (Run("  " + name.en, "en", 12),)))


def heading(row: Row, room: float) -> tuple[Line, ...]:
    """Write the phase of a box, and the name it is stored under where that says something else."""
    if row.phase.code.replace("_", " ") == row.phase.en:
        return (named(row.phase),)
    beside = (*named(row.phase), code("  " + row.phase.code))
    return (beside,) if width(beside) <= room - 2 * _INNER else (named(row.phase), (code(row.phase.code),))


def clock_lines(clock: ClockShown, room: float) -> tuple[Line, ...]:
    """Write a limit and what comes when it passes, on one line where it fits."""
    name = clock.name.zh if clock.name.zh == clock.name.en else f"{clock.name.zh} {clock.name.en}"
    what = (small("  ".join(each for each in (clock.rule, name, clock.length) if each)),)
    end = _passing(clock)
    whole = (*what, small(" "), *end)
    return (whole,) if width(whole) <= room - INDENT - 2 * _INNER else (what, end)


def _passing(clock: ClockShown) -> Line:
    said = {
        "sends": "→ ",
        "on_the_day": "当日 on the day → ",
        "climbs": "→ 逾期上报",
        "missed": "→ 逾期 missed",
        "kept": "随即办结 kept at once",
    }
    return small(said[clock.passing]), *((code(clock.then),) if clock.then else ())


def still_line(clock: ClockShown) -> Line:
    """Write during which phases a limit stands still."""
    return (small("、".join(each.zh for each in clock.stands_still_in)),)


def asked_lines(askings: Sequence[Asking], room: float) -> list[list[tuple[Asking, float]]]:
    """Put commands on as few lines as hold them; give each with how far from the left it stands."""
    lines: list[list[tuple[Asking, float]]] = []
    at = 0.0
    for asking in askings:
        long = long_of(asking)
        if not lines or at + long > room:
            at = INDENT if lines else 0.0  # a line that goes on stands further in
            lines.append([])
        lines[-1].append((asking, at))
        at += long + 12
    return lines


def asked(asking: Asking) -> Line:
    """Write a command, and what it is called."""
    said = () if asking.name.zh == asking.name.code else (small(" " + asking.name.zh),)
    return (code(asking.name.code), *said)


def indent(asking: Asking) -> float:
    """Give the room for the sign of who sends a command; a person needs none."""
    return 0.0 if asking.sender == "person" else INDENT


def long_of(asking: Asking) -> float:
    """Give how long a command is with its sign."""
    return width(asked(asking)) + indent(asking)


def target_lines(way: Exit) -> tuple[Line, ...]:
    """Write where a way leads, and what it goes through."""
    if not way.through:
        return (named(way.target),)
    through = "、".join(f"{each.zh} {each.en}" for each in way.through)
    return named(way.target), (small(f"经 through {through}"),)


def small(text: str) -> Run:
    """Write something beside the names."""
    return Run(text, "small", 11)


def code(text: str) -> Run:
    """Write a name as it stands in the code."""
    return Run(text, "code", 11)
