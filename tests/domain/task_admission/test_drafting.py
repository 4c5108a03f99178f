"""One case is one item in the checklist of one community (ADMISSION §1)."""

from datetime import date, timedelta

import pytest

from domain.kernel.clock_events import DeadlineClosed, DeadlineKept
from domain.kernel.clocks import Clocks
from domain.kernel.directory import OrganisationNamed
from domain.kernel.errors import BadInput, CorruptHistory, Refused
from domain.kernel.facts import Days, Facts, Known
from domain.kernel.lists import CalendarInForce, PacksInForce
from domain.kernel.messages import Asked, start_of
from domain.kernel.policy import Law
from domain.task_admission.application import ApplicationForm
from domain.task_admission.commands import AmendDraft, DraftApplication, SubmitApplication, WithdrawApplication
from domain.task_admission.decider import TASK_ADMISSION, decide
from domain.task_admission.events import ApplicationDrafted, ApplicationWithdrawn, DraftAmended, ItemClassified
from domain.task_admission.state import Draft, NotOpened, Submitted, evolve, view
from tests.domain.task_admission.district import TODAY, District, a_form, calendar, details, packs, refusal


def test_a_department_drafts_an_application_for_one_community():
    answer = District().answer(DraftApplication(community="harbour"))
    (drafted,) = answer.events
    assert isinstance(drafted, ApplicationDrafted)
    assert (drafted.applicant, drafted.community_kind, answer.after.state.phase) == (
        "health",
        "residents_committee",
        "draft",
    )


def test_the_parties_of_a_draft_are_the_applicant_and_the_committee_by_its_kind():
    shown = District().drafted(community="fields").case.state
    parties = {(each.role, each.organisation) for each in view(shown).parties}
    assert parties == {
        ("delegating_department", "health"),
        ("head_of_department", "health"),
        ("villagers_committee", "fields"),
        ("committee_director", "fields"),
    }


@pytest.mark.parametrize("community", ["nowhere", "elsewhere", "finance"])
def test_an_application_for_a_community_that_is_not_of_the_district_is_refused(community):
    answer = District().answer(DraftApplication(community=community))
    assert refusal(answer) == ("unknown_community", "dossier §4.1")


def test_an_application_for_an_abolished_community_is_refused():
    answer = District().answer(DraftApplication(community="old_quay"))
    assert refusal(answer)[0] == "community_abolished"
    assert details(answer)["last_on"] == "2024-12-31"


def test_a_community_not_yet_founded_cannot_be_asked():
    new = next(each for each in District().organisations if each.id == "harbour")
    founded = new.model_copy(
        update={"id": "new_town", "spell": new.spell.model_copy(update={"first_on": TODAY + timedelta(1)})}
    )
    answer = District(organisations=(*District().organisations, founded)).answer(DraftApplication(community="new_town"))
    assert refusal(answer)[0] == "community_abolished"
    assert details(answer)["last_on"] is None


def test_a_community_abolished_while_the_form_was_written_can_no_longer_be_asked():
    there = District().drafted()
    gone = tuple(
        each.model_copy(update={"spell": each.spell.model_copy(update={"last_on": TODAY})})
        if each.id == "harbour"
        else each
        for each in there.organisations
    )
    late = District(organisations=gone, history=there.history)
    assert refusal(late.answer(SubmitApplication(), on=TODAY + timedelta(1)))[0] == "community_abolished"


def test_a_draft_is_amended_as_a_whole():
    answer = District().drafted(a_form(title=None)).answer(AmendDraft(application=a_form()))
    assert answer.events == (DraftAmended(form=a_form()),)
    assert answer.view.title == a_form().title


def test_amending_a_draft_to_what_it_says_is_nothing_new():
    assert District().drafted().answer(AmendDraft(application=a_form())).answer.outcome == "nothing_new"


def test_a_submitted_form_is_amended_no_more():
    answer = District().submitted().answer(AmendDraft(application=ApplicationForm()))
    assert refusal(answer) == ("wrong_phase", "dossier §4.1")


def test_a_draft_without_a_title_is_shown_under_the_community():
    assert view(District().drafted(ApplicationForm()).case.state).title == "harbour"


def test_a_draft_waits_for_the_applicant_and_has_no_clock():
    there = District().drafted()
    (work,) = view(there.case.state).work
    assert (work.task, work.role, work.organisation, work.since) == (
        "finish_application",
        "delegating_department",
        "health",
        TODAY,
    )
    assert there.case.clocks.lasting() == ()


def test_nobody_but_the_applying_body_withdraws_its_application():
    assert refusal(District().drafted().answer(WithdrawApplication(), by="zhao"))[0] == "not_your_role"


def test_an_applicant_who_left_office_withdraws_nothing():
    there = District().drafted()
    left = tuple(
        each.model_copy(update={"spell": each.spell.model_copy(update={"last_on": TODAY})})
        if each.person == "li"
        else each
        for each in there.seats
    )
    late = District(seats=left, history=there.history)
    assert refusal(late.answer(WithdrawApplication(), on=TODAY + timedelta(1)))[0] == "not_in_office"


