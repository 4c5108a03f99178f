"""A state is read back from its snapshot as it was: no two records that may stand in one place look alike.

DESIGN §3 (a snapshot is rebuilt from the events when its form changes; otherwise it is believed).
"""

from json import dumps, loads

import pytest

from docs.reading.examples import examples
from domain.kernel.messages import body_of
from domain.task_admission.state import STATES


@pytest.mark.parametrize("kind", sorted(STATES.by_name))
def test_every_choice_that_a_state_may_hold_is_told_from_the_others(kind):
    made = examples(STATES.by_name[kind])
    assert len(made) > 0
    for state in made:
        stored = loads(dumps(body_of(state), sort_keys=True))
        assert STATES.restore(kind, stored) == state
