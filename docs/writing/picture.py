"""The picture of a lifecycle, for paper: phases one below the other, and beside each where it leads.

A phase and the limits that run in it stand in a box. To its right stands what is asked there and where that leads. The
way to the very next phase is the arrow between the boxes; every other phase that is led to has one line at the right,
on which all ways to it meet. An end is named where it is reached, and again at the foot.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from docs.writing import columns as text
from docs.writing.columns import INDENT, LEFT, Columns, columns_for
from docs.writing.diagram import Asking, ClockShown, Diagram, Exit, Name, Row
from docs.writing.lanes import Lane, in_columns
from docs.writing.svg import MONO, SANS, Canvas, Run, document, width

_LANE: Final = 12.0
_LINE: Final = 15.0
_PAD: Final = 6.0
_GAP: Final = 20.0
_FIRST: Final = _PAD + 11
"""From the top of a box to its first line."""
_FLOW: Final = LEFT + 36
"""Where the arrow from a phase to the next one runs."""
_BESIDE: Final = 30.0
"""How far from the end of a box the other ways come in from above."""
_ROOMS: Final = (200.0, 290.0, 360.0, 430.0, 500.0)
"""How wide what is asked may be; a long picture is kept shorter by more commands on a line."""
_SHEET: Final = (190.0, 277.0)
"""A sheet of A4 within its margins, in millimetres."""
_STYLE: Final = (
    f"text{{font-family:{SANS};fill:#1b1b1b}}.code{{font-family:{MONO};font-size:11px}}"
    ".title{font-size:19px;font-weight:700}.zh{font-weight:700;font-size:13.5px}.en{font-size:12px}"
    ".small{font-size:11px;fill:#444}"
    ".phase{fill:#eaf1f9;stroke:#1f4e79;stroke-width:1.2}.begin,.joint,.head{fill:#1f4e79}.stop{fill:#1b1b1b}"
    ".way{fill:none;stroke:#1f4e79;stroke-width:1.1}.flow{fill:none;stroke:#1f4e79;stroke-width:2.4}"
    ".hand{fill:none;stroke:#7a4a00;stroke-width:1.1}.bar{stroke:#7a4a00;stroke-width:2}"
    ".rule{stroke:#bbb;stroke-width:.8}"
)
_SIGNS: Final[Mapping[str, str]] = {
    "clock": "期限，或到期自动发出 a limit, or what is sent when it passes",
    "climbs": "→ 逾期上报 declared missed, and climbs the ladder",
    "pause": "在此期间中止 stands still meanwhile",
    "link": "由其他事项发出 sent by another case",
    "stop": "终点 end",
    "length": "wd 工作日 · d 日 · m 月 · y 年",
}
"""What a picture's signs mean; a picture explains those it has."""


@dataclass
class _Placed:
    """A row on the paper.

    Attributes:
        box_end: Where its box ends; the row may go on beside it.
        starts: Where each way out of it starts.
    """

    row: Row
    top: float
    box_end: float
    bottom: float
    starts: dict[str, tuple[float, float]]


