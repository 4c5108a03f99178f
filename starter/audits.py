"""`mandate audit`: prove that the record is what was written, and show a case from its events alone."""

import os
from typing import Annotated, Final

import typer

from audit.decisions import Rules, retake
from audit.replay import state_of
from audit.verify import Proof, verify_all, verify_chains, verify_streams
from domain.kernel.errors import BadInput
from domain.kernel.messages import body_of
from domain.processes import PROCESSES
from starter.exits import Exit
from starter.forms import read_code
from starter.joins import Doors, open_doors
from starter.looking import read_as_of
from starter.output import Screen
from starter.rehearsal import lifecycles
from starter.session import Session, command

app: Final = typer.Typer(
    help="Prove the record: bytes, chains, states, lists, ledger, decisions.", no_args_is_help=True
)
Cases = Annotated[list[str] | None, typer.Argument(metavar="CASE …", help="Whose record; with --all everybody's.")]


@command(app)
async def verify(
    session: Session,
    cases: Cases = None,
    *,
    everything: Annotated[bool, typer.Option("--all", help="The whole store; also where no case is named.")] = False,
    decisions: Annotated[bool, typer.Option("--decisions", help="Take every decision again, too.")] = False,
    chains: Annotated[bool, typer.Option("--chains", help="Only bytes and chains of all events: seconds.")] = False,
) -> None:
    """Prove every byte and chain, and all that was made from the events; name each row that is wrong."""
    if everything and cases:
        raise BadInput("CASE", cases[0], "either cases or --all")
    if chains and (cases or decisions):
        raise BadInput("--chains", "with more to prove", "--chains alone, over the whole store")
    named = [read_code(each, "CASE") for each in cases or ()]
    async with open_doors() as doors:
        proof = await _proved(doors, session.screen, named, chains=chains)
        if decisions:
            rules = Rules(PROCESSES, lifecycles())
            async with doors.archive.open() as record:
                with session.screen.progress("…"):
                    differences = await retake(record, doors.facts, doors.archive.forms, rules, named or None)
            proof = Proof(proof.streams, proof.events, (*proof.findings, *differences))
    _show(proof, session.screen)
    if not proof.holds:
        raise typer.Exit(Exit.PROOF_FAILED)


@command(app)
async def replay(
    case: Annotated[str, typer.Argument(metavar="CASE")],
    session: Session,
    as_of: Annotated[
        str | None,
        typer.Option("--as-of", metavar="DATE|INSTANT", help="What was decided by then; a day ends at 24:00 Shanghai."),
    ] = None,
) -> None:
    """Show a case from its events alone, as it stood."""
    until = None if as_of is None else read_as_of(as_of)
    async with open_doors() as doors, doors.archive.open() as record:
        process, stood = await state_of(record, PROCESSES, read_code(case, "CASE"), as_of=until)
    session.screen.one(
        {
            "case": stood.id,
            "process": process.name,
            "phase": stood.state.phase,
            "version": stood.version,
            "state": body_of(stood.state),
            "deadlines": [body_of(each) for each in stood.clocks.running()],
        }
    )


async def _proved(doors: Doors, screen: Screen, named: list[str], *, chains: bool) -> Proof:
    if named:
        return await verify_streams(doors.archive, named)

    prove = verify_chains if chains else verify_all
    with screen.progress("…"):
        return await prove(doors.archive, workers=os.cpu_count() or 1)


def _show(proof: Proof, screen: Screen) -> None:
    failures = [each._asdict() for each in proof.findings]
    shown = {"streams": proof.streams, "events": proof.events, "ok": proof.holds}
    if screen.is_json:
        screen.one({**shown, "failures": failures})
        return
    screen.one(shown)
    if failures:
        screen.rows(("case", "version", "what"), failures)
