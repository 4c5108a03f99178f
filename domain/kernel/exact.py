"""Numbers that lose nothing: read from integers and decimal text, written back without trailing zeros."""

from fractions import Fraction
from re import compile as pattern
from typing import Annotated, Final

from pydantic import BeforeValidator, PlainSerializer

_EXACT: Final = pattern(r"-?([0-9]{1,30}(\.[0-9]{1,30})?|\.[0-9]{1,30}|[0-9]{1,30}/[1-9][0-9]{0,29})")


def exact_number(value: object) -> Fraction:
    """Read a number that must not lose anything: an integer, or text like `8`, `0.08`, `2/3`.

    Raises:
        ValueError: It is something else; a float, too.
    """
    if isinstance(value, Fraction):
        return value
    if isinstance(value, int) and not isinstance(value, bool):
        return Fraction(value)
    if isinstance(value, str) and _EXACT.fullmatch(value):
        return Fraction(value)
    message = "a number, as 8, 0.08 or 2/3"
    raise ValueError(message)


def decimal_text(exact: Fraction) -> str:
    """Write an exact number as a decimal without trailing zeros, or as a fraction where no decimal is exact."""
    twos = fives = 0
    left = exact.denominator
    while left % 2 == 0:
        left, twos = left // 2, twos + 1
    while left % 5 == 0:
        left, fives = left // 5, fives + 1
    if left != 1:
        return str(exact)
    places = max(twos, fives)
    digits = str(abs(exact.numerator) * 10**places // exact.denominator).zfill(places + 1)
    whole, fraction = digits[: len(digits) - places], digits[len(digits) - places :]
    return f"{'-' if exact < 0 else ''}{whole}{'.' if fraction else ''}{fraction}"


Exact = Annotated[Fraction, BeforeValidator(exact_number), PlainSerializer(decimal_text)]
"""An exact number, written as an integer or a decimal string, never a float."""
