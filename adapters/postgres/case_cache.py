"""What a worker holds in memory: cases with the heads of their chains. The write checks that they are still current."""

from collections import OrderedDict
from dataclasses import dataclass
from typing import Any

from adapters.postgres.read_models import NO_ROWS, Rows
from domain.kernel.chain import GENESIS
from domain.kernel.decision import Case


@dataclass(frozen=True, slots=True)
class Held:
    """A case as it was last seen here.

    Attributes:
        hash: The end of its chain of events.
        command_count: How many commands have been answered, refused ones too.
        command_hash: The end of its chain of commands.
        rows: What its read models show.
        stored_version: At which version its state is stored; 0 where it must be stored anew.
    """

    case: Case[Any]
    hash: bytes = GENESIS
    command_count: int = 0
    command_hash: bytes = GENESIS
    rows: Rows = NO_ROWS
    stored_version: int = 0


class CaseCache:
    """The cases used last, at most *capacity* of them."""

    def __init__(self, capacity: int) -> None:
        self._capacity = capacity
        self._held: OrderedDict[str, Held] = OrderedDict()

    def __len__(self) -> int:
        return len(self._held)

    def get(self, stream_id: str) -> Held | None:
        """Give what is held of a stream."""
        held = self._held.get(stream_id)
        if held is not None:
            self._held.move_to_end(stream_id)
        return held

    def put(self, held: Held) -> None:
        """Hold this version of a case; the one unused longest makes room."""
        self._held[held.case.id] = held
        self._held.move_to_end(held.case.id)
        if len(self._held) > self._capacity:
            self._held.popitem(last=False)

    def drop(self, stream_id: str) -> None:
        """Forget a stream of which it is no longer known where it stands."""
        self._held.pop(stream_id, None)
