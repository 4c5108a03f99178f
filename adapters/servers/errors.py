"""What goes wrong with a server on this machine."""

from pathlib import Path

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
