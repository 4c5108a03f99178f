"""What a called joint conference (联席会议) does to the clocks of the case."""

from domain.kernel.facts import Facts
from domain.kernel.limits import ClockEvents, set_limit, stop
from domain.task_admission.rules.parameters import CONFERENCE, DECISION


def opened(facts: Facts) -> ClockEvents:
    """Let the conference's own period run; the decision stands still.

    Source:
        DL-08; ADMISSION §4, §8 item 12.
    """
    return (
        *stop(facts, DECISION.name, reason="joint_conference"),
        *set_limit(CONFERENCE, facts, facts.asked.on),
    )
