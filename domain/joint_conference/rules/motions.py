"""What may be decided on the cases before the conference: every motion says enough for each of them to go on."""

from collections.abc import Iterable
from typing import Final

from domain.joint_conference.commands import DecideInstead, RecordVotes
from domain.joint_conference.events import CaseBrought
from domain.kernel.errors import Refused

ROUTE: Final = "dossier §4.1, ADMISSION §4"
REASONS: Final = "dossier §3.4"


def check_motion(motion: RecordVotes | DecideInstead, cases: Iterable[CaseBrought]) -> None:
    """Let an item whose route is in dispute be admitted to a way that is open to it; let a refusal have reasons.

    Raises:
        Refused: `joint_conference.reasons_missing`, `joint_conference.way_missing`, `joint_conference.way_not_open`.
    """
    if motion.motion != "admit" and motion.reasons is None:
        raise Refused("joint_conference.reasons_missing", REASONS, motion=motion.motion)
    disputed = [each for each in cases if each.ways]
    if motion.way is None:
        if motion.motion == "admit" and disputed:
            raise Refused("joint_conference.way_missing", ROUTE, ways=[*disputed[0].ways])
        return
    if motion.motion != "admit" or not disputed:
        raise Refused("joint_conference.way_not_open", ROUTE, way=motion.way, ways=[])
    for case in disputed:
        if motion.way not in case.ways:
            raise Refused("joint_conference.way_not_open", ROUTE, way=motion.way, ways=[*case.ways])
