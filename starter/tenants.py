"""For whom a command is: the tenant that is named, the one the case belongs to, or the store's only one."""

from collections.abc import Sequence
from typing import Any

from domain.kernel.errors import BadInput, Unavailable
from domain.kernel.process import Process
from starter.forms import read_code
from starter.joins import Doors
from starter.session import Session
from starter.streams import TENANTS_OWN


async def tenant_or_only_one(session: Session, doors: Doors) -> str:
    """Give the tenant that was named, else the store's only one.

    Raises:
        BadInput: None was named, and the store has none or several.
        Unavailable: The store cannot be reached.
    """
    named = session.named_tenant
    if named is not None:
        return named
    known = await doors.tenants()
    if len(known) != 1:
        shown = ", ".join(known) or "none in the store yet"
        raise BadInput("--tenant", "nothing", f"the id of a district (also MANDATE_TENANT): {shown}")
    return known[0]


async def tenants_asked(session: Session, doors: Doors) -> Sequence[str]:
    """Give the tenant that was named, else every one of the store.

    Raises:
        Unavailable: The store cannot be reached.
    """
    return await doors.tenants() if session.named_tenant is None else (session.named_tenant,)


async def tenant_of_recorded(case: str, session: Session, doors: Doors) -> str:
    """Give the tenant a recorded case belongs to.

    Raises:
        BadInput: Nothing is recorded under this id, or it is another tenant's than the one named.
        Unavailable: The store cannot be reached.
    """
    owner = await doors.tenant_of_stream(read_code(case, "case"))
    if owner is None or session.named_tenant not in {None, owner}:
        raise BadInput("case", case, "the id of a case that is recorded")
    return owner


async def tenant_of(case: str, process: Process[Any, Any, Any], session: Session, doors: Doors) -> str:
    """Give the tenant a case belongs to. One that is named must be that one.

    A command under another tenant's name could never be decided, and would hold the case up.

    Raises:
        BadInput: Another tenant was named, or none can be told.
        Unavailable: None was named and the store cannot be reached.
    """
    named = session.named_tenant
    try:
        owner = await doors.tenant_of_stream(case)
    except Unavailable:
        if named is None:
            raise
        return named
    if owner is not None and named not in {None, owner}:
        raise BadInput("--tenant", str(named), "the tenant this case belongs to")
    if owner is None and named is None and process.prefix in TENANTS_OWN:
        return case.removeprefix(f"{process.prefix}-").partition("-")[0]
    return owner or await tenant_or_only_one(session, doors)
