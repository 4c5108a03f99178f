from typing import ClassVar, Literal

from domain.kernel.messages import Command, Text


class LapseMending(Command):
    asked_by: ClassVar[frozenset[str]] = frozenset({"schedule"})


class Hear(Command):
    asked_by: ClassVar[frozenset[str]] = frozenset({"clerk"})


class Speak(Command):
    asked_by: ClassVar[frozenset[str]] = frozenset({"neighbour"})
    view: Literal["for", "against"]
    reasons: Text | None = None


class Tell(Command):
    asked_by: ClassVar[frozenset[str]] = frozenset({"linked_case"})
    what: Text


class Grant(Command):
    asked_by: ClassVar[frozenset[str]] = frozenset({"clerk", "judge"})
