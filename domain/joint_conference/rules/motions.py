"""What may be decided on the cases before the conference: every motion says enough for each of them to go on."""

from collections.abc import Sequence
from typing import Final

from domain.joint_conference.commands import DecideInstead, Motion, RecordVotes
from domain.joint_conference.events import CaseBrought
from domain.kernel.errors import Refused

ROUTE: Final = "dossier §4.1, ADMISSION §4"
REASONS: Final = "dossier §3.4"
EXIT: Final = "X-ZG, dossier §4.1"
OF_EXIT: Final[tuple[Motion, ...]] = ("complete", "terminate")
OF_ADMISSION: Final[tuple[Motion, ...]] = ("admit", "reject", "send_back")


def check_motion(motion: RecordVotes | DecideInstead, cases: Sequence[CaseBrought]) -> None:
    """Let an item whose route is in dispute be admitted to a way that is open to it; let a refusal have reasons.

    Of an item that leaves it is decided how: its work is done, or ends as it stands.

    Raises:
        Refused: `joint_conference.motion_not_open`, `joint_conference.reasons_missing`,
            `joint_conference.way_missing`, `joint_conference.way_not_open`.
    """
    open_to_all = OF_EXIT if any(each.asks_for_exit for each in cases) else OF_ADMISSION
    if motion.motion not in open_to_all:
        raise Refused("joint_conference.motion_not_open", EXIT, motion=motion.motion, motions=[*open_to_all])
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
