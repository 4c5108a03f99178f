"""No office, plaque, responsibility letter, or seal for others' liability (S2-09, S2-10, S2-11, S2-14; dossier §8)."""

import pytest

from domain.task_admission.application import Attachment, Demand, LegalBasis
from domain.task_admission.commands import SubmitApplication
from tests.domain.task_admission.district import District, a_form

LAW = LegalBasis(instrument="L-RC25", article="9")


def classified(form):
    return District().drafted(form).answer(SubmitApplication()).events[1]


@pytest.mark.parametrize(
    ("what", "number", "source"),
    [
        ("office", "P-03", "S2-09"),
        ("plaque", "P-04", "S2-10"),
        ("responsibility_letter", "P-05", "S2-11"),
        ("seal", "P-06", "S2-14"),
        ("responsible_subject", "P-02", "X-136"),
    ],
)
def test_what_the_list_forbids_to_ask_of_a_community_is_found_by_what_the_item_asks(what, number, source):
    found = classified(a_form(demands=(Demand(what=what),)))
    assert found.route == "reject:prohibited"
    assert [(each.reason, each.cited.entry, each.source) for each in found.reasons] == [
        (f"trait:{what}", number, source)
    ]


def test_a_responsibility_letter_cannot_come_in_as_an_attachment():
    letter = Attachment(kind="responsibility_letter", title="目标责任书", sha256="0" * 64)
    assert classified(a_form(attachments=(letter,))).route == "reject:prohibited"


def test_another_attachment_changes_nothing():
    paper = Attachment(kind="budget_approval", title="预算批复", sha256="0" * 64)
    assert classified(a_form(attachments=(paper,))).route == "off_list"


def test_an_office_that_a_law_in_force_provides_for_is_not_forbidden():
    assert classified(a_form(demands=(Demand(what="office", law=LAW),))).route == "off_list"


def test_a_repealed_law_provides_for_no_office():
    repealed = LegalBasis(instrument="L-RC18", article="13")
    assert classified(a_form(demands=(Demand(what="office", law=repealed),))).route == "reject:prohibited"


def test_a_law_helps_an_office_and_no_plaque():
    assert classified(a_form(demands=(Demand(what="plaque", law=LAW),))).route == "reject:prohibited"


def test_what_the_list_does_not_name_is_not_forbidden():
    assert classified(a_form(demands=(Demand(what="screenshot"),))).route == "off_list"
