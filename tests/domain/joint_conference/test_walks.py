"""What holds in the whole life of a conference, whatever is asked of it, by whomever, on whatever day."""

import pytest

from tests.domain.joint_conference.walks import GROUND, PLACES, Walked, walked
from tests.walks import never_asked, never_drawn, never_reached, until_every_phase_is_reached

OVER = {"minuted", "followed_up", "called_off"}


@pytest.fixture(scope="module")
def ways() -> list[Walked]:
    """Every walk, each by chance of its own, which is the same in every run."""
    return [*until_every_phase_is_reached(GROUND, PLACES, walked)]


def test_no_limit_of_a_conference_runs_on_when_it_has_signed_minutes_or_was_called_off(ways):
    for way in ways:
        for stood in way.walk.stood:
            assert not ("conference" in stood.case.clocks and stood.case.state.phase in OVER)


def test_the_walks_reach_every_phase_and_ask_everything_that_can_be_asked(ways):
    assert never_reached(GROUND, (way.walk for way in ways)) == []
    assert never_asked(GROUND, (way.walk for way in ways)) == []


def test_every_way_that_is_walked_stands_in_the_picture(ways):
    assert never_drawn(GROUND, (way.walk for way in ways)) == []
