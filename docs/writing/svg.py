"""The few marks a picture is made of, as SVG text; and how wide a line of Chinese and English comes out."""

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Final
from xml.sax.saxutils import escape, quoteattr

SANS: Final = "'Noto Sans CJK SC','Source Han Sans SC','PingFang SC','Microsoft YaHei',sans-serif"
MONO: Final = "'DejaVu Sans Mono',Consolas,Menlo,'Noto Sans Mono CJK SC',monospace"
_WIDE: Final = frozenset("WF")
_MONO: Final = 0.605
_NARROW: Final = frozenset("iljftrI.,:;'’()[]|! ")
_BROAD: Final = frozenset("mwMW—→")


@dataclass(frozen=True)
class Run:
    """A piece of a line in one style: the name of a class in the picture's own style sheet."""

    text: str
    style: str
    size: float

    @property
    def width(self) -> float:
        """About how wide it comes out; the reader's fonts are not known, so rather too wide than too narrow."""
        return self.size * sum(_ems(each, is_code=self.style == "code") for each in self.text)


def _ems(character: str, *, is_code: bool) -> float:
    if unicodedata.east_asian_width(character) in _WIDE:
        return 1.0
    if is_code:
        return _MONO
    if character in _NARROW:
        return 0.33
    if character in _BROAD:
        return 0.92
    return 0.66 if character.isupper() else 0.57


def width(runs: Iterable[Run]) -> float:
    """Give about how wide a line is."""
    return sum(each.width for each in runs)


@dataclass
class Canvas:
    """Marks in the order in which they are drawn; the later ones lie above."""

    marks: list[str] = field(default_factory=list[str])

    def text(self, x: float, y: float, runs: Iterable[Run]) -> None:
        """Write a line; *y* is its baseline."""
        spans = "".join(f'<tspan class="{each.style}">{escape(each.text)}</tspan>' for each in runs)
        self.marks.append(f'<text x="{_number(x)}" y="{_number(y)}" xml:space="preserve">{spans}</text>')

    def box(self, x: float, y: float, wide: float, high: float, style: str, *, round_by: float = 5) -> None:
        """Draw a box."""
        place = f'x="{_number(x)}" y="{_number(y)}" width="{_number(wide)}" height="{_number(high)}"'
        self.marks.append(f'<rect {place} rx="{_number(round_by)}" class="{style}"/>')

    def line(self, style: str, *points: tuple[float, float]) -> None:
        """Draw a line through points."""
        path = " ".join(f"{_number(x)},{_number(y)}" for x, y in points)
        self.marks.append(f'<polyline points="{path}" class="{style}"/>')

    def dot(self, x: float, y: float, radius: float, style: str) -> None:
        """Draw a dot, or a ring."""
        self.marks.append(f'<circle cx="{_number(x)}" cy="{_number(y)}" r="{_number(radius)}" class="{style}"/>')

    def arrow_down(self, x: float, y: float) -> None:
        """Draw an arrow's head with its tip at a point."""
        self._shape((x, y), (x - 4, y - 8), (x + 4, y - 8))

    def arrow_right(self, x: float, y: float) -> None:
        """Draw an arrow's head with its tip at a point."""
        self._shape((x, y), (x - 7, y - 3.5), (x - 7, y + 3.5))

    def clock(self, x: float, y: float) -> None:
        """Draw a small clock around a point."""
        self.dot(x, y, 4.5, "hand")
        self.line("hand", (x, y - 3), (x, y), (x + 2.2, y + 1))

    def pause(self, x: float, y: float) -> None:
        """Draw the two bars of something that stands still."""
        self.line("bar", (x - 1.8, y - 3.5), (x - 1.8, y + 3.5))
        self.line("bar", (x + 1.8, y - 3.5), (x + 1.8, y + 3.5))

    def link(self, x: float, y: float) -> None:
        """Draw two rings that hold each other."""
        self.dot(x - 1.8, y, 2.8, "hand")
        self.dot(x + 1.8, y, 2.8, "hand")

    def group(self, title: str, inner: "Canvas") -> None:
        """Put marks together under a title that a reader's machine can say."""
        self.marks += ["<g>", f"<title>{escape(title)}</title>", *inner.marks, "</g>"]

    def _shape(self, *points: tuple[float, float]) -> None:
        path = " ".join(f"{_number(x)},{_number(y)}" for x, y in points)
        self.marks.append(f'<polygon points="{path}" class="head"/>')


def document(canvas: Canvas, size: tuple[float, float], title: str, description: str, style: str) -> str:
    """Give the whole file: on white, so that it can be read and printed anywhere."""
    wide, high = (_number(each) for each in size)
    head = f'xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {wide} {high}" width="{wide}" height="{high}"'
    lines = [
        f'<svg {head} role="img" aria-labelledby="title description" lang="zh">',
        f"<title id={quoteattr('title')}>{escape(title)}</title>",
        f"<desc id={quoteattr('description')}>{escape(description)}</desc>",
        f"<style>{style}</style>",
        f'<rect width="{wide}" height="{high}" fill="#fff"/>',
        *canvas.marks,
        "</svg>",
    ]
    return "\n".join(lines) + "\n"


def _number(value: float) -> str:
    return f"{value:.1f}".removesuffix(".0")
