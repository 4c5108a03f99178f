"""The national pack with one rule changed."""

from typing import Any

from domain.kernel.policy import Entry, Pack
from tests.domain.task_admission.district import packs


def with_grade(name: str, grade: str) -> Pack:
    """Give the national pack with one rule's grade changed."""
    return with_changed(name, grade=grade)


def with_value(name: str, value: Any) -> Pack:
    """Give the national pack with one rule's value changed."""
    return with_changed(name, value=value)


def with_changed(name: str, **changes: Any) -> Pack:
    """Give the national pack with one rule changed."""
    national = packs()["national"]
    entries = tuple(
        Entry.model_validate(each.model_dump() | changes) if each.name == name else each for each in national.entries
    )
    return Pack.model_validate(national.model_dump() | {"entries": entries})
