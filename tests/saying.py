"""What is worth saying with a command on a random walk: mostly what carries a case on, sometimes a thing otherwise."""

from collections.abc import Callable, Sequence
from random import Random
from typing import Any

from domain.kernel.messages import Command

Words = Callable[[Random], Command]
"""A command's words, by chance."""


def one_of(*options: Command) -> Words:
    """Say one of several things."""
    return lambda chance: chance.choice(options)


def otherwise(say: Callable[..., Command], **other: Sequence[Any]) -> Words:
    """Say it as it carries the case on, or every second time one thing otherwise."""

    def by_chance(chance: Random) -> Command:
        name = chance.choice(sorted(other))
        return say(**{name: chance.choice(other[name])}) if chance.randrange(2) else say()

    return by_chance


def any_of(say: Callable[..., Command], **of: Sequence[Any]) -> Words:
    """Draw every field on its own."""
    return lambda chance: say(**{name: chance.choice(values) for name, values in of.items()})
