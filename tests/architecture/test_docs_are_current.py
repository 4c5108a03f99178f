"""What is committed under `docs/` is what `make docs` writes, and it leaves out no command and no refusal."""

from datetime import date

import pytest

from audit.corrections import Correction
from docs.build import LIST, PAGES, ROOT, build, correction_table
from docs.reading.refusals import refusals
from docs.writing.markdown import filled, marks
from domain.processes import PROCESSES
from starter.words import KERNEL
from tests.architecture.test_words_are_complete import REFUSALS


def test_what_is_committed_is_what_make_docs_writes():
    stale = [
        path.relative_to(ROOT).as_posix()
        for path, text in build().items()
        if not path.exists() or path.read_text(encoding="utf-8") != text
    ]
    assert stale == [], "run make docs"


@pytest.mark.parametrize("name", sorted(PROCESSES))
def test_every_command_of_a_process_stands_on_its_page(name):
    page = (PAGES / "processes" / f"{name}.md").read_text(encoding="utf-8")
    assert [kind for kind in PROCESSES[name].commands.by_name if f"`{kind}`" not in page] == []


def test_every_refusal_that_the_domain_can_say_is_listed():
    """Those that are found in the source, and those that docstrings promise."""
    page = (PAGES / "refusals.md").read_text(encoding="utf-8")
    listed = {code: f"`{code.replace(f'{KERNEL}.', '<process>.')}`" for code in REFUSALS}
    assert len(listed) > len(PROCESSES)
    assert [code for code, shown in listed.items() if shown not in page] == []


def test_every_refusal_names_its_clause_and_its_place():
    assert [each.code for each in refusals() if not each.clauses or not each.places] == []


def test_a_corrected_defect_is_listed_with_all_that_the_proof_knows_of_it():
    defect = Correction(
        date(2026, 5, 1), "register", "CorrectVersion", "register.not_the_last", "recorded", "L-HOL was misread"
    )
    written = correction_table((defect,))
    assert (
        "| 2026-05-01 | `register` | `CorrectVersion` | `register.not_the_last` | `recorded` | L-HOL was misread |"
        in written
    )


def test_a_page_without_its_place_is_not_passed_over():
    begin, end = marks(LIST)
    assert filled(f"by hand\n{begin}\nold\n{end}\nby hand", LIST, "new") == f"by hand\n{begin}\nnew\n{end}\nby hand"
    with pytest.raises(ValueError, match="add two lines"):
        filled(f"{begin}\nold", LIST, "new")
