"""`mandate case …`: open cases, send them commands, and see where they stand."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Annotated, Final, cast

import typer
from pydantic import JsonValue

from domain.kernel.errors import BadInput
from starter.attachments import with_digests
from starter.forms import STDIN, folder_of, read_code, read_fields, read_file, with_settings
from starter.joins import open_doors
from starter.matters import one_community_each, openings
from starter.replies import show_reply
from starter.sending import blank_ask, end, show_opened, submit_all
from starter.session import Asking, Session, command
from starter.streams import has_fixed_id, opening_command, process_named, process_of
from starter.tenants import tenant_of, tenant_or_only_one

app: Final = typer.Typer(help="Open cases, send them commands, see where they stand.", no_args_is_help=True)
_FORM: Final = (
    "YAML or JSON; - is standard input. An attachment may name its `file`, which lies beside the form: its digest is "
    "compared with the one written there, or written there."
)
File = Annotated[str | None, typer.Argument(metavar="[FILE|-]", help=_FORM)]
Settings = Annotated[list[str] | None, typer.Option("--set", metavar="KEY=VALUE", help="A field; dots lead into maps.")]
CaseId = Annotated[str, typer.Argument(metavar="CASE")]


@command(app)
async def start(
    process: Annotated[str, typer.Argument(metavar="PROCESS", help="task_admission, …")],
    session: Session,
    asking: Asking,
    *,
    file: File = None,
    settings: Settings = None,
    opening: Annotated[str | None, typer.Option("--command", help="Where several commands open a case.")] = None,
) -> None:
    """Open a case and print its id; one id a line where the input names several communities."""
    found = process_named(process)
    kind = opening_command(found, opening)
    bodies = [_filled_in(each, settings, file) for each in _bodies(file)]
    bodies = [each for body in bodies for each in one_community_each(body)]
    async with open_doors() as doors:
        blank = blank_ask(session, asking, await tenant_or_only_one(session, doors), found, kind)
        replies = await submit_all(openings(blank, bodies), asking, session, doors)
    for reply in replies:
        show_opened(reply, session.screen)
    end(replies)


@command(app)
async def send(
    case: CaseId,
    kind: Annotated[str, typer.Argument(metavar="COMMAND", help="SubmitApplication, …")],
    session: Session,
    asking: Asking,
    *,
    file: File = None,
    settings: Settings = None,
) -> None:
    """Send a command to a case and print its answer."""
    process = process_of(read_code(case, "case"))
    body = _filled_in({} if file is None else read_fields(file), settings, file)
    async with open_doors() as doors:
        tenant = await tenant_of(case, process, session, doors)
        opens = kind in process.opens_with and has_fixed_id(process, tenant, case)
        blank = blank_ask(session, asking, tenant, process, kind)
        replies = await submit_all([replace(blank, body=body, case=case, opens=opens)], asking, session, doors)
    for reply in replies:
        show_reply(reply, session.screen)
    end(replies)


def _filled_in(fields: Mapping[str, JsonValue], settings: list[str] | None, file: str | None) -> dict[str, JsonValue]:
    """Give a form's body: each `key=value` in place of what stood there, each attached file's digest for its name."""
    return with_digests(with_settings(fields, settings or ()), folder_of(file))


def _bodies(file: str | None) -> Sequence[Mapping[str, JsonValue]]:
    """Read one body, or a list of them."""
    given = {} if file is None else read_file(file)
    bodies = given if isinstance(given, list) else [given]
    for number, body in enumerate(bodies):
        if not isinstance(body, dict):
            where = "standard input" if file == STDIN else file or ""
            raise BadInput(f"{where}[{number}]", repr(body)[:80], "fields with their values")
    if not bodies:
        raise BadInput(file or "", "nothing", "at least one application")
    return cast("Sequence[Mapping[str, JsonValue]]", bodies)
