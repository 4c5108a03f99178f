"""A register as a fact: the published versions of a list, the calendar years, a policy pack."""

import operator
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from typing import Annotated, Final, Literal

from pydantic import Field

from domain.kernel.calendar import Calendar
from domain.kernel.facts import Need
from domain.kernel.messages import Code, Record, Text
from domain.kernel.policy import Pack


class ListEntry(Record):
    """One entry of a list or catalogue.

    Attributes:
        id: Its number in the list (`A-12`), stable over versions.
        matter: The matter it is about, in the tenant's words for matters; an application is matched by it.
        held_by: Kinds of organisation whose own duty it is (power and duty list), empty for any.
        assistance_allowed: Whether a law lets a community assist with it.
        tests: Traits of an application that make it fall under this entry (`target`, `plaque`, `seal` …).
        source: The clause it rests on.
        owner: Who answers for it: a body, or a kind of body.
        funding: The rule by which it is paid for.
    """

    id: Code
    matter: Code
    title: Text
    held_by: tuple[Code, ...] = ()
    assistance_allowed: bool = False
    tests: tuple[Code, ...] = ()
    category: Code | None = None
    source: Text
    # Left out where they are empty: what was published before is compared with what is said today to the letter.
    owner: Annotated[Code | None, Field(exclude_if=operator.not_)] = None
    funding: Annotated[Text | None, Field(exclude_if=operator.not_)] = None


class ListContent(Record):
    """A list or catalogue, whole, as it is proposed and published; both days are inclusive."""

    kind: Literal["list"] = "list"
    title: Text
    valid_from: date
    valid_to: date | None = None
    source: Text
    entries: tuple[ListEntry, ...]

    @property
    def digest(self) -> str:
        """SHA-256 of every word of it, in hex."""
        return sha256(self.model_dump_json().encode()).hexdigest()


class ListVersion(Record):
    """A list as published: `number` counts from 1; both days are inclusive; `corrects` is the number it replaces."""

    number: int
    published_on: date
    valid_from: date
    valid_to: date | None = None
    source: Text
    entries: tuple[ListEntry, ...]
    corrects: int | None = None


class PublishedList(Record):
    """Every version of one list that has been published by now."""

    name: Code
    title: Text
    versions: tuple[ListVersion, ...]

    def in_force_on(self, day: date, published_by: date) -> ListVersion | None:
        """Find the version that governs *day*, among those published on or before *published_by*.

        Of several that cover the day the one published last governs; a corrected version no longer does, and its
        correction stands in its place, not at the end.
        """
        known = {each.number: each for each in self.versions if each.published_on <= published_by}
        corrected = {each.corrects for each in known.values()}
        governing = [
            each
            for each in known.values()
            if each.number not in corrected
            and each.valid_from <= day
            and (each.valid_to is None or day <= each.valid_to)
        ]
        return max(governing, key=self._place, default=None)

    def _place(self, version: ListVersion) -> int:
        by_number = {each.number: each for each in self.versions}
        while version.corrects is not None:
            version = by_number[version.corrects]
        return version.number


def entry_key(register: str, matter: str) -> str:
    """Name the key by which a case is found that relies on what a list says of a matter."""
    return f"list:{register}/{matter}"


def approved_key(register: str, after: int, content: ListContent, corrects: int | None = None) -> str:
    """Name the key by which the proposal is found in which exactly this text was approved.

    Args:
        after: The version that stood when it was approved, which it follows.
        corrects: The version whose place it takes, if it corrects one.
    """
    return f"list-approved:{register}/{after}/{corrects or 'new'}/{content.digest}"


def standing_key(register: str) -> str:
    """Name the key by which the case is found that keeps the version of a list that stands."""
    return f"list-standing:{register}"


RegisterKind = Literal["list", "calendar", "pack"]
CALENDAR: Final = "calendar"
"""The name of the register that publishes a tenant's working days."""
PACK_PREFIX: Final = "pack-"
"""How the name of a register begins that publishes the policy pack of a jurisdiction."""


def kind_of(register: Code) -> RegisterKind:
    """Say what a register publishes, by its name: every name but two belongs to a list."""
    if register == CALENDAR:
        return "calendar"
    return "pack" if register.startswith(PACK_PREFIX) else "list"


@dataclass(frozen=True)
class ListNamed(Need[PublishedList | None]):
    """A list or catalogue of the tenant by its register name (`assistance_list`)."""

    register: str


@dataclass(frozen=True)
class CalendarInForce(Need[Calendar]):
    """The tenant's working-day calendar with every year published by now."""


@dataclass(frozen=True)
class PacksInForce(Need[tuple[Pack, ...]]):
    """The tenant's stack of policy packs as published by now, the national one first."""
