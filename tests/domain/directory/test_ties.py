"""Links of control, equity, labour and kin decide who may not evaluate, buy or provide (dossier §3.1)."""

from datetime import date, timedelta

from domain.directory.commands import AddOrganisations, AddPeople, EndTie
from domain.directory.events import TieEnded, TiesBegun
from domain.kernel.directory import Spell
from tests.domain.directory.zone import LONG_AGO, after, body, person, tie, tied, with_
from tests.spec import TODAY, Given

YESTERDAY = TODAY - timedelta(days=1)


def ready() -> Given:
    return with_(AddPeople(people=(person(), person("zhao"))), AddOrganisations(organisations=(body(),)))


def end(last_on: date = TODAY, *, subject: str = "civil", first_on: date = LONG_AGO) -> EndTie:
    return EndTie(kind="control", subject=subject, object="health", first_on=first_on, last_on=last_on, reason="脱钩")


def test_each_kind_of_tie_has_its_sides() -> None:
    ties = (tie(), tie("equity", "wang"), tie("employment", "health", "zhao"), tie("kin", "wang", "zhao"))
    ready().when(tied(*ties)).then(TiesBegun(ties=ties))


def test_a_tie_that_stands_there_already_is_passed_over() -> None:
    after(ready().when(tied(tie()))).when(tied(tie())).then_nothing_new()
    ready().when(tied(tie(), tie())).then(TiesBegun(ties=(tie(),)))


def test_a_refusal_names_the_row() -> None:
    there = ready()
    for second, code in (
        (tie("friendship"), "directory.unknown_tie"),
        (tie("control", "health", "health"), "directory.tie_to_itself"),
        (tie("control", "civil", "wang"), "directory.unknown_side"),
        (tie("kin", "wang", "health"), "directory.unknown_side"),
        (tie("employment", "health", "nobody"), "directory.unknown_side"),
        (tie(spell=Spell(first_on=TODAY, last_on=YESTERDAY)), "directory.ends_before_it_begins"),
        (tie(spell=Spell(first_on=TODAY)), "directory.tie_already_stands"),
    ):
        there.when(tied(tie(), second)).then_refused(code, row=2)


def test_a_tie_ends_and_may_begin_anew() -> None:
    there = after(ready().when(tied(tie())))
    asked = there.when(end(YESTERDAY))
    asked.then(TieEnded(tie=tie(spell=Spell(first_on=LONG_AGO, last_on=YESTERDAY)), reason="脱钩"))
    after(asked).when(end(YESTERDAY)).then_nothing_new()
    after(asked).when(tied(tie(spell=Spell(first_on=TODAY)))).recorded()


def test_a_tie_is_ended_by_its_kind_its_sides_and_its_first_day() -> None:
    there = after(ready().when(tied(tie())))
    there.when(end(first_on=TODAY)).then_refused("directory.no_such_tie")
    there.when(end(subject="wang")).then_refused("directory.no_such_tie", subject="wang")


def test_a_tie_ends_no_earlier_than_the_eve_of_the_act() -> None:
    there = after(ready().when(tied(tie())))
    there.when(end(YESTERDAY - timedelta(days=1))).then_refused("directory.changes_the_past", subject="civil")
