"""The one file of this room that imports adapters: it joins the ways in to what they read."""

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Final

from adapters.calendars import read_calendar
from adapters.documents import Document, read_file
from adapters.packs import read_packs
from domain.kernel.calendar import Calendar
from domain.kernel.policy import Pack

POLICY: Final = Path(__file__).parents[1] / "policy"
"""The law as data, as it comes with this version."""


@cache
def load_packs() -> Mapping[str, Pack]:
    """Read the policy packs that come with this version, by name; no server is asked.

    Raises:
        BadInput: A file is wrong; names file and line.
    """
    return read_packs(POLICY)


@cache
def load_calendar() -> Calendar:
    """Read the working days that come with this version; no server is asked.

    Raises:
        BadInput: A file is wrong; names file and line.
    """
    return read_calendar(POLICY / "calendars")


def read_document(path: Path) -> Document:
    """Read a YAML or JSON file and remember its lines; what looks like a fraction stays text.

    Raises:
        BadInput: Names the line.
    """
    return read_file(path)
