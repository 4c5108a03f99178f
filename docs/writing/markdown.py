"""Tables in Markdown, and the places in a hand-written page that are filled from the code."""

from collections.abc import Iterable, Sequence
from typing import Final

NOTHING: Final = "–"


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Write a table; a cell may hold several lines, joined by `lines`."""
    written = ["| " + " | ".join(head) + " |", "|" + "---|" * len(head)]
    written += ["| " + " | ".join(_cell(each) for each in row) + " |" for row in rows]
    return "\n".join(written)


def lines(several: Iterable[str]) -> str:
    """Put several lines into one cell."""
    return "<br>".join(each for each in several if each) or NOTHING


def coded(names: Iterable[str]) -> str:
    """Write names as they stand in the code."""
    return " · ".join(f"`{each}`" for each in names) or NOTHING


def filled(page: str, place: str, body: str) -> str:
    """Put *body* between the two marks of a place, which stay.

    Raises:
        ValueError: The page has no such place; says which lines to add.
    """
    begin, end = marks(place)
    before, found, rest = page.partition(begin)
    _, ended, after = rest.partition(end)
    if not (found and ended):
        raise ValueError(f"add two lines where the {place} is to stand:\n{begin}\n{end}")
    return f"{before}{begin}\n{body.strip()}\n{end}{after}"


def marks(place: str) -> tuple[str, str]:
    """Give the lines before and after a place."""
    return f"<!-- {place}: written by make docs from the code -->", f"<!-- end of the {place} -->"


def _cell(text: str) -> str:
    return text.replace("|", "\\|").replace("\n", " ") or NOTHING
