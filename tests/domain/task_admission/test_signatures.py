"""Both legal representatives sign the same text, themselves or by written proxy (S2-08; L-RC25:12; ADMISSION §5)."""

from dataclasses import replace
from datetime import date

import pytest

from domain.kernel.clock_events import DeadlineKept, DeadlineSet
from domain.kernel.errors import BadInput
from domain.kernel.messages import body_of
from domain.task_admission.decider import TASK_ADMISSION
from domain.task_admission.events import AgreementSigned, AgreementSignedBy
from domain.task_admission.state import AgreementPending, FundsPending, view
from tests.domain.task_admission.district import START, details, refusal, seat
from tests.domain.task_admission.main_line import END, SIGNED_ON, TEXT, after, agreed, approved, reviewed, sign
from tests.domain.task_admission.signing import answer, proxy_of, signed_by_department

OTHER_TEXT = "b" * 64
YESTERDAY = date(2026, 3, 19)


def with_seats(*seats):
    there = approved()
    return replace(there, seats=(*there.seats, *seats))


# --- one side, the other side
def test_the_first_signature_waits_for_the_second():
    answered = answer()
    (signed,) = answered.events
    assert isinstance(signed, AgreementSignedBy)
    assert (signed.side, signed.by, signed.text_sha256, signed.proxy) == ("department", "chen", TEXT, None)
    assert isinstance(answered.after.state, AgreementPending)
    assert "signature" in answered.after.clocks


def test_with_the_second_the_agreement_holds_and_each_payment_gets_its_day():
    answered = answer(signed_by_department(), by="wu")
    signed, kept, due, start, end = answered.events
    assert isinstance(signed, AgreementSigned)
    assert (signed.side, signed.by) == ("community", "wu")
    assert kept == DeadlineKept(limit="signature", on=SIGNED_ON)
    assert isinstance(due, DeadlineSet)
    assert (due.limit, due.deadline.due_on, due.owner) == ("funds/1", START, "finance_bureau")
    assert (start.limit, start.deadline.due_on, start.deadline.kind) == ("start", START, "date")
    assert (end.limit, end.deadline.due_on, end.deadline.kind) == ("term_end", END, "date")
    assert isinstance(answered.after.state, FundsPending)


def test_the_community_may_be_the_first_to_sign():
    first = after(approved(), sign(), "wu", SIGNED_ON)
    assert answer(first, by="chen").after.state.phase == "funds_pending"


def test_who_has_not_signed_has_it_as_his_work():
    tasks = {(each.task, each.organisation) for each in view(signed_by_department().case.state).work}
    assert ("sign_agreement", "harbour") in tasks
    assert ("sign_agreement", "health") not in tasks


def test_signing_the_same_again_is_nothing_new():
    assert answer(signed_by_department()).answer.outcome == "nothing_new"
    assert answer(agreed()).answer.outcome == "nothing_new"
    assert answer(agreed(), by="wu").answer.outcome == "nothing_new"
    assert refusal(answer(agreed(), text=OTHER_TEXT))[0] == "wrong_phase"


def test_before_the_decision_there_is_nothing_to_sign():
    assert refusal(answer(reviewed()))[0] == "wrong_phase"


# --- the same text
def test_the_other_side_signs_the_very_text():
    answered = answer(signed_by_department(), by="wu", text=OTHER_TEXT)
    assert refusal(answered) == ("texts_differ", "S2-08, dossier §4.1")
    assert details(answered)["signed_by_other"] == TEXT


def test_the_same_paper_with_other_contents_is_another_text():
    answered = answer(signed_by_department(), by="wu", disputes="由街道裁定。")
    assert refusal(answered)[0] == "texts_differ"


def test_a_side_may_sign_another_text_as_long_as_the_other_has_not_signed():
    there = after(signed_by_department(), sign(OTHER_TEXT), "chen", SIGNED_ON)
    assert [each.text_sha256 for each in there.case.state.signatures] == [OTHER_TEXT]
    assert refusal(answer(there, by="wu"))[0] == "texts_differ"
    assert answer(there, by="wu", text=OTHER_TEXT).after.state.phase == "funds_pending"


