"""Separation of duties: who stands behind an organisation, so that nobody decides what is his own.

Source:
    Dossier §3.1.
"""

from collections.abc import Iterable
from datetime import date

from domain.kernel.directory import CONTROL, Tie


def under_common_control(organisation: str, ties: Iterable[Tie], day: date) -> frozenset[str]:
    """Give this organisation with every one that controls it, is controlled by it, or has a controller in common."""
    lasting = [(tie.subject, tie.object) for tie in ties if tie.kind == CONTROL and tie.spell.covers(day)]
    above = _reached(frozenset({organisation}), [(below, over) for over, below in lasting])
    return _reached(above, lasting)


def _reached(start: frozenset[str], steps: list[tuple[str, str]]) -> frozenset[str]:
    found = start
    while True:
        more = found | {there for here, there in steps if here in found}
        if more == found:
            return found
        found = more
