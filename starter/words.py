"""Labels and sentences, Chinese and English; the domain knows codes and details only.

The catalogues are gettext files, read as they lie in the tree: a fresh clone speaks both languages without a build
step. The English file is a catalogue too, for a message's id is its place (`refusal.task_admission.wrong_phase`).
"""

import os
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Final, Literal, cast

from babel.messages.pofile import read_po
from pydantic import JsonValue

from domain.kernel.errors import BadInput

Language = Literal["zh", "en"]
LANGUAGES: Final[tuple[Language, ...]] = ("zh", "en")
KERNEL: Final = "kernel"
"""Where the words stand that every process shares."""
_LOCALE: Final = Path(__file__).parent / "locale"
_NAMED: Final = {
    "role": "role",
    "roles": "role",
    "to_role": "role",
    "limit": "deadline",
    "phase": "phase",
    "command": "command",
    "process": "process",
    "why": "why",
}
"""Details that are names of the domain, and where their labels stand."""


@cache
def catalogue(language: Language) -> Mapping[str, str]:
    """Read one language's messages, by id."""
    with (_LOCALE / language / "LC_MESSAGES" / "mandate.po").open("rb") as file:
        messages = read_po(file, locale=language, abort_invalid=True)
    return {str(each.id): str(each.string) for each in messages if each.id and each.string}


def own_language() -> Language:
    """Choose by the environment, as other programs do."""
    named = (os.environ.get(name, "") for name in ("MANDATE_LANG", "LC_ALL", "LC_MESSAGES", "LANG"))
    return "zh" if next((each for each in named if each), "").lower().startswith("zh") else "en"


class Words:
    """One language."""

    def __init__(self, language: Language) -> None:
        self.language = language
        self._messages = catalogue(language)

    def label(self, kind: str, name: str, process: str | None = None) -> str:
        """Name a thing of the domain for a reader: its own process's word, else the shared one, else the bare name.

        One of several of a family (`funds/2`) is named by the family's word and its number.

        Args:
            kind: `process`, `phase`, `command`, `deadline`, `role`, `notice`, `state`, `kind`, `outcome`, `column`.
        """
        family, _, number = name.partition("/")
        places = (f"{kind}.{process}.{family}", f"{kind}.{KERNEL}.{family}", f"{kind}.{family}")
        word = next((self._messages[each] for each in places if each in self._messages), None)
        if word is None:
            return name
        return f"{word} {number}" if number else word

    def refusal(self, code: str, details: Mapping[str, JsonValue]) -> str:
        """Write the sentence of a refusal or a warning, its details filled in; a bare code where there is no word."""
        process, _, reason = code.partition(".")
        for place in (f"refusal.{code}", f"refusal.{KERNEL}.{reason}"):
            if place in self._messages:
                return self._filled(self._messages[place], details, process)
        return code

    def bad_input(self, error: BadInput) -> str:
        """Write the sentence about what is no command.

        What was expected is said in the reader's language where it has words: for the very sentence, for the form of
        text that was asked for, or for the kind of mistake; else as it was said.
        """
        kinds = (error.expected, str(error.details.get("pattern", "")), error.defect)
        said = next((self._messages[f"defect.{each}"] for each in kinds if f"defect.{each}" in self._messages), None)
        expected = (
            error.expected if said is None else self._filled(said, {**error.details, "said": error.expected}, KERNEL)
        )
        what = self.label("value", "none") if error.defect == "missing" else error.what
        message = "bad_input" if error.where else "bad_input_somewhere"
        return self.say(message, where=error.where, what=what, expected=expected)

    def say(self, message: str, /, **details: JsonValue) -> str:
        """Write one of the command line's own sentences.

        Raises:
            KeyError: There is no such sentence: a bug.
        """
        return self._filled(self._messages[f"say.{message}"], details, KERNEL)

    def _filled(self, sentence: str, details: Mapping[str, JsonValue], process: str) -> str:
        shown = {key: self._shown(key, value, process) for key, value in details.items()}
        return sentence.format_map(_Lenient(shown))

    def _shown(self, key: str, value: JsonValue, process: str) -> str:
        if isinstance(value, list):
            comma = "、" if self.language == "zh" else ", "
            return comma.join(self._shown(key, each, process) for each in value)
        if key.endswith("_fen") and isinstance(value, int):
            return yuan(value)
        if key in _NAMED and isinstance(value, str):
            return self.label(_NAMED[key], value, process)
        if value is None or isinstance(value, bool):
            return self.label("value", {None: "none", True: "yes", False: "no"}[value])
        return str(value)


def yuan(fen: int) -> str:
    """Write whole fen as yuan: `¥1,234.50`."""
    sign = "-" if fen < 0 else ""
    return f"{sign}¥{abs(fen) // 100:,}.{abs(fen) % 100:02d}"


class _Lenient(dict[str, str]):
    """A sentence older than a detail, or newer, still reads."""

    def __missing__(self, key: str) -> str:
        return cast("str", "—")