@pytest.mark.parametrize("digest", ["", "a" * 63, "A" * 64, "g" * 64])
def test_a_digest_that_is_none_is_bad_input(digest):
    body = body_of(sign()) | {"text_sha256": digest}
    with pytest.raises(BadInput) as defect:
        TASK_ADMISSION.commands.read("SignAgreement", body)
    assert defect.value.where == "text_sha256"


# --- who may sign
@pytest.mark.parametrize(("by", "organisation"), [("li", "health"), ("ji", "harbour")])
def test_a_clerk_without_a_proxy_signs_for_nobody(by, organisation):
    answered = answer(by=by)
    assert refusal(answered) == ("not_authorised_to_sign", "L-RC25:12")
    assert details(answered) == {"why": "no_representative", "person": by, "organisation": organisation}


@pytest.mark.parametrize(("by", "principal"), [("li", "chen"), ("ji", "wu")])
def test_with_a_written_proxy_of_the_legal_representative_he_does(by, principal):
    (signed,) = answer(by=by, proxy=proxy_of(principal)).events
    assert (signed.by, signed.proxy.principal) == (by, principal)


@pytest.mark.parametrize(
    ("by", "principal"), [("li", "li"), ("li", "wu"), ("ji", "chen"), ("ji", "deng"), ("ji", "nobody")]
)
def test_a_proxy_of_somebody_who_does_not_represent_this_side_is_none(by, principal):
    answered = answer(by=by, proxy=proxy_of(principal))
    assert refusal(answered)[0] == "not_authorised_to_sign"
    assert details(answered)["why"] == "proxy_of_no_representative"


@pytest.mark.parametrize(("given_on", "outcome"), [(SIGNED_ON, "recorded"), (date(2026, 3, 21), "refused")])
def test_a_proxy_was_given_by_the_day_it_is_used(given_on, outcome):
    assert answer(by="li", proxy=proxy_of("chen", given_on)).answer.outcome == outcome


@pytest.mark.parametrize(("last_on", "outcome"), [(SIGNED_ON, "recorded"), (YESTERDAY, "refused")])
def test_a_proxy_ends_with_the_office_of_who_gave_it(last_on, outcome):
    there = with_seats(seat("qian", "harbour", "committee_director", last_on=last_on))
    assert answer(there, by="ji", proxy=proxy_of("qian", date(2026, 3, 1))).answer.outcome == outcome


@pytest.mark.parametrize(("given_on", "outcome"), [(date(2026, 3, 1), "recorded"), (date(2026, 2, 28), "refused")])
def test_nobody_gives_a_proxy_before_he_is_in_office(given_on, outcome):
    since = seat("qian", "harbour", "committee_director")
    since = since.model_copy(update={"spell": since.spell.model_copy(update={"first_on": date(2026, 3, 1)})})
    assert answer(with_seats(since), by="ji", proxy=proxy_of("qian", given_on)).answer.outcome == outcome


@pytest.mark.parametrize(("last_on", "code"), [(SIGNED_ON, None), (YESTERDAY, "not_in_office")])
def test_a_director_whose_office_ended_yesterday_signs_no_more(last_on, code):
    answered = answer(with_seats(seat("qian", "harbour", "committee_director", last_on=last_on)), by="qian")
    assert (answered.answer.refusal and refusal(answered)[0]) == code


@pytest.mark.parametrize("by", ["wang", "zhou", "feng", "deng", "he"])
def test_a_stranger_to_both_sides_signs_nothing(by):
    assert refusal(answer(by=by))[0] == "not_your_role"


# --- one side only
def test_nobody_signs_for_both_sides():
    there = signed_by_department()
    moved = (*(each for each in there.seats if each.person != "chen"), seat("chen", "harbour", "committee_director"))
    answered = answer(replace(there, seats=moved), by="chen")
    assert refusal(answered) == ("substitute_needed", "S3-17, dossier §3.1")


def test_nor_by_proxy_of_the_other_sides_people():
    joint = seat("wu", "health", "head_of_department")
    there = with_seats(joint)
    department = after(there, sign(proxy=proxy_of("wu")), "li", SIGNED_ON)
    answered = answer(department, by="wu")
    assert refusal(answered)[0] == "substitute_needed"


def test_who_decided_does_not_sign_by_proxy():
    joint = seat("zhou", "harbour", "residents_committee")
    answered = answer(with_seats(joint), by="zhou", proxy=proxy_of("wu"))
    assert refusal(answered)[0] == "substitute_needed"
