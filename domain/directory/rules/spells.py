"""Stretches of days: when one is lawful, when two meet, how one ends."""

from datetime import date, timedelta
from typing import TypeVar

from pydantic import JsonValue

from domain.kernel.directory import Organisation, Seat, Spell, Tie
from domain.kernel.errors import Refused

Entry = TypeVar("Entry", Organisation, Seat, Tie)
DIRECTORY = "dossier §3.1"
PAST = "dossier §0.3 item 3"


def check_spell(spell: Spell, **where: JsonValue) -> None:
    """Let nothing end before it begins.

    Args:
        where: What the refusal names: the entry and its row.

    Raises:
        Refused: `directory.ends_before_it_begins`.
    """
    if spell.last_on is not None and spell.last_on < spell.first_on:
        raise Refused("directory.ends_before_it_begins", DIRECTORY, **where, **_days(spell))


def meet(one: Spell, other: Spell) -> bool:
    """Say whether two stretches share a day."""
    return _begins_in_time(one, other) and _begins_in_time(other, one)


def lies_within(inner: Spell, outer: Spell) -> bool:
    """Say whether *inner* lies in *outer*; one without end lies only in one without end."""
    if outer.last_on is None:
        return outer.first_on <= inner.first_on
    return outer.first_on <= inner.first_on and inner.last_on is not None and inner.last_on <= outer.last_on


def outlasts(spell: Spell, day: date) -> bool:
    """Say whether it goes on after *day*."""
    return spell.last_on is None or spell.last_on > day


def ended(entry: Entry, last_on: date) -> Entry:
    """Give an entry with its last day; one that had not begun by then never holds, and ends on the eve of its first."""
    last = max(last_on, entry.spell.first_on - timedelta(days=1))
    return entry.model_copy(update={"spell": Spell(first_on=entry.spell.first_on, last_on=last)})


def check_end(spell: Spell, last_on: date, acted_on: date, **where: JsonValue) -> None:
    """Let an entry end on a day of its own, and not before the eve of the act: people have relied on what stood there.

    Raises:
        Refused: `directory.ends_before_it_begins`, `directory.has_ended`, `directory.changes_the_past`.
    """
    check_spell(Spell(first_on=spell.first_on, last_on=last_on), **where)
    if spell.last_on is not None and spell.last_on < last_on:
        raise Refused("directory.has_ended", DIRECTORY, **where, **_days(spell))
    if last_on < acted_on - timedelta(days=1):
        days = {"last_on": last_on.isoformat(), "on": acted_on.isoformat()}
        raise Refused("directory.changes_the_past", PAST, **where, **days)


def _begins_in_time(one: Spell, other: Spell) -> bool:
    return other.last_on is None or one.first_on <= other.last_on


def _days(spell: Spell) -> dict[str, JsonValue]:
    return {
        "first_on": spell.first_on.isoformat(),
        "last_on": None if spell.last_on is None else spell.last_on.isoformat(),
    }
