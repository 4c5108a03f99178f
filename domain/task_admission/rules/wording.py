"""Orders and targets in the text of an application.

A number in a text may describe ("约300户") or command ("完成300户"): it is refused only with a verb that obliges or
with a rate of completion, and the refusal points to the field that is made for numbers.

Source:
    S2-04; ADMISSION §8 item 8.
"""

import re
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Final
from unicodedata import normalize

from domain.kernel.facts import Facts
from domain.kernel.messages import Warned
from domain.kernel.policy import Reading
from domain.task_admission.application import Application
from domain.task_admission.rules.parameters import COMPLETION_RATES, OBLIGING_VERBS, ORDERING_WORDS

CODE: Final = "task_admission.target_in_text"
TEXTS: Final = ("title", "description", "authority", "people", "equipment")
"""The fields in which people write sentences."""
_NOT_DENIED: Final = "(?<![不无未得])"
"""What is not asked ("不下指标") is no order."""
_NUMBER: Final = "(?:[0-9]+(?:[.][0-9]+)?|[〇零一二三四五六七八九十百千万两]{2,}|[二三四五六七八九十百千万两])"
"""A lone 一 counts nothing: 一户一档 is a way of working."""
_UNIT: Final = r"[余多]?(?:[户件人次份例起场个名条篇家]|%|‰|成以上|万元)"
_SHARE: Final = r"(?:[0-9]+(?:\.[0-9]+)?%|百分之[〇零一二三四五六七八九十百]+)"
_BETWEEN: Final = r"[^\s,。;:!?、0-9〇零二三四五六七八九十百千万两]{0,8}"
"""What may stand between a verb and its number: the same clause, and no other number."""


def check_wording(application: Application, facts: Facts) -> tuple[Warned, ...]:
    """Let no text of the form order anything or set a target.

    Raises:
        Refused: `task_admission.target_in_text`.
    """
    texts = {field: getattr(application, field) or "" for field in TEXTS}
    return tuple(
        rule.breach(CODE, field=field, found=found, belongs_in="workload")
        for rule, field, found in orders_in(texts, facts)
    )


def orders_in(texts: Mapping[str, str], facts: Facts) -> Iterator[tuple[Reading[tuple[str, ...]], str, str]]:
    """Give what orders something or sets a target: the rule, the text's name, the words that were found."""
    rules = (
        (facts.law[ORDERING_WORDS], _ordered),
        (facts.law[OBLIGING_VERBS], _obliged),
        (facts.law[COMPLETION_RATES], _rated),
    )
    for rule, pattern in rules:
        for field, text in texts.items():
            found = pattern(rule.value).search(normalize("NFKC", text).replace(" ", ""))
            if found is not None:
                yield rule, field, found.group()


@cache
def _ordered(words: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile(_any_of(words))


@cache
def _obliged(verbs: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile(_any_of(verbs) + _BETWEEN + _NUMBER + _UNIT)


@cache
def _rated(rates: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile(_any_of(rates) + _BETWEEN + _SHARE)


def _any_of(words: tuple[str, ...]) -> str:
    if not words:
        return r"(?!)"
    return _NOT_DENIED + "(?:" + "|".join(re.escape(normalize("NFKC", word)) for word in words) + ")"
