"""What holds for every form that is handed in."""

from hypothesis import given, settings

from domain.task_admission.commands import SubmitApplication
from domain.task_admission.events import ItemClassified
from tests.domain.task_admission.district import TODAY, District
from tests.domain.task_admission.forms import forms


@given(forms())
@settings(max_examples=80)
def test_every_form_that_is_handed_in_has_one_route_with_grounds_and_the_lists_it_was_read_in(form):
    answer = District().drafted(form).answer(SubmitApplication())
    if answer.answer.outcome == "recorded":
        classified = answer.events[1]
        assert isinstance(classified, ItemClassified)
        assert len(classified.reasons) > 0
        assert answer.after.state.classified == classified
        assert {each.for_day for each in classified.list_versions} <= {form.start_on, TODAY}
    else:
        assert answer.answer.refusal is not None
        assert answer.answer.refusal.code.startswith("task_admission.")
