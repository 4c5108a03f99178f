"""The dossier's worked numbers (§6.1-6.6), as a district would test its pack."""

from datetime import date
from pathlib import Path

import pytest

from starter.joins import load_calendar, load_packs, read_document
from starter.policy_tests import run

VECTORS = Path(__file__).parents[3] / "examples" / "policy" / "dossier.yaml"
DOCUMENT = read_document(VECTORS)


def test_every_worked_number_of_the_dossier_is_the_answer():
    count, failures = run(DOCUMENT, load_packs(), load_calendar(), today=date(2026, 11, 24))
    assert [str(each) for each in failures] == []
    assert count == len(DOCUMENT.value) > 190


@pytest.mark.parametrize("tag", ["S1", "S7", "Q1", "Q4", "C1", "C7", "G1", "B1", "P8", "E7, E8", "T1", "T22"])
def test_no_family_of_vectors_has_been_left_out(tag):
    assert f"TV-{tag}" in VECTORS.read_text(encoding="utf-8")
