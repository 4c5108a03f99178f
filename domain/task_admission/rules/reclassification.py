"""The lists are read again when one of them has changed under an item."""

from typing import Any, Final

from domain.kernel.decision import Events
from domain.kernel.errors import Refused
from domain.kernel.facts import Facts, Need
from domain.kernel.limits import close
from domain.task_admission.commands import ReclassifyItem
from domain.task_admission.events import ItemClassified
from domain.task_admission.rules.classification import classify, lists_read
from domain.task_admission.rules.parameters import OPINION
from domain.task_admission.rules.phases import wrong_phase
from domain.task_admission.rules.separation import judge_another, separation_needs
from domain.task_admission.state import AdmissionState, ConsultingCommunity, Screening, UnderReview

SOURCE: Final = "ADMISSION §8.11"
Undecided = Screening | ConsultingCommunity | UnderReview


def reclassification_needs(state: AdmissionState) -> tuple[Need[Any], ...]:
    """Name the lists, and who stands behind the applicant."""
    return (*separation_needs(state), *lists_read()) if isinstance(state, Undecided) else ()


def reclassify(command: ReclassifyItem, state: AdmissionState, facts: Facts) -> Events:
    """Read the lists again when one of them has changed; another route leads back to the check, its clocks running on.

    In the check itself, too: an item whose list has changed under it would else have no way on.

    Source:
        ADMISSION §8 item 11.

    Raises:
        Refused: `task_admission.no_list_change`.
    """
    match state:
        case Screening() | ConsultingCommunity() | UnderReview():
            judge_another("secretariat", state, facts)
            before = state.classified if isinstance(state, Screening) else state.file.screened.classified
            again = classify(state.application, state.submitted.applicant_kind, facts)
            if _versions(again) == _versions(before):
                raise Refused("task_admission.no_list_change", SOURCE, lists=[*sorted(dict(_versions(before)))])
            moved = again.route != before.route
            read_again = again.model_copy(update={"by": facts.asked.person})
            return read_again, *(close(facts, OPINION.name) if moved else ())
        case _:
            raise wrong_phase(command, state)


def _versions(classified: ItemClassified) -> frozenset[tuple[str, int]]:
    return frozenset((each.list_name, each.version) for each in classified.list_versions)
