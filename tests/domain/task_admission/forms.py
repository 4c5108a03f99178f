"""Forms near the lawful one: changed in some places, blank in others."""

from datetime import date
from typing import Any

from hypothesis import strategies as st

from domain.task_admission.application import ApplicationForm, Demand, Emergency, LegalBasis
from tests.domain.task_admission.district import TODAY, a_form, an_old_form

BLANKS = tuple(name for name, field in ApplicationForm.model_fields.items() if field.default is None)
MATTERS = (
    "elder_meals",
    "investment_attraction",
    "residents_pact",
    "road_inspection",
    "public_health_notices",
    "flood_warning",
)


@st.composite
def forms(draw: st.DrawFn) -> ApplicationForm:
    """Draw a form near the lawful one: changed in some places, blank in others."""
    changes: dict[str, Any] = {
        "matter": draw(st.sampled_from(MATTERS)),
        "routine": draw(st.booleans()),
        "resident_facing": draw(st.booleans()),
        "needs_community": draw(st.booleans()),
        "amount_fen": draw(st.sampled_from([0, 1, 12_000_000])),
        "start_on": draw(st.dates(TODAY, date(2027, 1, 31))),
        "end_on": draw(st.none() | st.dates(date(2027, 2, 1), date(2031, 1, 1))),
        "added_posts": draw(st.integers(0, 1)),
        "emergency": draw(st.none() | st.just(Emergency(threat="life", facts="险情"))),
        "demands": draw(
            st.sampled_from([(), (Demand(what="office", law=LegalBasis(instrument="L-RC25", article="9")),)])
        ),
    }
    form = draw(st.sampled_from([a_form, an_old_form]))(**changes)
    return form.model_copy(update=dict.fromkeys(draw(st.sets(st.sampled_from(BLANKS), max_size=2) | st.just(set()))))