@dataclass
class _Drawing:
    diagram: Diagram
    at: Columns
    canvas: Canvas = field(default_factory=Canvas)
    placed: list[_Placed] = field(default_factory=list[_Placed])
    size: tuple[float, float] = (0.0, 0.0)

    def whole(self) -> str:
        y = self._heading()
        for row in (Row(Name("", "", ""), exits=self.diagram.opening), *self.diagram.rows):
            self.placed.append(self._row(row, y))
            y = self.placed[-1].bottom + _GAP
        wide = self.at.lanes + self._ways() * _LANE + 4
        self.size = (wide, self._foot(y))
        title = f"{self.diagram.title.zh} · {self.diagram.title.en}"
        return document(self.canvas, self.size, title, self.diagram.describe(), _STYLE)

    def _heading(self) -> float:
        title = self.diagram.title
        self.canvas.text(LEFT, 30, [Run(title.zh, "title", 19), Run("  " + title.en, "en", 12)])
        y = 54.0
        for clock in self.diagram.background:
            self.canvas.clock(LEFT + 5, y - 4)
            runs = [run for line in text.clock_lines(clock, self.at.lanes) for run in line]
            self.canvas.text(LEFT + INDENT, y, [text.small("任何阶段 in every phase  "), *runs])
            y += _LINE
        return y - 6

    def _row(self, row: Row, top: float) -> _Placed:
        """Draw a phase with what leads out of it; the first row is where a case begins, and has no box."""
        above, self.canvas = self.canvas, Canvas()
        starts: dict[str, tuple[float, float]] = {}
        box_end = self._box(row, top) if row.phase.code else self._begin(top)
        asked_end = self._exits(row, top + _FIRST, starts) - _LINE + _PAD
        above.group(f"{row.phase.zh} {row.phase.en}".strip() or self.diagram.title.zh, self.canvas)
        self.canvas = above
        return _Placed(row, top, box_end, max(box_end, asked_end), starts)

    def _begin(self, top: float) -> float:
        self.canvas.dot(_FLOW, top + _FIRST - 4, 6, "begin")
        self.canvas.text(_FLOW + 14, top + _FIRST, [text.small("开始 begins")])
        return top + _FIRST + 4

    def _box(self, row: Row, top: float) -> float:
        """Draw the phase and its limits; give where the box ends."""
        whole, self.canvas = self.canvas, Canvas()
        room = self.at.box_end - LEFT
        y = top + _FIRST
        for line in text.heading(row, room):
            self.canvas.text(LEFT + 12, y, line)
            y += _LINE
        for clock in row.clocks:
            y = self._clock(clock, room, y + 2)
        end = y - _LINE + _PAD
        whole.box(LEFT, top, room, end - top, "phase")
        whole.marks += self.canvas.marks
        self.canvas = whole
        return end

    def _clock(self, clock: ClockShown, room: float, y: float) -> float:
        self.canvas.clock(LEFT + 17, y - 4)
        for line in text.clock_lines(clock, room):
            self.canvas.text(LEFT + 12 + INDENT, y, line)
            y += _LINE
        if clock.stands_still_in:
            self.canvas.pause(LEFT + 30, y - 4)
            self.canvas.text(LEFT + 38, y, text.still_line(clock))
            y += _LINE
        return y

    def _exits(self, row: Row, y: float, starts: dict[str, tuple[float, float]]) -> float:
        """Write what is asked and where it leads; give where the next line would be."""
        for way in row.exits:
            first = y
            for line in text.asked_lines(way.askings, self.at.leads - self.at.asked - 30):
                for asking, along in line:
                    self._asking(asking, self.at.asked + along, y)
                y += _LINE
            starts[way.target.code] = (self._target(way, first), first - 4)
            y = max(y, first + _LINE * len(text.target_lines(way)))
        return self._stays(row.stays, y) if row.stays and not row.exits else y

    def _asking(self, asking: Asking, x: float, y: float) -> None:
        sign = {"schedule": "clock", "linked_case": "link"}.get(asking.sender, "")
        self.canvas.text(x + self._sign(sign, x, y), y, text.asked(asking))

    def _target(self, way: Exit, y: float) -> float:
        """Write where a way leads; give where the line ends."""
        first_line = text.asked_lines(way.askings, self.at.leads - self.at.asked - 30)[0]
        end = max(along + text.long_of(asking) for asking, along in first_line)
        self.canvas.line("way", (self.at.asked + end + 6, y - 4), (self.at.leads - 10, y - 4))
        self.canvas.arrow_right(self.at.leads - 4, y - 4)
        x = self.at.leads
        if way.target in self.diagram.ends:
            x += self._sign("stop", x, y)
        for number, line in enumerate(text.target_lines(way)):
            self.canvas.text(x, y + number * _LINE, line)
        return x + width(text.named(way.target))

    def _stays(self, stays: Sequence[Asking], y: float) -> float:
        """Write what is asked without leaving the phase, as many to a line as fit."""
        line = [text.small("不离开 stays: ")]
        x = self.at.asked
        for place, each in enumerate(stays):
            run = text.code(each.name.code + (", " if place < len(stays) - 1 else ""))
            if width([*line, run]) > self.at.lanes - x - 10:
                self.canvas.text(x, y, line)
                line, x, y = [], self.at.asked + INDENT, y + _LINE
            line.append(run)
        self.canvas.text(x, y, line)
        return y + _LINE

    def _ways(self) -> int:
        """Draw the ways from phase to phase; give how many columns of lines there are."""
        lanes: list[Lane] = []
        tops: list[float] = []
        for number, placed in enumerate(self.placed[1:], start=1):
            code, before = placed.row.phase.code, self.placed[number - 1]
            if code in before.starts:
                self.canvas.line("flow", (_FLOW, before.box_end), (_FLOW, placed.top - 7))
                self.canvas.arrow_down(_FLOW, placed.top)
            others = [each for each in self.placed if each is not before and code in each.starts]
            if others:
                lanes.append(Lane(tuple(each.starts[code] for each in others), placed.top - _GAP / 2))
                tops.append(placed.top)
        chosen = in_columns(lanes)
        for lane, top, column in zip(lanes, tops, chosen, strict=True):
            self._lane(lane, self.at.lanes + column * _LANE, top)
        return max(chosen, default=-1) + 1

    def _lane(self, lane: Lane, x: float, top: float) -> None:
        for start_x, y in lane.starts:
            self.canvas.line("way", (start_x + 6, y), (x, y))
            self.canvas.dot(x, y, 2.2, "joint")
        enters = self.at.box_end - _BESIDE
        self.canvas.line("way", (x, lane.first), (x, lane.last))
        self.canvas.line("way", (x, lane.entry), (enters, lane.entry), (enters, top - 7))
        self.canvas.arrow_down(enters, top)

    def _foot(self, y: float) -> float:
        """Write the ends, and what the signs mean; give how high the picture is."""
        used = _signs_in(self.diagram)
        if used:
            self.canvas.line("rule", (LEFT, y - 8), (self.at.lanes, y - 8))
        ends = [("stop", text.named(end)) for end in self.diagram.ends]
        y = self._strip(ends, y + 10) + (6 if ends else 0)
        return self._strip([(sign, (text.small(said),)) for sign, said in _SIGNS.items() if sign in used], y) - 4

    def _strip(self, items: Sequence[tuple[str, text.Line]], y: float) -> float:
        """Write things after each other, each behind its sign; give where the next line would be."""
        x = LEFT
        for sign, line in items:
            if x > LEFT and x + width(line) + INDENT > self.at.lanes:
                x, y = LEFT, y + _LINE + 2
            x += self._sign(sign, x, y)
            self.canvas.text(x, y, line)
            x += width(line) + 18
        return y + _LINE + 2 if items else y

    def _sign(self, sign: str, x: float, y: float) -> float:
        """Draw a sign before a text; give the room it takes."""
        match sign:
            case "clock":
                self.canvas.clock(x + 5, y - 4)
            case "pause":
                self.canvas.pause(x + 5, y - 4)
            case "link":
                self.canvas.link(x + 5, y - 4)
            case "stop":
                self.canvas.box(x, y - 9, 9, 9, "stop", round_by=1)
            case _:
                return 0.0
        return INDENT


def _signs_in(diagram: Diagram) -> set[str]:
    clocks = [*diagram.background, *(each for row in diagram.rows for each in row.clocks)]
    senders = {asking.sender for row in diagram.rows for way in row.exits for asking in way.askings}
    used = {
        "clock": bool(clocks) or "schedule" in senders,
        "climbs": any(each.passing == "climbs" for each in clocks),
        "pause": any(each.stands_still_in for each in clocks),
        "link": "linked_case" in senders,
        "stop": bool(diagram.ends),
        "length": bool(clocks),
    }
    return {sign for sign, is_there in used.items() if is_there}


def draw(diagram: Diagram) -> str:
    """Give the picture as an SVG file, laid out so that it comes out as large as it can on a sheet of A4."""
    drawings = [_Drawing(diagram, columns_for(diagram, room)) for room in _ROOMS]
    made = [(each.whole(), each.size) for each in drawings]
    return max(made, key=lambda each: scale_on_paper(each[1]))[0]


def scale_on_paper(size: tuple[float, float]) -> float:
    """Give how many millimetres a unit of the picture takes on a sheet of A4."""
    return min(paper / drawn for paper, drawn in zip(_SHEET, size, strict=True))
