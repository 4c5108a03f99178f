"""A register: what is published in it, and what is said to whoever wants to publish."""

from typing import Any, Final, assert_never

from domain.kernel.decision import NOTHING_NEW, Events
from domain.kernel.facts import Facts, Need
from domain.kernel.lists import ListContent, ListVersion
from domain.kernel.messages import Code
from domain.kernel.process import Process
from domain.register import rules
from domain.register.commands import COMMANDS, CorrectVersion, PublishVersion, RegisterCommand
from domain.register.contents import CalendarContent, PackContent, PackVersion, YearVersion
from domain.register.events import (
    EVENTS,
    CalendarYearCorrected,
    CalendarYearPublished,
    ListVersionCorrected,
    ListVersionPublished,
    PolicyPackCorrected,
    PolicyPackPublished,
)
from domain.register.state import (
    STATES,
    CalendarRegister,
    ListRegister,
    PackRegister,
    RegisterState,
    Unpublished,
    evolve,
    view,
)


def needs(command: RegisterCommand, state: RegisterState) -> tuple[Need[Any], ...]:
    """Name what tells whether a later text of a list was approved; else a register rests on what it has published."""
    match command.content:
        case ListContent() as content:
            return (rules.approval(command, content, _list(state)[1]),)
        case CalendarContent() | PackContent():
            return ()
        case _:
            assert_never(command.content)


def decide(command: RegisterCommand, state: RegisterState, facts: Facts) -> Events:
    """Answer *command* with events, with nothing new, or with a refusal."""
    rules.check_register(command.name, command.content, facts)
    match command:
        case PublishVersion():
            return _publish(command, state, facts)
        case CorrectVersion():
            return _correct(command, state, facts)
        case _:
            assert_never(command)


def _publish(command: PublishVersion, state: RegisterState, facts: Facts) -> Events:
    match command.content:
        case ListContent() as content:
            return _publish_list(command, content, state, facts)
        case CalendarContent() as content:
            return _publish_year(command.name, content, state, facts)
        case PackContent() as content:
            return _publish_pack(command.name, content, state, facts)
        case _:
            assert_never(command.content)


def _correct(command: CorrectVersion, state: RegisterState, facts: Facts) -> Events:
    match command.content:
        case ListContent() as content:
            return _correct_list(command, content, state, facts)
        case CalendarContent() as content:
            return _correct_year(command, content, state, facts)
        case PackContent() as content:
            return _correct_pack(command, content, state, facts)
        case _:
            assert_never(command.content)


def _publish_list(command: PublishVersion, content: ListContent, state: RegisterState, facts: Facts) -> Events:
    """Publish a list; what was published last, word for word, is nothing new.

    Source:
        S2-07, S4-06; dossier §4.5 P5.

    Raises:
        Refused: the codes of `rules.approved`, `rules.check_order`, `rules.check_list`, `rules.check_list_follows`.
    """
    title, versions = _list(state)
    if versions and _says_the_same(versions[-1], title, content):
        return NOTHING_NEW
    approved_in, warnings = rules.approved(command, content, versions, facts)
    rules.check_order(versions, facts.asked.on)
    rules.check_list(content, approved_in)
    rules.check_list_follows(content, versions, facts.asked.on)
    version = _list_version(content, len(versions) + 1, facts)
    return (
        ListVersionPublished(
            name=command.name, title=content.title, version=version, approved_in=approved_in, warnings=warnings
        ),
    )


def _correct_list(command: CorrectVersion, content: ListContent, state: RegisterState, facts: Facts) -> Events:
    """Replace a wrong list; the days it governed are governed by the correction from now on.

    Raises:
        Refused: the codes of `rules.corrected`, `rules.approved`, `rules.check_order`, `rules.check_list`.
    """
    title, versions = _list(state)
    if versions and versions[-1].corrects == command.corrects and _says_the_same(versions[-1], title, content):
        return NOTHING_NEW
    wrong = rules.corrected(versions, command.corrects)
    if _says_the_same(wrong, title, content):
        return NOTHING_NEW
    approved_in, warnings = rules.approved(command, content, versions, facts)
    rules.check_order(versions, facts.asked.on)
    rules.check_list(content, approved_in)
    version = _list_version(content, len(versions) + 1, facts, corrects=wrong.number)
    return (
        ListVersionCorrected(
            name=command.name,
            title=content.title,
            version=version,
            reason=command.reason,
            approved_in=approved_in,
            warnings=warnings,
        ),
    )


