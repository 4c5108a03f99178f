"""What goes wrong with a server on this machine."""

from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from domain.kernel.errors import Unavailable


class ServerError(Unavailable):
    """A server could not be found, started or stopped; the message says what to do."""


class FolderInUseError(ServerError):
    """Another process works in the folder."""

    def __init__(self, folder: Path, holder: str) -> None:
        super().__init__(folder, holder)  # as given, so that it survives pickling
        self.folder = folder
        self.holder = holder

    def __str__(self) -> str:
        return f"{self.folder} is in use by process {self.holder}: stop that one first, or name another folder"


class PartedError(ServerError):
    """The record and Temporal are not of one time: nobody can say what has happened in between.

    Attributes:
        cases: Where they differ, as far as single cases show it.
        beyond_at: When Temporal was with a record that this one does not hold; empty where it never was.
    """

    def __init__(self, cases: tuple["Parted", ...], beyond_at: str = "") -> None:
        super().__init__(cases, beyond_at)  # as given, so that it survives pickling
        self.cases = cases
        self.beyond_at = beyond_at

    @property
    def older(self) -> Literal["record", "temporal", "both"]:
        """Which half is of an earlier day; both where each knows what the other does not."""
        record = bool(self.beyond_at) or any(each.older == "record" for each in self.cases)
        temporal = any(each.older == "temporal" for each in self.cases)
        return "both" if record and temporal else "record" if record else "temporal"

    def __str__(self) -> str:
        return f"the record and Temporal are not of one time; of an earlier day: {self.older}"


@dataclass(frozen=True, slots=True)
class Parted:
    """One case in which the record and Temporal do not belong together.

    Attributes:
        recorded: The version of the record; 0 where it holds nothing of the case.
        followed: The version that the case's run has followed; nothing where no run of it is open.
    """

    case: str
    older: Literal["record", "temporal"]
    recorded: int
    followed: int | None
