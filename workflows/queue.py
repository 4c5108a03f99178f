"""What waits to be decided in a case, in the order of the law's instants. Pure: it reads no clock."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Final

from activities.requests import Standing, WakeUpDue
from domain.kernel.envelope import Envelope
from domain.kernel.set_aside import SetCommandAside

_CLOCKS_DIFFER: Final = timedelta(minutes=1)
"""How far the clock of a way in is believed when it is ahead of the server's."""


class Queue:
    """What waits to be decided, in the order of the law's instants."""

    def __init__(self, commands: Iterable[Envelope] = (), rung: Iterable[str] = ()) -> None:
        self._commands = list(commands)
        self._wake_ups: tuple[WakeUpDue, ...] = ()
        self._rung = set(rung)

    @property
    def commands(self) -> tuple[Envelope, ...]:
        """Every command not yet decided, as they came in."""
        return tuple(self._commands)

    @property
    def rung(self) -> tuple[str, ...]:
        """The ids of wake-ups that were decided and are still listed, in one order whatever the process's hash seed."""
        return tuple(sorted(self._rung))

    @property
    def next_wake_up(self) -> WakeUpDue | None:
        """The earliest wake-up that was not decided yet."""
        return next((each for each in self._wake_ups if each.id not in self._rung), None)

    def put(self, command: Envelope) -> None:
        """Add a command; one sent twice is decided twice, and answered alike."""
        self._commands.append(command)

    def follow(self, standing: Standing) -> None:
        """Wait for what the record lists now."""
        self._wake_ups = tuple(sorted(standing.wake_ups, key=lambda each: (each.at, each.id)))
        self._rung &= {each.id for each in self._wake_ups}

    def has_due(self, now: datetime) -> bool:
        """Say whether `first` would give something."""
        wake_up = self.next_wake_up
        return bool(self._commands) or (wake_up is not None and wake_up.at <= now)

    def first(self, now: datetime) -> Envelope | WakeUpDue | None:
        """Give what has the smallest instant, without taking it out: a wake-up goes first on a tie.

        A command that came in after a limit finds the limit passed, also when the timer is late.
        """
        command = min(self._commands, key=lambda each: each.received_at, default=None)
        wake_up = self.next_wake_up
        if wake_up is None:
            return command
        if command is None:
            return wake_up if wake_up.at <= now else None
        reached = max(now, min(command.received_at, now + _CLOCKS_DIFFER))
        return wake_up if wake_up.at <= min(command.received_at, reached) else command

    def done(self, item: Envelope | WakeUpDue) -> None:
        """Take out what has been decided."""
        if isinstance(item, WakeUpDue):
            self._rung.add(item.id)
        else:
            self._commands = [each for each in self._commands if each is not item]

    def set_aside_of(self, command_id: str) -> Envelope | None:
        """Find an operator's wish to set this command aside."""
        return next((each for each in self._commands if _sets_aside(each, command_id)), None)


def _sets_aside(command: Envelope, command_id: str) -> bool:
    return command.kind == SetCommandAside.__name__ and command.body.get("command") == command_id
