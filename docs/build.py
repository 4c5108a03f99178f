"""Writes the part of the documentation that stands in the code: `make docs`.

Every process's picture and reference, the refusals with their sentences, the corrected defects. Run twice, it changes
nothing; a test holds what is committed against what it would write.
"""

import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Final

from adapters.packs import read_packs
from audit.corrections import CORRECTIONS, Correction
from docs.reading.behaviour import Behaviour
from docs.reading.refusals import EVERY_PROCESS, Refusal, refusals, written
from docs.writing.markdown import NOTHING, coded, filled, lines, table
from docs.writing.picture import draw
from docs.writing.reference import Reference
from docs.writing.shown import EN, diagram
from domain.kernel.lifecycle import Lifecycle
from domain.kernel.packs import Pack
from domain.kernel.process import Process
from domain.processes import PROCESSES
from starter.rehearsal import lifecycles
from starter.words import KERNEL, Language, catalogue

ROOT: Final = Path(__file__).parents[1]
PAGES: Final = ROOT / "docs"
PICTURE: Final = "picture"
REFERENCE: Final = "reference"
LIST: Final = "list"


def build() -> Mapping[Path, str]:
    """Give every file that is written from the code, whole, by its path."""
    packs = read_packs(ROOT / "policy").values()
    made: dict[Path, str] = {}
    for name, process in PROCESSES.items():
        made |= process_pages(process, lifecycles()[name], [*packs])
    lists = {"refusals.md": refusal_tables([*packs]), "corrections.md": correction_table(CORRECTIONS)}
    return made | {PAGES / name: _page(PAGES / name, {LIST: body}) for name, body in lists.items()}


def process_pages(process: Process[Any, Any, Any], lifecycle: Lifecycle, packs: Sequence[Pack]) -> Mapping[Path, str]:
    """Give a process's picture, and its page with the picture and the reference in their places."""
    behaviour = Behaviour(process, lifecycle, packs)
    page, picture = (PAGES / "processes" / f"{process.name}.{kind}" for kind in ("md", "svg"))
    shown = f"![The lifecycle of {EN.label('process', process.name)}]({picture.name})"
    return {
        picture: draw(diagram(behaviour, packs)),
        page: _page(page, {PICTURE: shown, REFERENCE: Reference(behaviour, packs).whole()}),
    }


def refusal_tables(packs: Sequence[Pack]) -> str:
    """Write every refusal code, those of every process first, then by what they belong to."""
    said: list[str] = []
    for process in sorted({each.process for each in refusals()}, key=lambda each: (each != EVERY_PROCESS, each)):
        title = "Every process" if process == EVERY_PROCESS else f"`{process}`"
        rows = [_refusal_row(each, packs) for each in refusals() if each.process == process]
        said += [f"## {title}", table(("code", "中文", "English", "clause", "said in"), rows)]
    return "\n\n".join(said)


def correction_table(corrections: Sequence[Correction]) -> str:
    """Write the corrected defects, in order of their days."""
    if not corrections:
        return "None so far."
    rows = [
        (
            each.corrected_on.isoformat(),
            coded((each.process,)),
            coded((each.command,)),
            coded((each.was,)),
            coded((each.now,)),
            each.why,
        )
        for each in corrections
    ]
    return table(("corrected on", "process", "command", "was answered", "would be answered", "why"), rows)


def _refusal_row(refusal: Refusal, packs: Sequence[Pack]) -> tuple[str, ...]:
    code = refusal.code.replace(EVERY_PROCESS, "<process>")
    places = [f"[{_file(module)}](../{_file(module)}) `{function}`" for module, function in refusal.places]
    warns = " *or warns*" if refusal.may_warn else ""
    clause = written(refusal.clauses, packs)
    return f"`{code}`{warns}", sentence("zh", refusal), sentence("en", refusal), clause, lines(places)


def sentence(language: Language, refusal: Refusal) -> str:
    """Give the sentence of a refusal as the catalogue has it, the places of its details marked."""
    messages = catalogue(language)
    places = (f"refusal.{refusal.code}", f"refusal.{KERNEL}.{refusal.reason}")
    said = next((messages[each] for each in places if each in messages), NOTHING)
    return said.replace("{", "‹").replace("}", "›")


def _file(module: str) -> str:
    path = ROOT / Path(*module.split("."))
    found = path / "__init__.py" if path.is_dir() else path.with_suffix(".py")
    return found.relative_to(ROOT).as_posix()


def _page(page: Path, places: Mapping[str, str]) -> str:
    """Give a page with its places filled; the rest of it is written by hand."""
    try:
        text = page.read_text(encoding="utf-8")
        for place, body in places.items():
            text = filled(text, place, body)
    except (OSError, ValueError) as error:
        sys.exit(f"{page.relative_to(ROOT)}: {error}")
    return text


def main() -> None:
    """Write what differs, and say so."""
    for path, text in build().items():
        if not path.exists() or path.read_text(encoding="utf-8") != text:
            path.write_text(text, encoding="utf-8")
            print(f"wrote {path.relative_to(ROOT)}")


if __name__ == "__main__":
    main()
