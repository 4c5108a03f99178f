"""Money as integer fen: exact on the way, rounded once, at the end."""

from collections.abc import Sequence
from fractions import Fraction
from itertools import repeat
from typing import Annotated, Final

from pydantic import Field, Strict

MAX_FEN: Final = 2**53 - 1
"""The largest integer that JSON carries exactly everywhere; some 90 trillion yuan."""
FEN_IN_YUAN: Final = 100

Fen = Annotated[int, Strict(), Field(ge=0, le=MAX_FEN)]
"""An amount of money, in fen. No bool, no float, no text; zero is lawful only where a rule allows it."""
FenMoved = Annotated[int, Strict(), Field(ge=-MAX_FEN, le=MAX_FEN)]
"""What a posting adds to an account or takes from it, in fen."""


def round_half_up(exact: Fraction) -> int:
    """Round to a whole number, a half away from zero.

    To be called once, on the last exact figure; factors stay fractions until then.

    Source:
        Dossier §3.3.
    """
    whole, left = divmod(abs(exact), 1)
    rounded = whole + (1 if left >= Fraction(1, 2) else 0)
    return rounded if exact >= 0 else -rounded


def round_up(exact: Fraction) -> int:
    """Round a lower bound (不少于) to the next whole number that keeps it."""
    return -((-exact) // 1)


def allocate(total: int, weights: Sequence[int | Fraction]) -> tuple[int, ...]:
    """Share *total* fen by *weights* so that the parts make up the whole, by largest remainder.

    Each part lies within a fen of its exact share; of two equal remainders the earlier one is served first.

    Args:
        total: Fen to share, not negative.
        weights: Not negative, not all zero.

    Raises:
        ValueError: Nothing can be shared that way.
    """
    whole = sum(weights, start=Fraction(0))
    if total < 0 or whole <= 0 or any(weight < 0 for weight in weights):
        message = f"cannot share {total} fen by {list(weights)}"
        raise ValueError(message)
    shares = [total * Fraction(weight) / whole for weight in weights]
    parts = [share.numerator // share.denominator for share in shares]
    by_remainder = sorted(range(len(parts)), key=lambda place: (parts[place] - shares[place], place))
    for place, _ in zip(by_remainder, repeat(None, total - sum(parts)), strict=False):
        parts[place] += 1
    return tuple(parts)


def in_yuan(fen: int) -> str:
    """Write fen as yuan with two decimals and thousands apart: `99,166.67`."""
    yuan, left = divmod(abs(fen), FEN_IN_YUAN)
    return f"{'-' if fen < 0 else ''}{yuan:,}.{left:02d}"