def _publish_year(register: Code, content: CalendarContent, state: RegisterState, facts: Facts) -> Events:
    """Publish a year of working days: first perhaps without its notice, then once with it.

    Source:
        L-HOL; dossier §3.2.

    Raises:
        Refused: the codes of `rules.check_order`, `rules.check_year`, `rules.check_year_follows`.
    """
    versions = state.versions if isinstance(state, CalendarRegister) else ()
    standing = state.of_year(content.year.year) if isinstance(state, CalendarRegister) else None
    if standing is not None and standing.year == content.year:
        return NOTHING_NEW
    rules.check_order(versions, facts.asked.on)
    rules.check_year(content)
    rules.check_year_follows(content, standing)
    version = YearVersion(number=len(versions) + 1, published_on=facts.asked.on, year=content.year)
    return (CalendarYearPublished(name=register, version=version),)


def _correct_year(command: CorrectVersion, content: CalendarContent, state: RegisterState, facts: Facts) -> Events:
    """Replace what stands for a year.

    Raises:
        Refused: the codes of `rules.corrected`, `rules.check_corrects_year`, `rules.check_order`, `rules.check_year`.
    """
    versions = state.versions if isinstance(state, CalendarRegister) else ()
    standing = state.of_year(content.year.year) if isinstance(state, CalendarRegister) else None
    if (
        standing is not None
        and command.corrects in {standing.number, standing.corrects}
        and standing.year == content.year
    ):
        return NOTHING_NEW
    wrong = rules.corrected(versions, command.corrects)
    rules.check_corrects_year(content, wrong, standing)
    rules.check_order(versions, facts.asked.on)
    rules.check_year(content)
    version = YearVersion(
        number=len(versions) + 1, published_on=facts.asked.on, year=content.year, corrects=wrong.number
    )
    return (CalendarYearCorrected(name=command.name, version=version, reason=command.reason),)


def _publish_pack(register: Code, content: PackContent, state: RegisterState, facts: Facts) -> Events:
    """Publish a policy pack, whole; it may add and end values, but not change what a past day was governed by.

    Source:
        Dossier §0.3 item 1.

    Raises:
        Refused: the codes of `rules.check_order`, `rules.check_pack`, `rules.check_pack_follows`.
    """
    versions = state.versions if isinstance(state, PackRegister) else ()
    if versions and versions[-1].pack == content.pack:
        return NOTHING_NEW
    rules.check_order(versions, facts.asked.on)
    rules.check_pack(register, content)
    rules.check_pack_follows(content, versions, facts.asked.on)
    version = PackVersion(number=len(versions) + 1, published_on=facts.asked.on, pack=content.pack)
    return (PolicyPackPublished(name=register, version=version),)


def _correct_pack(command: CorrectVersion, content: PackContent, state: RegisterState, facts: Facts) -> Events:
    """Replace the last pack, also for days gone by.

    Raises:
        Refused: the codes of `rules.corrected`, `rules.check_corrects_pack`, `rules.check_order`, `rules.check_pack`.
    """
    versions = state.versions if isinstance(state, PackRegister) else ()
    last = versions[-1] if versions else None
    if last is not None and command.corrects in {last.number, last.corrects} and last.pack == content.pack:
        return NOTHING_NEW
    wrong = rules.corrected(versions, command.corrects)
    rules.check_corrects_pack(wrong, versions)
    rules.check_order(versions, facts.asked.on)
    rules.check_pack(command.name, content)
    version = PackVersion(
        number=len(versions) + 1, published_on=facts.asked.on, pack=content.pack, corrects=wrong.number
    )
    return (PolicyPackCorrected(name=command.name, version=version, reason=command.reason),)


def _list(state: RegisterState) -> tuple[str, tuple[ListVersion, ...]]:
    return (state.title, state.versions) if isinstance(state, ListRegister) else ("", ())


def _says_the_same(version: ListVersion, title: str, content: ListContent) -> bool:
    said = (version.valid_from, version.valid_to, version.source, version.entries)
    return title == content.title and said == (content.valid_from, content.valid_to, content.source, content.entries)


def _list_version(content: ListContent, number: int, facts: Facts, corrects: int | None = None) -> ListVersion:
    return ListVersion(
        number=number,
        published_on=facts.asked.on,
        valid_from=content.valid_from,
        valid_to=content.valid_to,
        source=content.source,
        entries=content.entries,
        corrects=corrects,
    )


REGISTER: Final = Process(
    name="register",
    prefix="register",
    initial=Unpublished(),
    opens_with=(PublishVersion,),
    commands=COMMANDS,
    events=EVENTS,
    states=STATES,
    needs=needs,
    decide=decide,
    evolve=evolve,
    view=view,
)
