"""Every process, registered once."""

from collections.abc import Mapping
from typing import Any, Final

from domain.kernel.process import Process

PROCESSES: Final[Mapping[str, Process[Any, Any, Any]]] = {}
"""By name, which is also the folder's and the workflow's."""
