from typing import ClassVar

from domain.kernel.messages import Code, Command, Text


class Begin(Command):
    asked_by: ClassVar[frozenset[str]] = frozenset({"asker"})
    what: Text


class HandIn(Command):
    asked_by: ClassVar[frozenset[str]] = frozenset({"asker"})


class AskToMend(Command):
    asked_by: ClassVar[frozenset[str]] = frozenset({"clerk"})
    defects: tuple[Code, ...]


class Mend(Command):
    asked_by: ClassVar[frozenset[str]] = frozenset({"asker"})


class Withdraw(Command):
    asked_by: ClassVar[frozenset[str]] = frozenset({"asker"})