def test_a_draft_can_be_withdrawn():
    answer = District().drafted().answer(WithdrawApplication(reason="重复起草"))
    assert answer.events == (ApplicationWithdrawn(reason="重复起草"),)
    assert (answer.after.state.phase, answer.view.title) == ("withdrawn", a_form().title)


def test_a_submitted_application_can_be_withdrawn_and_its_clock_ends():
    answer = District().submitted().answer(WithdrawApplication())
    assert answer.events == (ApplicationWithdrawn(), DeadlineClosed(limit="formal_check"))
    assert answer.view.title == a_form().title
    assert answer.after.clocks.lasting() == ()


def test_a_withdrawn_application_is_closed():
    there = District().submitted()
    closed = there.given(*there.answer(WithdrawApplication()).events)
    assert refusal(closed.answer(SubmitApplication()))[0] == "case_closed"
    assert refusal(closed.answer(WithdrawApplication()))[0] == "case_closed"


def test_only_a_draft_opens_a_case():
    assert refusal(District().answer(SubmitApplication()))[0] == "not_opened"


@pytest.mark.parametrize(
    "state",
    [NotOpened(), Submitted(drafted=District().drafted().history[0], submitted=District().submitted().history[1])],
)
@pytest.mark.parametrize(
    "command", [SubmitApplication(), WithdrawApplication(), AmendDraft(application=ApplicationForm())]
)
def test_what_does_not_fit_the_phase_is_refused(state, command):
    with pytest.raises(Refused) as refused:
        decide(command, state, facts())
    assert refused.value.code == "task_admission.wrong_phase"


def test_a_second_draft_in_one_case_is_refused():
    with pytest.raises(Refused) as refused:
        decide(DraftApplication(community="harbour"), District().drafted().case.state, facts())
    assert refused.value.code == "task_admission.wrong_phase"


def test_who_acts_for_no_organisation_applies_for_none():
    with pytest.raises(Refused) as refused:
        decide(DraftApplication(community="harbour"), NotOpened(), facts())
    assert refused.value.code == "task_admission.not_your_role"


def test_an_event_that_cannot_follow_is_a_corrupt_history():
    classified = District().submitted().history[2]
    assert isinstance(classified, ItemClassified)
    with pytest.raises(CorruptHistory, match="ItemClassified cannot happen in draft"):
        evolve(District().drafted().case.state, classified, 2)


def test_every_state_shows_itself():
    there = District().submitted()
    draft = there.case.state
    handed_in = Submitted(drafted=draft.drafted, submitted=draft.submitted)
    assert view(NotOpened()).phase == "new"
    assert view(handed_in).phase == "submitted"
    assert DeadlineKept(limit="lead_time", on=TODAY) in there.history


def test_a_case_is_read_back_from_its_snapshot():
    case = District().submitted().case
    again = TASK_ADMISSION.from_snapshot(case.tenant, case.id, case.version, TASK_ADMISSION.to_snapshot(case))
    assert again.state == case.state
    assert isinstance(District().drafted().case.state, Draft)


@pytest.mark.parametrize(
    ("body", "where"),
    [
        ({"community": "harbour", "application": {"start_on": "20191—20196月"}}, "application.start_on"),
        ({"community": "harbour", "application": {"start_on": "2026-02-30"}}, "application.start_on"),
        (
            {"community": "harbour", "application": {"workload": {"hours_a_month": -1}}},
            "application.workload.hours_a_month",
        ),
        (
            {"community": "harbour", "application": {"workload": {"hours_a_month": "1.5"}}},
            "application.workload.hours_a_month",
        ),
        ({"community": "harbour", "application": {"funding": {"amount_fen": False}}}, "application.funding.amount_fen"),
        ({"community": "harbour", "application": {"title": " "}}, "application.title"),
        ({"community": "harbour", "application": {"start_on": "2026-06-01", "end_on": "2026-05-31"}}, "application"),
        ({"community": "harbour", "application": {"titel": "x"}}, "application.titel"),
        ({"community": "港"}, "community"),
    ],
)
def test_a_form_that_cannot_be_read_is_bad_input(body, where):
    with pytest.raises(BadInput) as defect:
        TASK_ADMISSION.commands.read("DraftApplication", body)
    assert defect.value.where == where


def facts() -> Facts:
    asked = Asked(
        tenant="zone",
        command_id="c",
        person="li",
        role="delegating_department",
        on=TODAY,
        received_at=start_of(TODAY),
        decided_at=start_of(TODAY),
    )
    harbour = next(each for each in District().organisations if each.id == "harbour")
    values = {
        PacksInForce(): (packs()["national"],),
        CalendarInForce(): calendar(),
        OrganisationNamed("harbour"): harbour,
    }
    return Facts(
        asked, Law((packs()["national"],), Days.all_on(date(2026, 3, 3))), calendar(), Clocks(), Known(values, {})
    )
