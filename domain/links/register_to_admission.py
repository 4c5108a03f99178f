"""What a changed list asks of the items that rest on one of its entries."""

from collections.abc import Iterator
from typing import Any, Final

from domain.kernel.decision import Decision
from domain.kernel.followups import FollowUp, TellAffected
from domain.kernel.lists import ListEntry, ListVersion, PublishedList, entry_key
from domain.kernel.messages import Event, body_of
from domain.register.events import ListVersionCorrected, ListVersionPublished
from domain.task_admission.commands import RecheckProof
from domain.task_admission.rules.parameters import ASSISTANCE_LIST

RELIED_ON: Final = frozenset({ASSISTANCE_LIST})
"""Lists whose entries a proof rests on; the others are read once, at a decision."""


def register_to_admission(event: Event, decision: Decision[Any]) -> tuple[FollowUp, ...]:
    """Let each item whose entry a publication changes look again at its legs.

    Source:
        ADMISSION §6 (RecheckProof), §7 (the neighbours).
    """
    match event:
        case ListVersionPublished(name=name, version=version) | ListVersionCorrected(name=name, version=version):
            before = decision.before.state.published
            changed = () if before is None or name not in RELIED_ON else _changed(version, before)
            keys = [entry_key(name, matter) for matter in changed]
            if not keys:
                return ()
            body = body_of(RecheckProof(because=f"{name}@{version.number}"))
            return (TellAffected(key=keys[0], also=tuple(keys[1:]), command=RecheckProof.__name__, body=body),)
        case _:
            return ()


def _changed(version: ListVersion, before: PublishedList) -> tuple[str, ...]:
    """Name the matters of which the list says something else from now on, on any day that the version governs."""
    replaced = [*_replaced(version, before)]
    matters = {each.matter for one in (version, *replaced) for each in one.entries}
    return tuple(
        sorted(each for each in matters if any(_says(one, each) != _says(version, each) for one in replaced))
        if all(_ends_no_sooner(version, one) for one in replaced)
        else sorted(matters)
    )


def _replaced(version: ListVersion, before: PublishedList) -> Iterator[ListVersion]:
    """Give what governed until now where the version does from now on, and what it corrects."""
    days = {version.valid_from, *(each.valid_from for each in before.versions if each.valid_from > version.valid_from)}
    governing = (before.in_force_on(day, version.published_on) for day in days)
    corrected = [each for each in before.versions if each.number == version.corrects]
    numbers = {each.number for each in governing if each is not None} | {each.number for each in corrected}
    yield from (each for each in before.versions if each.number in numbers)


def _says(version: ListVersion, matter: str) -> tuple[ListEntry, ...]:
    return tuple(each for each in version.entries if each.matter == matter)


def _ends_no_sooner(version: ListVersion, other: ListVersion) -> bool:
    """Say whether no day is lost by a correction."""
    if version.corrects != other.number:
        return True
    lasts = version.valid_to is None or (other.valid_to is not None and other.valid_to <= version.valid_to)
    return lasts and version.valid_from <= other.valid_from
