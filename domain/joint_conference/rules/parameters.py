"""The dated values the conference reads. The values are data, in `policy/`."""

from fractions import Fraction
from typing import Final

from domain.joint_conference.commands import CONVENOR
from domain.kernel.exact import Exact
from domain.kernel.limits import LimitRule
from domain.kernel.periods import Period
from domain.kernel.policy import Parameter

CONFERENCE_PERIOD: Final = Parameter("conference_period", Period)
"""DL-08: how long a called conference may take to decide."""
QUORUM_ABOVE: Final = Parameter[Fraction]("conference_quorum_above", Exact)
"""More than this share of the bodies entitled to vote must be present."""
MAJORITY_ABOVE: Final = Parameter[Fraction]("conference_majority_above", Exact)
"""More than this share of the bodies present must be for a motion."""
LEAST_VOTERS: Final = Parameter("conference_least_voters", int)
"""With fewer bodies entitled to vote, the district government decides."""
CONFERENCE: Final = LimitRule("conference", CONFERENCE_PERIOD, owner=CONVENOR)
