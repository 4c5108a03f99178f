"""Every process, registered once."""

from collections.abc import Mapping
from typing import Any, Final

from domain.appropriation.decider import APPROPRIATION
from domain.directory.decider import DIRECTORY
from domain.joint_conference.decider import JOINT_CONFERENCE
from domain.kernel.process import Process
from domain.list_management.decider import LIST_MANAGEMENT
from domain.register.decider import REGISTER
from domain.task_admission.decider import TASK_ADMISSION

PROCESSES: Final[Mapping[str, Process[Any, Any, Any]]] = {
    each.name: each for each in (APPROPRIATION, DIRECTORY, JOINT_CONFERENCE, LIST_MANAGEMENT, REGISTER, TASK_ADMISSION)
}
"""By name, which is also the folder's and the workflow's."""
