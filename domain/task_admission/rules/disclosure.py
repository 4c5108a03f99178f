"""How long a residents' committee shows what was decided (居务公开)."""

from dataclasses import replace

from domain.kernel.decision import Events
from domain.kernel.facts import Facts
from domain.kernel.limits import keep, set_limit
from domain.task_admission.events import ApplicationDrafted
from domain.task_admission.rules.parameters import DISCLOSURE, DISCLOSURE_PERIOD


def posted(drafted: ApplicationDrafted, facts: Facts) -> Events:
    """Let the period of disclosure run, where a law of the day makes it the committee's duty; it holds nothing up.

    It binds residents' committees, from 2026-01-01; a villagers' committee follows its own law.

    Source:
        L-RC25:34; ADMISSION §8 item 27.
    """
    if drafted.community_kind != "residents_committee" or DISCLOSURE_PERIOD not in facts.law:
        return ()
    rule = replace(DISCLOSURE, owner=drafted.community_kind)
    return set_limit(rule, facts, facts.asked.on, organisation=drafted.community)


def taken_down(facts: Facts) -> Events:
    """Note that the minimum is over; what is no longer shown, or never was, is nothing new."""
    if DISCLOSURE.name not in facts.clocks:
        return ()
    due_on = facts.clocks[DISCLOSURE.name].deadline.due_on
    return keep(facts, DISCLOSURE.name) if facts.asked.received_on > due_on else ()
