"""No second active item with the same basis and scope (S4-35), no data collected twice (S1e-33), no posts (S1e-27)."""

from domain.kernel.facts import CasesHolding
from domain.kernel.messages import body_of
from domain.task_admission.application import DataRequest, LegalBasis
from domain.task_admission.commands import SubmitApplication
from domain.task_admission.decider import needs
from domain.task_admission.state import view
from domain.task_admission.state.view import item_key
from tests.domain.task_admission.changed_packs import with_grade
from tests.domain.task_admission.district import District, a_form, details, refusal


def submit(form, there=None):
    return (there or District()).drafted(form).answer(SubmitApplication())


def test_an_item_that_is_active_in_this_community_is_not_admitted_again():
    answer = submit(a_form(), District(holding=("task-00000000000000aa",)))
    assert refusal(answer) == ("duplicate_item", "S4-35")
    assert details(answer)["cases"] == ["task-00000000000000aa"]


def test_the_same_item_is_the_same_community_provision_and_matter():
    key = item_key("harbour", LegalBasis(instrument="L-RC25", article="10.3"), "elder_meals")
    assert key == "item:harbour:L-RC25:10.3:elder_meals"
    assert CasesHolding(key) in needs(SubmitApplication(), District().drafted().case.state)


def test_an_application_alone_holds_no_key_so_that_a_second_one_may_be_handed_in():
    assert view(District().submitted().case.state).keys == ()


def test_data_that_exist_are_not_asked_for_again_and_where_they_are_is_said():
    form = a_form(data_requests=(DataRequest(dataset="households_with_elderly", what="高龄独居老人名单"),))
    answer = submit(form)
    assert refusal(answer) == ("duplicate_data_request", "S1e-33")
    assert (details(answer)["dataset"], details(answer)["reference"]) == ("households_with_elderly", "D-07")


def test_data_that_nobody_has_may_be_asked_for():
    form = a_form(data_requests=(DataRequest(dataset="meal_preferences", what="口味"),))
    assert submit(form).answer.outcome == "recorded"
    assert submit(form, District().without_list("dataset_catalogue")).answer.outcome == "recorded"


def test_a_rule_on_data_that_is_only_proposed_warns():
    form = a_form(data_requests=(DataRequest(dataset="households_with_elderly", what="名单"),))
    answer = submit(form, District(packs=(with_grade("data_collected_once", "draft"),)))
    assert [each.code for each in answer.answer.warnings] == ["task_admission.duplicate_data_request"]


def test_a_department_adds_no_posts_in_a_community():
    answer = submit(a_form(added_posts=1))
    assert refusal(answer) == ("added_staff", "S1e-27")
    assert details(answer) == {"posts": 1, "allowed": 0}


def test_a_rule_on_posts_that_is_only_proposed_warns_and_the_warning_is_stored():
    answer = submit(a_form(added_posts=1), District(packs=(with_grade("added_posts_allowed", "no"),)))
    assert body_of(answer.events[0])["warnings"] == [
        {"code": "task_admission.added_staff", "source": "S1e-27", "details": {"posts": 1, "allowed": 0}}
    ]
