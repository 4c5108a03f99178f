"""Refusing an item in the formal check: for a reason the lists, an article or an unmended defect give, in writing.

Source:
    ADMISSION §3; §8 items 10 and 13.
"""

from collections.abc import Iterator, Mapping
from typing import Final

from domain.kernel.errors import Refused
from domain.kernel.facts import Facts
from domain.task_admission.commands import RejectApplication
from domain.task_admission.commands.screening import RejectionReason
from domain.task_admission.events import ApplicationRejected, ItemClassified
from domain.task_admission.events.cited import EntryCited
from domain.task_admission.events.screening import Ground, Route
from domain.task_admission.rules.parameters import WAY_OF_REVIEW
from domain.task_admission.state import Screening

CODE: Final = "task_admission.reasons_missing"
SOURCE: Final = "dossier §3.4, §4.1"
CORRECTION_SOURCE: Final = "ADMISSION §8.10"
ROUTES: Final[Mapping[RejectionReason, Route]] = {
    "prohibited": "reject:prohibited",
    "autonomy": "reject:autonomy",
    "duty_shifting": "reject:duty_shifting",
}
"""The row of the decision table behind each reason; `still_incomplete` has none."""


def rejected(command: RejectApplication, screened: Screening, facts: Facts) -> ApplicationRejected:
    """Refuse the item on a list entry that the classification found for this very reason, or on an article.

    A form is still incomplete only after its one correction was asked for and handed in, and by nothing that the one
    complete list did not name.

    Raises:
        Refused: `task_admission.reasons_missing`.
    """
    source, cited = _ground(command, screened)
    return ApplicationRejected(
        reason=command.reason,
        reasons=command.reasons,
        source=source,
        cited=cited,
        way_of_review=facts.law[WAY_OF_REVIEW].value,
    )


def _ground(command: RejectApplication, screened: Screening) -> tuple[str, EntryCited | None]:
    classified = screened.classified
    if command.reason not in ROUTES:
        return _unmended(command, screened), None
    if command.entry is None:
        if command.article is None:
            raise Refused(CODE, SOURCE, why="nothing_cited", reason=command.reason)
        return command.article, None
    found = {ground.cited.entry: ground for ground in _grounds(classified, ROUTES[command.reason]) if ground.cited}
    if command.entry not in found:
        raise Refused(CODE, SOURCE, why="entry_not_found", entry=command.entry, found=[*sorted(found)])
    ground = found[command.entry]
    return ground.source, ground.cited


def _unmended(command: RejectApplication, screened: Screening) -> str:
    """Give the clause of a defect that was listed, and is still there.

    Source:
        ADMISSION §8 item 10.
    """
    if not screened.all_corrections:
        raise Refused(CODE, CORRECTION_SOURCE, why="correction_not_requested", reason=command.reason)
    listed = sorted({defect.clause for each in screened.all_corrections for defect in each.requested.defects})
    if command.article not in listed:
        raise Refused(CODE, CORRECTION_SOURCE, why="defect_not_listed", reason=command.reason, found=[*listed])
    return command.article


def _grounds(classified: ItemClassified, route: Route) -> Iterator[Ground]:
    if classified.route == route:
        yield from classified.reasons
    for match in classified.also_matched:
        if match.route == route:
            yield from match.grounds
